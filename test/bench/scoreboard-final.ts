/** The live final that the bench scoreboard follows. */
import { createCompetition } from '../../src/competitions/plan/create-competition.ts';
import { publishCompetition } from '../../src/competitions/plan/publish-competition.ts';
import { Stage } from '../../src/competitions/plan/stage.entity.ts';
import { Scoreboard, type Standing } from '../../src/competitions/stages/scoreboard/scoreboard.entity.ts';
import type { AdminCaller } from '../../src/identity/caller.ts';
import { ADMIN_PERMISSIONS } from '../../src/identity/roles.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import { aPlan } from '../competitions/plan/world.ts';

/** Lines of the scoreboard, as many as one shows. */
export const STANDINGS = 100;
/** Its version. */
export const VERSION = 7;

/** Publishes a competition of a union whose final is live, and gives that a scoreboard. Resolves with the stage's id. */
export async function seedLiveFinal(deps: Deps, unionId: string): Promise<string> {
  const { manager } = deps.db;
  const [{ path }]: [{ path: string }] = await deps.db.query('SELECT path FROM union_node WHERE id = ?', [unionId]);
  const permissions = new Set<string>(ADMIN_PERMISSIONS);
  const operatorId = newId();
  const admin: AdminCaller = {
    ...{ door: 'admin', actor: `operator:${operatorId}`, sessionId: newId(), operatorId, permissions },
    grants: [{ unionPath: path, permissions }],
  };
  const day = 86_400_000;
  const now = deps.clock.now().getTime();
  const [entryFrom, entryUntil, changeUntil] = [1, 2, 3].map((days) => new Date(now + days * day));
  const [startsOn, endsOn] = [9, 10].map((days) => new Date(now + days * day).toISOString().slice(0, 10));
  const [final] = aPlan(unionId).stages;
  const plan = aPlan(unionId, {
    ...{ entryFrom: entryFrom!, entryUntil: entryUntil!, changeUntil: changeUntil! },
    stages: [{ ...final!, startsOn: startsOn!, endsOn: endsOn!, isLive: true }],
  });
  const made = await createCompetition(deps, admin, newId(), { unionId, plan });
  if (!made.ok) throw new Error(`refused: ${made.refusal.code}`);
  const published = await publishCompetition(deps, admin, newId(), { competitionId: made.value });
  if (!published.ok) throw new Error(`refused: ${published.refusal.code}`);
  const { id: stageId } = await manager.findOneByOrFail(Stage, { competitionId: made.value });
  const standings = Array.from({ length: STANDINGS }, (_, i): Standing => {
    return { place: i + 1, entryId: newId(), name: `第${i + 1}机械制造有限公司`, total: 99_000_000 - i * 123_457 };
  });
  const counts = { candidateCount: STANDINGS, scoredCount: STANDINGS };
  await manager.insert(Scoreboard, {
    ...{ stageId, version: VERSION, standings, ...counts, seen: 'bench', madeAt: deps.clock.now() },
  });
  return stageId;
}
