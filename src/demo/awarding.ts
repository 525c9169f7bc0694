import { readXlsx } from 'hucre/xlsx';
import { type Answer, type Client, REFUSAL } from './client.ts';
import { keyOf, type Stage } from './stage.ts';
import { publicFile } from './verifying.ts';

/** What a member has won. */
export interface WinSeen {
  place: number;
  awardName: string;
  honourNumber: string | null;
  honourPath: string | null;
  honourFilePath: string | null;
}

/** The awards of a member, the newest first. */
export async function winsOf(member: Client): Promise<WinSeen[]> {
  const { myCompetitionWins } = await member.ask<{ myCompetitionWins: { nodes: WinSeen[] } }>(
    '{ myCompetitionWins(first: 20) { nodes { place awardName honourNumber honourPath honourFilePath } } }',
  );
  return myCompetitionWins.nodes;
}

/** An honour of an achievement of a member's. */
export interface HonourSeen {
  title: string;
  honourNumber: string;
  honourPath: string;
  honourFilePath: string;
}

/** The honours of a member's achievements, the newest first. */
export async function honoursOf(member: Client): Promise<HonourSeen[]> {
  const { myHonours } = await member.ask<{ myHonours: { nodes: HonourSeen[] } }>(
    '{ myHonours(first: 20) { nodes { title honourNumber honourPath honourFilePath } } }',
  );
  return myHonours.nodes;
}

/** The payment list of a competition. */
export interface SubsidyList {
  id: string;
  state: string;
  totalFen: number;
  budgetFen: number;
  fileUrl: string;
}

const LIST = `{ ${REFUSAL} ... on SubsidyList { id state totalFen budgetFen fileUrl } }`;

export function makeList(stage: Stage, admin: Client, competitionId: string): Promise<Answer<SubsidyList>> {
  return admin.act(
    `mutation ($key: String!, $competitionId: Id!) {
      makeSubsidyList(key: $key, competitionId: $competitionId, vacantFen: 0) ${LIST}
    }`,
    { key: keyOf(stage, 'subsidies'), competitionId },
  );
}

export function releaseList(stage: Stage, admin: Client, key: string, listId: string): Promise<Answer<SubsidyList>> {
  return admin.act(
    `mutation ($key: String!, $listId: Id!) { releaseSubsidyList(key: $key, listId: $listId) ${LIST} }`,
    { key: keyOf(stage, `released-${key}`), listId },
  );
}

/** A payment list as its .xlsx says it: who is paid how many yuan, and the sums below. */
export async function listFile(
  url: string,
  path: string,
): Promise<{ paid: [string, number][]; sums: Map<string, number> }> {
  const { sheets } = await readXlsx(await publicFile(`${url}${path}`));
  const rows = sheets[0]!.rows.slice(1);
  const isLine = (row: (typeof rows)[number]) => typeof row[0] === 'number';
  return {
    paid: rows.filter(isLine).map((row) => [String(row[1]), Number(row[6])]),
    sums: new Map(rows.filter((row) => !isLine(row)).map((row) => [String(row[0]), Number(row[6])])),
  };
}

/** The level of skill that a member has reached in a trade, and since when. */
export async function skillOf(member: Client, trade: string): Promise<{ level: string; since: string } | undefined> {
  const { skills } = await member.ask<{ skills: { trade: string; level: string; since: string }[] }>(
    '{ skills { trade level since } }',
  );
  return skills.find((one) => one.trade === trade);
}

/** Who took part in a competition. */
export interface ParticipationSeen {
  entries: number;
  members: number;
  bySex: { sex: string | null; members: number }[];
  byAge: { ageBand: string; members: number }[];
  branches: { union: { name: string }; entries: number; members: number }[];
}

export async function participationIn(
  admin: Client,
  of: { competitionId: string; unionId: string },
): Promise<ParticipationSeen | undefined> {
  const { participation, participationByBranch } = await admin.ask<{
    participation: Omit<ParticipationSeen, 'branches'> | null;
    participationByBranch: { nodes: ParticipationSeen['branches'] };
  }>(
    `query ($competitionId: Id!, $unionId: Id!) {
      participation(competitionId: $competitionId) {
        entries members bySex { sex members } byAge { ageBand members }
      }
      participationByBranch(competitionId: $competitionId, parentId: $unionId, first: 20) {
        nodes { union { name } entries members }
      }
    }`,
    of,
  );
  return participation ? { ...participation, branches: participationByBranch.nodes } : undefined;
}
