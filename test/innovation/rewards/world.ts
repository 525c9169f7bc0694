import type { ContractTerms } from '../../../src/innovation/contracts/contract-terms.ts';
import { makeRewardList } from '../../../src/innovation/rewards/make-list.ts';
import { linesOfRewards } from '../../../src/innovation/rewards/queries.ts';
import { releaseRewardList } from '../../../src/innovation/rewards/release-list.ts';
import { Reward } from '../../../src/innovation/rewards/reward.entity.ts';
import { RewardList } from '../../../src/innovation/rewards/reward-list.entity.ts';
import { withdrawRewardList } from '../../../src/innovation/rewards/withdraw-list.ts';
import { setBudget } from '../../../src/ledger/budget.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { points } from '../../../src/platform/points.ts';
import { accrue } from '../../../src/rules/accrue.ts';
import { ActivityEvent } from '../../../src/rules/activity-event.entity.ts';
import type { RuleDraft } from '../../../src/rules/definition.ts';
import { publishDraft } from '../../../src/rules/publish-draft.ts';
import { saveDraft } from '../../../src/rules/save-draft.ts';
import type { TestDeps } from '../../support/deps.ts';
import { accepted, aKey, anAdmin, aProgramme } from '../../unions/tree.ts';
import { aBenefitWorld } from '../benefits/world.ts';

/** A point for each that the event tells. */
export const PER_POINT: RuleDraft = {
  award: { kind: 'per_unit', attribute: '积分', points: 1, most: 100_000 },
  occurrence: { kind: 'event' },
};

/** A programme of a union with a budget, and a rule that pays rewards of innovation, unless another is given. */
export async function aPayingProgramme(deps: TestDeps, unionId: string, definition: RuleDraft | null = PER_POINT) {
  const programmeId = await aProgramme(deps, unionId, '全省积分');
  await inTransaction(deps.db, (tx) => setBudget(tx, programmeId, points(10_000_000)));
  if (definition === null) return programmeId;
  const admin = await anAdmin(deps, [unionId]);
  const newRule = { programmeId, name: '创新奖励', eventType: 'innovation.reward' };
  const draftId = accepted(await saveDraft(deps, admin, aKey(), { newRule, definition }));
  accepted(await publishDraft(deps, admin, aKey(), { draftId }));
  return programmeId;
}

/** The world of benefits, and what a clerk of the eastern works and an officer of the city do with rewards. */
export async function aRewardWorld() {
  const world = await aBenefitWorld();
  const { deps, clerk, officer, eastWorks, province } = world;
  const { manager } = deps.db;

  /** The contract of the works pays so much of a reward in points of a programme of the province. */
  const signedWithPoints = async (pointsPart: number, fields: Partial<ContractTerms> = {}) => {
    const programmeId = await aPayingProgramme(deps, province);
    const contractId = await world.signed({ pointsPart, programmeId, ...fields });
    return { programmeId, contractId };
  };
  const make = (achievementIds: readonly string[], { by = clerk, unionId = eastWorks } = {}) =>
    makeRewardList(deps, by, aKey(), { unionId, achievementIds });
  const release = (listId: string, by = officer) => releaseRewardList(deps, by, aKey(), { listId });
  const withdraw = (listId: string, by = clerk, reason = '重新核对') =>
    withdrawRewardList(deps, by, aKey(), { listId, reason });

  const list = (id: string) => manager.findOneByOrFail(RewardList, { id });
  const rewards = (listId: string) => manager.find(Reward, { where: { listId }, order: { number: 'ASC' } });
  /** What each line of a list gives, "fen points", by reward. */
  const split = async (listId: string) => {
    const ids = (await rewards(listId)).map(({ id }) => id);
    const lines = await linesOfRewards(manager, ids);
    return ids.map((id) => lines.get(id)!.map(({ fen, points: some }) => `${fen} ${some}`));
  };
  /** Has everything judged that was recorded; resolves with the balances of members. */
  const earned = async (memberIds: readonly string[]) => {
    const events = await manager.find(ActivityEvent);
    await accrue(
      deps,
      events.map(({ id }) => id),
    );
    const rows: { owner: string; balance: number }[] = await deps.db.query(
      "SELECT owner_id AS owner, balance FROM account WHERE kind = 'member'",
    );
    return memberIds.map((id) => rows.find(({ owner }) => owner === id)?.balance ?? 0);
  };
  return { ...world, signedWithPoints, make, release, withdraw, list, rewards, split, earned };
}

export type RewardWorld = Awaited<ReturnType<typeof aRewardWorld>>;
