import { type Answer, askUntil, type Client, jobLate, REFUSAL } from './client.ts';
import { keyOf, type Stage } from './stage.ts';

/** How a stage of a competition stands, as the admin sees it. */
export interface StageRun {
  panelId: string;
  rankingId: string | null;
  noticeId: string | null;
  stage: { state: string };
  /** Who goes on from it, by place. */
  advanced: { nodes: { place: number; entry: { name: string } }[] };
}

/** What an admin has done with a stage. */
type StageAct = 'openStage' | 'startScoring' | 'closeStage' | 'publishRanking';

/** The admin takes a stage a step on; `key` tells acts of the same name apart. */
export function actOnStage(
  stage: Stage,
  admin: Client,
  name: StageAct,
  { stageId, key }: { stageId: string; key: string },
): Promise<Answer<object>> {
  return admin.act(`mutation ($key: String!, $stageId: Id!) { ${name}(key: $key, stageId: $stageId) { ${REFUSAL} } }`, {
    key: keyOf(stage, `${name}-${key}`),
    stageId,
  });
}

/** The admin lets the judges of a stage score again until an instant. */
export function reopenStage(
  stage: Stage,
  admin: Client,
  given: { stageId: string; scoreUntil: string; reason: string },
): Promise<Answer<object>> {
  return admin.act(
    `mutation ($key: String!, $stageId: Id!, $scoreUntil: Instant!, $reason: String!) {
      reopenStage(key: $key, stageId: $stageId, scoreUntil: $scoreUntil, reason: $reason) { ${REFUSAL} }
    }`,
    { key: keyOf(stage, 'stage-reopened'), ...given },
  );
}

const JOB_SECONDS = 30;

/** A stage once it is in a state, to which a job may bring it. Throws when that takes more than half a minute. */
export async function stageReaches(admin: Client, stageId: string, state: string): Promise<StageRun> {
  const ask = async () => {
    const { stageRun } = await admin.ask<{ stageRun: StageRun | null }>(
      `query ($stageId: Id!) {
        stageRun(stageId: $stageId) {
          panelId rankingId noticeId stage { state } advanced(first: 20) { nodes { place entry { name } } }
        }
      }`,
      { stageId },
    );
    return stageRun;
  };
  const run = await askUntil(ask, (seen) => seen?.stage.state === state, JOB_SECONDS);
  if (run?.stage.state !== state) throw new Error(jobLate(`赛段 stage ${run?.stage.state} → ${state}`, JOB_SECONDS));
  return run;
}

/** A place of a ranking with what it was made of. */
export interface Place {
  place: number;
  total: number;
  decidedBy: string | null;
  candidate: { label: string };
  explanation: {
    criteria: { number: number; weight: number; marks: number; scores: { value: number; isDropped: boolean }[] }[];
  };
}

/** The places of a version of a ranking, each explained. */
export async function placesOf(admin: Client, rankingId: string): Promise<Place[]> {
  const { rankingPlaces } = await admin.ask<{ rankingPlaces: { nodes: Place[] } }>(
    `query ($rankingId: Id!) {
      rankingPlaces(rankingId: $rankingId, first: 20) {
        nodes {
          place total decidedBy candidate { label }
          explanation { criteria { number weight marks scores { value isDropped } } }
        }
      }
    }`,
    { rankingId },
  );
  return rankingPlaces.nodes;
}

/** A place in one line: the marks of each criterion by its weight, dropped scores in brackets. */
export function placeInWords({ place, total, decidedBy, candidate, explanation }: Place): string {
  const parts = explanation.criteria.map(({ weight, marks, scores }) => {
    const given = scores.map(({ value, isDropped }) => (isDropped ? `[${value}]` : value)).join(' ');
    return `${marks}（${given}）× ${weight / 100}%`;
  });
  const tie = decidedBy === null ? '' : `，同分按 ${decidedBy}`;
  return `第 ${place} 名 ${candidate.label}：${parts.join(' + ')} = ${total}${tie}`;
}

/** The team of a label, which tells its union as well. */
export const teamOf = ({ label }: { label: string }) => label.split('｜')[0]!;

/** A version of a ranking. */
export interface Version {
  id: string;
  state: string;
}

/** The versions of the ranking of a panel, the newest first. */
export async function versionsOf(admin: Client, panelId: string): Promise<Version[]> {
  const { rankings } = await admin.ask<{ rankings: { nodes: Version[] } }>(
    'query ($panelId: Id!) { rankings(panelId: $panelId, first: 20) { nodes { id state } } }',
    { panelId },
  );
  return rankings.nodes;
}
