import { readXlsx } from 'hucre/xlsx';
import { type Answer, type Client, made, REFUSAL } from './client.ts';
import { keyOf, type Stage } from './stage.ts';
import { publicFile } from './verifying.ts';

/** Records the collective contract on innovation of a year, unless an earlier run did. Resolves with its id. */
export function recordContract(
  admin: Client,
  year: string,
  given: { unionId: string; contract: object },
): Promise<string> {
  return made(
    admin,
    `mutation ($key: String!, $unionId: Id!, $contract: InnovationContractInput!) {
      recordInnovationContract(key: $key, unionId: $unionId, contract: $contract) {
        ${REFUSAL} ... on InnovationContract { id }
      }
    }`,
    { key: `demo:innovation-contract:${year}`, ...given },
  );
}

/** How much the fund of a contract has, and what was paid from it, in fen. */
export async function fundOf(admin: Client, id: string): Promise<{ fundFen: number; paidFen: number }> {
  const { innovationContract } = await admin.ask<{ innovationContract: { fundFen: number; paidFen: number } | null }>(
    'query ($id: Id!) { innovationContract(id: $id) { fundFen paidFen } }',
    { id },
  );
  return innovationContract ?? { fundFen: 0, paidFen: 0 };
}

/** What an achievement has brought, as it is looked at. */
export interface BenefitSeen {
  id: string;
  state: string;
  acceptedFen: number | null;
}

/** The declarer claims what her achievement has brought. */
export function claimBenefit(
  stage: Stage,
  member: Client,
  key: string,
  given: {
    achievementId: string;
    fen: number;
    periodFrom: string;
    periodUntil: string;
    how: string;
    evidenceIds: string[];
  },
): Promise<Answer<{ state: string }>> {
  return member.act(
    `mutation (
      $key: String!, $achievementId: Id!, $fen: Fen!, $periodFrom: Day!, $periodUntil: Day!, $how: String!
      $evidenceIds: [Id!]!
    ) {
      claimBenefit(
        key: $key, achievementId: $achievementId, fen: $fen, periodFrom: $periodFrom, periodUntil: $periodUntil
        how: $how, evidenceIds: $evidenceIds
      ) { ${REFUSAL} ... on Benefit { state } }
    }`,
    { key: keyOf(stage, `benefit-${key}`), ...given },
  );
}

/** The benefit of an achievement of a season; undefined while none is claimed. */
export async function benefitOf(
  admin: Client,
  { seasonId, achievementId }: { seasonId: string; achievementId: string },
): Promise<BenefitSeen | undefined> {
  const { benefits } = await admin.ask<{ benefits: { nodes: (BenefitSeen & { achievementId: string })[] } }>(
    'query ($seasonId: Id!) { benefits(seasonId: $seasonId, first: 20) { nodes { id state acceptedFen achievementId } } }',
    { seasonId },
  );
  return benefits.nodes.find((one) => one.achievementId === achievementId);
}

/** An admin says what a benefit comes to. */
export function auditBenefit(
  stage: Stage,
  admin: Client,
  given: { benefitId: string; fen: number; note: string },
): Promise<Answer<{ state: string }>> {
  return admin.act(
    `mutation ($key: String!, $benefitId: Id!, $fen: Fen!, $note: String!) {
      auditBenefit(key: $key, benefitId: $benefitId, fen: $fen, note: $note) { ${REFUSAL} ... on Benefit { state } }
    }`,
    { key: keyOf(stage, 'benefit-audited'), ...given },
  );
}

/** Another one accepts it. */
export function acceptBenefit(
  stage: Stage,
  admin: Client,
  key: string,
  given: { benefitId: string; fen: number },
): Promise<Answer<{ state: string; acceptedFen: number | null }>> {
  return admin.act(
    `mutation ($key: String!, $benefitId: Id!, $fen: Fen!) {
      acceptBenefit(key: $key, benefitId: $benefitId, fen: $fen) { ${REFUSAL} ... on Benefit { state acceptedFen } }
    }`,
    { key: keyOf(stage, `benefit-accepted-${key}`), ...given },
  );
}

/** A list of rewards that a firm pays. */
export interface RewardList {
  id: string;
  state: string;
  rewardFen: number;
  moneyFen: number;
  points: number;
  fileUrl: string;
}

const LIST = `{ ${REFUSAL} ... on RewardList { id state rewardFen moneyFen points fileUrl } }`;

export function makeRewards(
  stage: Stage,
  admin: Client,
  given: { unionId: string; achievementIds: string[] },
): Promise<Answer<RewardList>> {
  return admin.act(
    `mutation ($key: String!, $unionId: Id!, $achievementIds: [Id!]!) {
      makeRewardList(key: $key, unionId: $unionId, achievementIds: $achievementIds) ${LIST}
    }`,
    { key: keyOf(stage, 'rewards'), ...given },
  );
}

export function releaseRewards(stage: Stage, admin: Client, key: string, listId: string): Promise<Answer<RewardList>> {
  return admin.act(`mutation ($key: String!, $listId: Id!) { releaseRewardList(key: $key, listId: $listId) ${LIST} }`, {
    key: keyOf(stage, `rewarded-${key}`),
    listId,
  });
}

/** What an author gets by the .xlsx of a list; the last line is its sum, and names nobody. */
export interface PaymentLine {
  payee: string | null;
  yuan: number;
  points: number;
}

export async function rewardFile(url: string, path: string): Promise<PaymentLine[]> {
  const { sheets } = await readXlsx(await publicFile(`${url}${path}`));
  const rows = sheets[0]!.rows.slice(1);
  return rows.map((row) => ({
    payee: row[2] ? String(row[2]) : null,
    yuan: Number(row[6]),
    points: Number(row[7]),
  }));
}

/** The figures of a season. */
export interface SeasonFigures {
  counts: {
    entries: number;
    firms: number;
    authors: number;
    highlySkilled: number;
    highlySkilledShare: number | null;
    byState: { state: string; entries: number }[];
  };
  benefits: { claimedFen: number; acceptedFen: number };
  honours: { grade: string; honours: number }[];
  rewards: { rewards: number; rewardFen: number; moneyFen: number; points: number };
}

export async function seasonFigures(admin: Client, seasonId: string): Promise<SeasonFigures | null> {
  const { innovationSeasonFigures } = await admin.ask<{ innovationSeasonFigures: SeasonFigures | null }>(
    `query ($seasonId: Id!) {
      innovationSeasonFigures(seasonId: $seasonId) {
        counts { entries firms authors highlySkilled highlySkilledShare byState { state entries } }
        benefits { claimedFen acceptedFen } honours { grade honours } rewards { rewards rewardFen moneyFen points }
      }
    }`,
    { seasonId },
  );
  return innovationSeasonFigures;
}
