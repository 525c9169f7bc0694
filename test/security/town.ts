import { foundAlliance } from '../../src/innovation/alliances/found-alliance.ts';
import { createTemplate } from '../../src/lotteries/templates/create-template.ts';
import { newId } from '../../src/platform/ids.ts';
import { saveDraft } from '../../src/rules/save-draft.ts';
import { aStageWorld, FINAL } from '../competitions/stages/world.ts';
import { filesOf } from '../evidence/world.ts';
import { aReviewWorld } from '../innovation/review/world.ts';
import { aRewardWorld } from '../innovation/rewards/world.ts';
import { aStudio, aStudioWorld } from '../innovation/studios/world.ts';
import { aRankingWorld } from '../judging/ranking/world.ts';
import { aDrawWorld } from '../lotteries/draw-world.ts';
import { someTerms } from '../lotteries/world.ts';
import { aCounter } from '../marketplace/counter/world.ts';
import { aClosedMonth } from '../marketplace/settlement/world.ts';
import { aTreat } from '../marketplace/treats/world.ts';
import { aNoticeWorld } from '../notices/world.ts';
import { aClaimsWorld } from '../rules/claims/world.ts';
import { aCorrectableWorld } from '../rules/corrections/world.ts';
import { fixed } from '../rules/world.ts';
import type { TestDeps } from '../support/deps.ts';
import { accepted, aKey } from '../unions/tree.ts';

/** Something of almost everything that has an id, in trees of unions that are nobody else's. */
export async function aTown(): Promise<void> {
  const counter = await aCounter();
  await atTheCounter(counter);
  const parts = [
    () => aClosedMonth(1),
    aTreat,
    rulesAndClaims,
    notices,
    lotteries,
    competitions,
    achievements,
    rewards,
    studios,
    judging,
  ];
  for (const part of parts) {
    // Their trees have roots of one name.
    await counter.deps.db.query('UPDATE union_node SET name = id WHERE parent_id IS NULL');
    await part();
  }
}

async function atTheCounter({ deps, memberIds, ...counter }: Awaited<ReturnType<typeof aCounter>>) {
  const [memberId] = memberIds as [string];
  const chargeId = await counter.pay(memberId, 50);
  accepted(await counter.refund(chargeId, { points: 10 }));
  const offerId = await counter.offer();
  accepted(await counter.verify(accepted(await counter.buy(memberId, offerId))));
  accepted(await counter.buy(memberId, offerId));
  await filesOf(deps, `member:${memberId}`, 1);
  await deps.db.query(
    "INSERT INTO member_child (id, member_id, birth_date, state, consented_at) VALUES (?, ?, '2020-01-01', 'declared', ?)",
    [newId(), memberId, deps.clock.now()],
  );
}

async function rulesAndClaims() {
  const claims = await aClaimsWorld();
  await claims.submit(claims.memberIds[0]!);
  const rules = await aCorrectableWorld();
  const { deps, caller, programmeId } = rules;
  await rules.publish('荣誉', 'honour', fixed(1000));
  await rules.earn(rules.event(rules.memberIds[0]!, 'honour'));
  const newRule = { programmeId, name: '荣誉附加', eventType: 'honour' };
  accepted(await saveDraft(deps, caller, aKey(), { newRule, definition: fixed(5) }));
}

async function notices() {
  const world = await aNoticeWorld();
  await world.file(world.ann, await world.publish());
}

async function lotteries() {
  const world = await aDrawWorld();
  await world.inNotice();
  const timetable = {
    ...{ drawDay: 1, drawTime: '10:00', freezesDaysBefore: 0, freezeTime: '09:00', opensDaysBefore: 3 },
    ...{ openTime: '08:00', madeDaysBefore: 2 },
  };
  const { deps, admin, programmeId } = world;
  const template = { programmeId, name: '月月抽奖', terms: { timetable, lottery: someTerms() } };
  accepted(await createTemplate(deps, admin, aKey(), template));
}

async function competitions() {
  const world = await aStageWorld();
  const { stageIds } = await world.competition();
  world.deps.clock.set(FINAL);
  await world.made(stageIds[0]!, [90, 80, 70]);
}

async function achievements() {
  const review = await aReviewWorld();
  const { season } = await review.season();
  await review.declared(season.id);
}

async function rewards() {
  const world = await aRewardWorld();
  const contractId = await world.signed();
  accepted(await world.pay(contractId));
  await world.claimed();
  const { id } = await world.proven(1_000_000);
  accepted(await world.make([id]));
}

async function studios() {
  const world = await aStudioWorld();
  const { id: leadStudioId } = await world.named();
  const { deps, admin, province } = world;
  const second = await aStudio(deps, admin, world.westWorks);
  const alliance = { unionId: province, name: '焊接创新联盟', field: '焊接', leadStudioId, memberStudioIds: [second] };
  accepted(await foundAlliance(deps, admin, aKey(), alliance));
}

async function judging() {
  const world = await aRankingWorld();
  const { panelId } = await world.aScoredPanel();
  await world.make(panelId);
}

/** The tables of what has an id, each with the id of a thing that exists, or undefined where there is none. */
export async function anIdOfEach({ db }: TestDeps): Promise<Map<string, string | undefined>> {
  const tables: { name: string }[] = await db.query(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = DATABASE() AND column_name = 'id' AND data_type = 'char' ORDER BY table_name`,
  );
  const rows: { name: string; id: string }[] = await db.query(
    tables
      .map(({ name }) => `(SELECT '${name}' AS name, CONVERT(id USING utf8mb4) AS id FROM \`${name}\` LIMIT 1)`)
      .join(' UNION ALL '),
  );
  const found = new Map(rows.map(({ name, id }) => [name, id]));
  return new Map(tables.map(({ name }) => [name, found.get(name)]));
}
