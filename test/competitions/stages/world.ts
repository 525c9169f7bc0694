import { Award } from '../../../src/competitions/plan/award.entity.ts';
import type { CompetitionPlan } from '../../../src/competitions/plan/plan.ts';
import { Stage } from '../../../src/competitions/plan/stage.entity.ts';
import { advanceStages } from '../../../src/competitions/stages/advance-stages.ts';
import { closeStage } from '../../../src/competitions/stages/close-stage.ts';
import { openStage } from '../../../src/competitions/stages/open-stage.ts';
import { publishRanking } from '../../../src/competitions/stages/publish-ranking.ts';
import { StageAdvance } from '../../../src/competitions/stages/stage-advance.entity.ts';
import { StageRun } from '../../../src/competitions/stages/stage-run.entity.ts';
import { startScoring } from '../../../src/competitions/stages/start-scoring.ts';
import { assignJudges } from '../../../src/judging/assignment/assign-judges.ts';
import { Judge } from '../../../src/judging/judges/judge.entity.ts';
import { Candidate } from '../../../src/judging/panels/candidate.entity.ts';
import { placesOf } from '../../../src/judging/ranking/queries.ts';
import { submitSheet } from '../../../src/judging/sheets/submit-sheet.ts';
import { newId } from '../../../src/platform/ids.ts';
import { anAccount } from '../../judging/world.ts';
import { accepted, aKey, anAdmin } from '../../unions/tree.ts';
import { aCompetition, aPerson, aScene, enter } from '../entries/world.ts';
import { aFinal, aHeat, someJudging } from '../plan/world.ts';

/** When heats can be opened, and when the final can. */
export const HEATS = '2026-05-01T02:00:00.000Z';
export const FINAL = '2026-06-10T02:00:00.000Z';

/** One judge for each entry, so that her scores make the ranking. */
export const ONE_JUDGE = someJudging({
  ...{ judgesPerEntry: 1, judgesNeeded: 1, blind: false },
  tieBreaks: [{ kind: 'earlier_entry' }],
});

/** A province with two cities, and shorthands for what the admin of its competitions does with their stages. */
export async function aStageWorld() {
  const scene = await aScene();
  const { deps, caller: admin, province, east, eastWorks, westWorks } = scene;
  const { manager } = deps.db;

  /** Individuals of the eastern works unless said otherwise, who enter in this order; a final of the province alone. */
  const competition = async (
    fields: Partial<CompetitionPlan> = {},
    of: readonly string[] = Array(3).fill(eastWorks),
  ) => {
    const id = await aCompetition(scene, { judging: ONE_JUDGE, ...fields });
    const people = [];
    for (const unionId of of) people.push(await aPerson(scene, unionId));
    const entryIds: string[] = [];
    for (const person of people) entryIds.push(accepted(await enter(deps, person, id)));
    const stages = await manager.find(Stage, { where: { competitionId: id }, order: { number: 'ASC' } });
    return { id, people, entryIds, stageIds: stages.map((stage) => stage.id) };
  };
  /** A final over the heats of both cities, each of which lets so many on. */
  const heats = (fields: Partial<Stage> = {}): Partial<CompetitionPlan> => {
    const { advance = { kind: 'top', n: 1 } as const, wildCards = 0 } = fields;
    const west = aHeat(scene.west, { name: '西市赛', advance, wildCards });
    return { stages: [aFinal(province), aHeat(east, { name: '东市赛', advance, wildCards }), west] };
  };

  const open = (stageId: string, by = admin) => openStage(deps, by, aKey(), { stageId });
  const start = (stageId: string) => startScoring(deps, admin, aKey(), { stageId });
  const close = (stageId: string) => closeStage(deps, admin, aKey(), { stageId });
  const publish = (stageId: string) => publishRanking(deps, admin, aKey(), { stageId });
  const run = (stageId: string) => manager.findOneByOrFail(StageRun, { stageId });
  const stateOf = async (stageId: string) => (await manager.findOneByOrFail(Stage, { id: stageId })).state;
  /** A judge of the stage's panel to whom every entry is given. */
  const aJudge = async (stageId: string) => {
    const { panelId } = await run(stageId);
    const caller = await anAccount(deps, province, 'judge');
    const [id, now] = [newId(), deps.clock.now()];
    const accepting = { state: 'accepted' as const, invitedAt: now, invitedBy: admin.actor, answeredAt: now };
    await manager.insert(Judge, { id, panelId, operatorId: caller.operatorId!, criteria: null, ...accepting });
    accepted(await assignJudges(deps, admin, aKey(), { panelId }));
    return { ...caller, id };
  };
  const score = async (stageId: string, judge: Awaited<ReturnType<typeof aJudge>>, number: number, points: number) => {
    const { panelId } = await run(stageId);
    const scores = [{ criterion: 1, score: points * 1000 }];
    accepted(await submitSheet(deps, judge, aKey(), { panelId, number, scores }));
  };
  /** Opens a stage and has its entries scored, in the order of their entering; resolves with the judge. */
  const scored = async (stageId: string, points: readonly number[]) => {
    accepted(await open(stageId));
    const judge = await aJudge(stageId);
    accepted(await start(stageId));
    for (const [i, one] of points.entries()) await score(stageId, judge, i + 1, one);
    return judge;
  };
  const inNotice = async (stageId: string, points: readonly number[]) => {
    const judge = await scored(stageId, points);
    accepted(await close(stageId));
    accepted(await publish(stageId));
    return judge;
  };
  /** Two weeks later the notice is over. */
  const afterNotice = async () => {
    deps.clock.set(new Date(deps.clock.now().getTime() + 14 * 86_400_000).toISOString());
    return advanceStages(deps);
  };
  const made = async (stageId: string, points: readonly number[]) => {
    await inNotice(stageId, points);
    await afterNotice();
  };
  const candidates = async (stageId: string) => {
    const found = await manager.find(Candidate, {
      where: { panelId: (await run(stageId)).panelId },
      order: { number: 'ASC' },
    });
    return found.map(({ id }) => id);
  };
  const places = async (stageId: string) => {
    const { rankingId } = await run(stageId);
    const { items } = await placesOf(manager, rankingId!, { first: 100, after: undefined });
    return items.map(({ candidateId }) => candidateId);
  };
  const advanced = (stageId: string) => manager.find(StageAdvance, { where: { stageId }, order: { place: 'ASC' } });
  const awards = (competitionId: string) => manager.find(Award, { where: { competitionId }, order: { number: 'ASC' } });
  const eastAdmin = await anAdmin(deps, [east]);
  const steps = { open, start, close, publish, aJudge, score, scored, inNotice, afterNotice, made };
  const seen = { run, stateOf, candidates, places, advanced, awards };
  return { ...scene, admin, eastAdmin, westWorks, competition, heats, ...steps, ...seen };
}

export type StageWorld = Awaited<ReturnType<typeof aStageWorld>>;
