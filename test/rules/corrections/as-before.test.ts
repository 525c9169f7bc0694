import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expireLots } from '../../../src/ledger/expire-lots.ts';
import { newId } from '../../../src/platform/ids.ts';
import type { RuleDraft } from '../../../src/rules/definition.ts';
import { emptyDatabase } from '../../support/database.ts';
import { testDeps } from '../../support/deps.ts';
import { DEGREE, fixed } from '../world.ts';
import { aCorrectableWorld } from './world.ts';

const MOST_HONOURS = 2;
const HONOUR: RuleDraft = { ...fixed(10), caps: [{ of: 'count', period: 'month', most: MOST_HONOURS }] };
const DEDICATION: RuleDraft = { ...fixed(300, { kind: 'ever' }), budget: { total: 100_000, branches: [] } };
const LEVELS = ['大专', '本科', '硕士'];

const happened = fc.record({
  owner: fc.nat(1),
  type: fc.constantFrom('honour', 'degree', 'dedication'),
  level: fc.nat(LEVELS.length - 1),
  day: fc.integer({ min: 1, max: 60 }),
});
type Happened = typeof happened extends fc.Arbitrary<infer T> ? T : never;

const earn = fc.record({ do: fc.constant('earn' as const), happened });
const revoke = fc.record({ do: fc.constant('revoke' as const), index: fc.nat(30) });
const spend = fc.record({
  do: fc.constant('spend' as const),
  owner: fc.nat(1),
  amount: fc.integer({ min: 1, max: 900 }),
});
const probe = fc.record({ do: fc.constant('probe' as const), happened });
const wait = fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 250 }) });

/** A world with three rules in an emptied database, and what commands do in it. */
async function aBusyWorld() {
  const deps = await testDeps();
  await emptyDatabase(deps.db);
  const world = await aCorrectableWorld();
  await world.publish('每月两次', 'honour', HONOUR);
  await world.publish('学历提升', 'degree', DEGREE);
  await world.publish('岗位奉献', 'dedication', DEDICATION);
  const recorded: { id: string; what: Happened; stands: boolean }[] = [];
  /** Records an event that nobody recorded before; resolves with its place in the list. */
  const happen = async (what: Happened): Promise<number> => {
    const attributes = { degree: { 学历层次: LEVELS[what.level]! }, dedication: { 事项: '抢险' }, honour: {} };
    const occurredOn = new Date(Date.UTC(2026, 5, what.day)).toISOString().slice(0, 10);
    const fields = { attributes: attributes[what.type as keyof typeof attributes], occurredOn, reference: newId() };
    const [id] = (await world.earn(world.event(world.memberIds[what.owner]!, what.type, fields))) as [string];
    return recorded.push({ id, what, stands: true }) - 1;
  };
  const takeBack = async (place: number): Promise<void> => {
    const one = recorded[place];
    if (!one?.stands) return;
    await world.revoke(one.id);
    one.stands = false;
    await world.settle();
  };
  return { ...world, recorded, happen, takeBack };
}

test('recording an event and revoking it leaves the ledger as it was, whatever happened before', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(earn, revoke, spend, probe, wait), { minLength: 6, maxLength: 18 }),
      async (commands) => {
        const { deps, memberIds, recorded, happen, takeBack, spend } = await aBusyWorld();
        const figures = async () => {
          await expireLots(deps);
          return {
            accounts: await deps.db.query('SELECT kind, owner_id, balance FROM account WHERE balance <> 0 ORDER BY id'),
            lots: await deps.db.query('SELECT id, remaining, expires_at FROM lot WHERE is_open = 1 ORDER BY id'),
            issued: await deps.db.query('SELECT issued FROM programme_budget'),
            awarded: await deps.db.query('SELECT rule_id, awarded FROM rule_budget ORDER BY rule_id'),
          };
        };
        for (const command of [...commands, ...commands.filter((one) => one.do === 'probe')]) {
          if (command.do === 'wait') deps.clock.advance({ days: command.days });
          if (command.do === 'earn') await happen(command.happened);
          if (command.do === 'spend') await spend(memberIds[command.owner]!, command.amount);
          if (command.do === 'revoke') await takeBack(command.index % Math.max(1, recorded.length));
          if (command.do !== 'probe') continue;
          const before = await figures();
          await takeBack(await happen(command.happened));
          expect(await figures()).toEqual(before);
        }
        await expect(deps).toHaveCoherentLedger();
      },
    ),
    { numRuns: 8 },
  );
}, 180_000);

test('what members hold, owe and have spent comes to what the events that stand earn, as if there had been no others', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(earn, earn, revoke, spend), { minLength: 8, maxLength: 25 }),
      async (commands) => {
        const { deps, memberIds, recorded, happen, takeBack, spend, balance, owed, issued } = await aBusyWorld();
        const spent = [0, 0];
        for (const command of commands) {
          if (command.do === 'earn') await happen(command.happened);
          if (command.do === 'revoke') await takeBack(command.index % Math.max(1, recorded.length));
          if (command.do === 'spend' && (await spend(memberIds[command.owner]!, command.amount)).ok) {
            spent[command.owner]! += command.amount;
          }
        }
        for (const [owner, memberId] of memberIds.entries()) {
          const standing = recorded.filter((one) => one.stands && one.what.owner === owner).map((one) => one.what);
          expect((await balance(memberId)) - (await owed(memberId)) + spent[owner]!).toBe(earnedBy(standing));
        }
        for (const place of recorded.keys()) await takeBack(place);
        // What is spent of points that nobody earned is still in the world, and owed.
        expect(await issued()).toBe(spent[0]! + spent[1]!);
        for (const [owner, id] of memberIds.entries())
          expect([await balance(id), await owed(id)]).toEqual([0, spent[owner]]);
        expect(await deps.db.query('SELECT awarded FROM rule_budget')).toEqual([{ awarded: 0 }]);
        await expect(deps).toHaveCoherentLedger();
      },
    ),
    { numRuns: 8 },
  );
}, 180_000);

/** What one member's events earn by the three rules, as a child would count. */
function earnedBy(events: readonly Happened[]): number {
  const of = (type: string) => events.filter((one) => one.type === type);
  const inMonth = (from: number, until: number) => of('honour').filter(({ day }) => from <= day && day <= until).length;
  const honours = Math.min(inMonth(1, 30), MOST_HONOURS) + Math.min(inMonth(31, 60), MOST_HONOURS);
  const degrees = new Set(of('degree').map(({ level }) => level)).size;
  return honours * 10 + degrees * 2000 + (of('dedication').length > 0 ? 300 : 0);
}
