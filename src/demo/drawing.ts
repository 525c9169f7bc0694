import { type Answer, type Client, made, REFUSAL } from './client.ts';
import { PARTIES } from './lottery-terms.ts';
import { keyOf, type Stage } from './stage.ts';
import { needed } from './story.ts';

/** A lottery as the admin sees it. */
export interface LotterySeen {
  id: string;
  name: string;
  month: string;
  state: string;
  opensAt: string;
  freezesAt: string;
  drawsAt: string;
  ticketCount: number | null;
  root: string | null;
  noticeId: string | null;
  reservedPoints: number;
  settledAt: string | null;
}

const LOTTERY =
  'id name month state opensAt freezesAt drawsAt ticketCount root noticeId reservedPoints settledAt templateId';

/** The lottery that was made from a template. */
export async function lotteryOf(admin: Client, programmeId: string, templateId: string): Promise<LotterySeen> {
  const { lotteries } = await admin.ask<{ lotteries: { nodes: (LotterySeen & { templateId: string | null })[] } }>(
    `query ($programmeId: Id!) { lotteries(programmeId: $programmeId, first: 20) { nodes { ${LOTTERY} } } }`,
    { programmeId },
  );
  return needed(
    lotteries.nodes.find((one) => one.templateId === templateId),
    '抽奖 the lottery',
  );
}

/** A lottery as it stands now. */
export async function lotteryNow(admin: Client, id: string): Promise<LotterySeen> {
  const { lottery } = await admin.ask<{ lottery: LotterySeen | null }>(
    `query ($id: Id!) { lottery(id: $id) { ${LOTTERY} } }`,
    { id },
  );
  return needed(lottery ?? undefined, '抽奖 the lottery');
}

/** The draws of a lottery as everybody sees them. */
export interface DrawSeen {
  commitment: string;
  announcement: string | null;
  transcript: string | null;
  transcriptHash: string | null;
}

export async function drawOf(member: Client, lotteryId: string): Promise<DrawSeen> {
  const { lotteryDraws } = await member.ask<{ lotteryDraws: DrawSeen[] }>(
    'query ($id: Id!) { lotteryDraws(lotteryId: $id) { commitment announcement transcript transcriptHash } }',
    { id: lotteryId },
  );
  return needed(lotteryDraws[0], '抽取 the draw');
}

/** A member's tickets of a lottery: all, those she bought, and how many she may still buy. */
export async function ticketsOf(
  member: Client,
  lotteryId: string,
): Promise<{ all: number; bought: number; left: number }> {
  const { lottery } = await member.ask<{
    lottery: { ownTicketCount: { all: number; bought: number; left: number } } | null;
  }>('query ($id: Id!) { lottery(id: $id) { ownTicketCount { all bought left } } }', { id: lotteryId });
  return needed(lottery ?? undefined, '抽奖 the lottery').ownTicketCount;
}

/** A member buys tickets. */
export function buyTickets(
  stage: Stage,
  member: Client,
  key: string,
  of: { lotteryId: string; count: number },
): Promise<Answer<{ id: string }>> {
  return member.act(
    `mutation ($key: String!, $lotteryId: Id!, $count: Int!) {
      buyTickets(key: $key, lotteryId: $lotteryId, count: $count) { ${REFUSAL} ... on Lottery { id } }
    }`,
    { key: keyOf(stage, key), ...of },
  );
}

/** The ids of the admins who bring randomness. */
export async function partyAdmins(admin: Client): Promise<{ name: string; operatorId: string }[]> {
  const { admins } = await admin.ask<{ admins: { nodes: { id: string; login: string }[] } }>(
    '{ admins(first: 100) { nodes { id login } } }',
  );
  return PARTIES.map(({ login, party }) => {
    const found = admins.nodes.find((one) => one.login === login);
    return { name: party, operatorId: needed(found, `管理员 ${login} the admin`).id };
  });
}

/** A party says what its bytes will be held against. */
export function commit(stage: Stage, party: Client, i: number, of: { lotteryId: string; commitment: string }) {
  return made(
    party,
    `mutation ($key: String!, $lotteryId: Id!, $commitment: String!) {
      commitEntropy(key: $key, lotteryId: $lotteryId, commitment: $commitment) {
        ${REFUSAL} ... on LotteryPart { id: lotteryId }
      }
    }`,
    { key: keyOf(stage, `commit-${i}`), ...of },
  );
}

/** A party reveals its bytes. */
export function reveal(
  stage: Stage,
  party: Client,
  key: string,
  of: { lotteryId: string; reveal: string },
): Promise<Answer<object>> {
  return party.act(
    `mutation ($key: String!, $lotteryId: Id!, $reveal: String!) {
      revealEntropy(key: $key, lotteryId: $lotteryId, reveal: $reveal) { ${REFUSAL} ... on LotteryPart { lotteryId } }
    }`,
    { key: keyOf(stage, key), ...of },
  );
}

/** A win as the admin sees it. */
export interface Win {
  id: string;
  kind: 'GOODS' | 'VOUCHER' | 'POINTS';
  state: string;
  memberId: string;
  memberName: string;
  prizeName: string;
}

export async function winsOf(admin: Client, lotteryId: string): Promise<Win[]> {
  const { lotteryWins } = await admin.ask<{ lotteryWins: { nodes: Win[] } }>(
    `query ($id: Id!) {
      lotteryWins(lotteryId: $id, first: 100) { nodes { id kind state memberId memberName prizeName } }
    }`,
    { id: lotteryId },
  );
  return lotteryWins.nodes;
}

/** The staff number by which a member signs in here. */
export async function staffNumberOf(admin: Client, memberId: string): Promise<string> {
  const { member } = await admin.ask<{ member: { staffNumber: string | null } | null }>(
    'query ($id: Id!) { member(id: $id) { staffNumber } }',
    { id: memberId },
  );
  return needed(member?.staffNumber ?? undefined, '工号 the staff number');
}
