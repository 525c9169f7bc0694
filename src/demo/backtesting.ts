import { addDays, beijingDay } from '../platform/clock.ts';
import { accepted, askUntil, jobLate, made, REFUSAL } from './client.ts';
import { keyOf, programmeOf, type Stage } from './stage.ts';

/** What rules would have given in the past, beside what was paid. */
export interface BacktestResult {
  events: number;
  members: number;
  points: number;
  paid: number;
  rules: { name: string; isDraft: boolean; awards: number; points: number; paid: number }[];
  winners: { points: number; member: { name: string } }[];
}

const BACKTEST_SECONDS = 60;

/** Replays the past year by the rules in force and these drafts, and waits for the result. Throws when it takes longer. */
export async function backtest(stage: Stage, key: string, draftIds: string[]): Promise<BacktestResult> {
  const { admin } = stage;
  const today = beijingDay(new Date());
  const id = await made(
    admin,
    `mutation ($key: String!, $programmeId: Id!, $from: Day!, $until: Day!, $draftIds: [Id!]!) {
      requestBacktest(key: $key, programmeId: $programmeId, from: $from, until: $until, draftIds: $draftIds) {
        ${REFUSAL} ... on Backtest { id }
      }
    }`,
    { key: keyOf(stage, key), programmeId: programmeOf(stage), from: addDays(today, -365), until: today, draftIds },
  );
  const ask = async () => {
    const found = await admin.ask<{ backtest: { state: string; result: BacktestResult | null } }>(
      `query ($id: Id!) {
        backtest(id: $id) {
          state
          result {
            events members points paid rules { name isDraft awards points paid } winners { points member { name } }
          }
        }
      }`,
      { id },
    );
    return found.backtest;
  };
  const { state, result } = await askUntil(ask, (seen) => seen.state === 'DONE', BACKTEST_SECONDS);
  if (!result) throw new Error(jobLate(`规则试算 back-test ${state}`, BACKTEST_SECONDS));
  return result;
}

/** What a draft makes of an event that did not happen, of a member who does not exist. */
export async function tryDraft(
  stage: Stage,
  draftId: string,
  event: { attributes: object[]; occurredOn: string; madeUp: object },
): Promise<{ points: number; outcomes: { ruleName: string; kind: string; points: number; inWords: string }[] }> {
  const answer = await stage.admin.act<{
    points: number;
    outcomes: { ruleName: string; kind: string; points: number; inWords: string }[];
  }>(
    `query ($draftId: Id!, $event: TrialInput!) {
      tryRuleDraft(draftId: $draftId, event: $event) {
        ${REFUSAL} ... on RuleTrial { points outcomes { ruleName kind points inWords } }
      }
    }`,
    { draftId, event },
  );
  return accepted(answer);
}
