import { type Answer, accepted, type Client, made, REFUSAL } from './client.ts';
import { JUDGES, type Judged } from './competition-terms.ts';
import type { PanelSeen } from './judging.ts';
import type { People } from './people.ts';
import { teamOf } from './running-stages.ts';
import { keyOf, type Stage } from './stage.ts';
import { needed } from './story.ts';

/** A sheet as its judge sees it. */
export interface SheetSeen {
  number: number;
  label: string | null;
  state: string | null;
}

export async function sheetsOf(judge: Client, panelId: string): Promise<SheetSeen[]> {
  const { mySheets } = await judge.ask<{ mySheets: { nodes: SheetSeen[] } }>(
    'query ($panelId: Id!) { mySheets(panelId: $panelId, first: 20) { nodes { number label state } } }',
    { panelId },
  );
  return mySheets.nodes;
}

/** What a judge writes on a sheet. */
export interface ScoresGiven {
  panelId: string;
  /** Of the candidate, as she sees it. */
  number: number;
  scores: { criterion: number; score: number }[];
}

/** A judge saves a sheet as a draft or hands it in; `key` tells those of one sheet apart. */
export function writeSheet(
  stage: Stage,
  judge: Client,
  how: 'saveSheet' | 'submitSheet',
  { key, ...given }: ScoresGiven & { key: string },
): Promise<Answer<SheetSeen>> {
  return judge.act(
    `mutation ($key: String!, $panelId: Id!, $number: Int!, $scores: [CriterionScoreInput!]!) {
      ${how}(key: $key, panelId: $panelId, number: $number, scores: $scores) {
        ${REFUSAL} ... on MySheet { number label state }
      }
    }`,
    { key: keyOf(stage, `${how}-${key}-${given.number}`), ...given },
  );
}

/** The admin declares a sheet void; `number` is the candidate's number of order. */
export async function voidSheet(
  stage: Stage,
  admin: Client,
  given: { judgeId: string; number: number; reason: string },
): Promise<void> {
  await made(
    admin,
    `mutation ($key: String!, $judgeId: Id!, $number: Int!, $reason: String!) {
      voidSheet(key: $key, judgeId: $judgeId, number: $number, reason: $reason) { ${REFUSAL} ... on PanelJudge { id } }
    }`,
    { key: keyOf(stage, 'void'), ...given },
  );
}

/** A sheet with what its judge is to write on it. */
export interface SheetToFill extends ScoresGiven {
  /** The place of the judge in JUDGES. */
  judge: number;
  team: string;
  /** The candidate's number of order, whatever the judge sees. */
  order: number;
}

/**
 * The sheets of a panel as they are assigned, with the scores of their teams; `first` is the number of the first criterion
 * that is judged.
 */
export function sheetsToFill(
  { judges, candidates }: PanelSeen,
  { panelId, scores, first }: { panelId: string; scores: Record<string, { judged: Judged }>; first: number },
): SheetToFill[] {
  const placeOf = (judgeId: string) => judges.findIndex(({ id }) => id === judgeId);
  return candidates.nodes.flatMap((candidate) => {
    const team = teamOf(candidate);
    const places = candidate.sheets.map(({ judgeId }) => placeOf(judgeId)).sort();
    const { number: order, blindNumber } = candidate;
    return places.map((judge, nth) => ({
      ...{ judge, team, order, panelId, number: blindNumber ?? order },
      scores: needed(scores[team], team).judged.map((given, i) => ({ criterion: first + i, score: given[nth]! })),
    }));
  });
}

/** The judges hand in these sheets. */
export async function submitAll(
  stage: Stage,
  people: People,
  sheets: readonly SheetToFill[],
  key: string,
): Promise<void> {
  for (const sheet of sheets) accepted(await submit(stage, people, sheet, key));
}

/** A judge hands in a sheet. */
export async function submit(
  stage: Stage,
  people: People,
  { judge, panelId, number, scores }: SheetToFill,
  key: string,
): Promise<Answer<SheetSeen>> {
  const client = await people.admin(JUDGES[judge]!.login);
  return writeSheet(stage, client, 'submitSheet', { key, panelId, number, scores });
}
