import fc from 'fast-check';
import { expect, test } from 'vitest';
import { post, refund, reverse } from '../../../src/ledger/post.ts';
import type { Posted, Proposal } from '../../../src/ledger/transfer.ts';
import { upholdDispute } from '../../../src/marketplace/settlement/answer-dispute.ts';
import { disputeLine } from '../../../src/marketplace/settlement/dispute-line.ts';
import { type Line, linesOf } from '../../../src/marketplace/settlement/lines.ts';
import { sendStatement } from '../../../src/marketplace/settlement/send-statement.ts';
import { SettlementStatement } from '../../../src/marketplace/settlement/statement.entity.ts';
import { verifyStatement } from '../../../src/marketplace/settlement/verify-statement.ts';
import { addDays, beijingDay } from '../../../src/platform/clock.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { newId } from '../../../src/platform/ids.ts';
import { points } from '../../../src/platform/points.ts';
import type { Result } from '../../../src/platform/result.ts';
import { accepted } from '../../support/market.ts';
import { admins, aSettledMarket, signContract } from './world.ts';

type Step =
  | { do: 'verify' | 'charge'; points: number; lateHours: number }
  | { do: 'undo' | 'refund'; which: number; part: number }
  | { do: 'rate'; fen: number }
  | { do: 'wait'; hours: number }
  | { do: 'close' }
  | { do: 'dispute'; which: number; more: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('verify', 'charge'), points: amount(), lateHours: late() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('undo', 'refund'), which: fc.nat(), part: amount() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rate'), fen: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait'), hours: fc.integer({ min: 1, max: 24 * 12 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('close') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('dispute'), which: fc.nat(), more: amount() }) },
) as fc.Arbitrary<Step>;

function amount() {
  return fc.integer({ min: 1, max: 90 });
}

// By how much the clock of the machine that posts is behind.
function late() {
  return fc.constantFrom(0, 0, 0, 5);
}

/** What the ledger was told, kept beside it. */
interface Told {
  id: string;
  points: number;
  rate: number;
  day: string;
  kind: string;
  left: number;
}

async function aWorld() {
  const world = await aSettledMarket({ memberCount: 1, earned: 1_000_000 });
  const { deps, programmeId, merchantId } = world;
  const { ann, owner } = admins(world);
  const rates = [{ from: '2020-01-01', fen: 10 }];
  const told: Told[] = [];
  let corrected = 0;
  const rateOn = (day: string) => rates.findLast(({ from }) => from <= day)!.fen;
  const idOf = ([outcome]: Result<Posted>[]) => (outcome as { value: Posted }).value.transferId;

  const give = async (kind: 'verification' | 'charge', amount: number, lateHours: number) => {
    const now = new Date(deps.clock.now().getTime() - lateHours * 3_600_000);
    const member = { kind: 'member' as const, ownerId: world.memberIds[0]! };
    const vouchers = { kind: 'vouchers' as const, ownerId: programmeId };
    const proposal: Proposal = {
      programmeId,
      kind,
      debit: kind === 'charge' ? member : vouchers,
      credit: { kind: 'merchant', ownerId: merchantId },
      points: points(amount),
      key: `${kind}:${newId()}`,
      causeId: newId(),
    };
    const id = idOf(await inTransaction(deps.db, (tx) => post(tx, [proposal], now)));
    const day = beijingDay(now);
    told.push({ id, points: amount, rate: rateOn(day), day, kind, left: amount });
  };

  const takeBack = async (kind: 'verification' | 'charge', which: number, part: number) => {
    const open = told.filter((one) => one.kind === kind && one.left > 0);
    const one = open[which % open.length];
    if (!one) return;
    const now = deps.clock.now();
    const amount = kind === 'charge' ? Math.min(part, one.left) : one.points;
    const [transferId, causeId, key] = [one.id, newId(), `refund:${newId()}`];
    const id = idOf(
      await inTransaction(deps.db, (tx) =>
        kind === 'charge'
          ? refund(tx, [{ transferId, causeId, key, points: points(amount) }], now)
          : reverse(tx, [{ transferId, causeId }], now),
      ),
    );
    one.left -= amount;
    const day = beijingDay(now) < one.day ? one.day : beijingDay(now);
    told.push({ id, points: -amount, rate: one.rate, day, kind: 'back', left: 0 });
  };

  const changeRate = async (fen: number) => {
    const from = addDays(beijingDay(deps.clock.now()), 1);
    if (rates.at(-1)!.from >= from) return;
    await signContract(world, from, { pointPriceFen: fen });
    rates.push({ from, fen });
  };

  const statements = () =>
    deps.db.manager.find(SettlementStatement, { where: { programmeId }, order: { month: 'ASC' } });
  const lines = async (statement: SettlementStatement): Promise<Line[]> =>
    (await linesOf(deps.db.manager, statement, { first: 1000, after: undefined })).items;

  const dispute = async (which: number, more: number) => {
    const statement = (await statements()).at(-1);
    if (!statement || (statement.state !== 'draft' && statement.state !== 'sent')) return;
    const statementId = statement.id;
    if (statement.state === 'draft') accepted(await sendStatement(deps, ann, newId(), { statementId }));
    const all = await lines(statement);
    const line = all[which % all.length]!;
    const disputed = await disputeLine(deps, owner, newId(), { statementId, lineId: line.id, reason: '少算' });
    if (!disputed.ok) return;
    const rightFen = line.fen + (line.fen < 0 ? -more : more);
    const answer = { disputeId: disputed.value, rightFen, reason: '确实少算' };
    accepted(await upholdDispute(deps, ann, newId(), answer));
    corrected += rightFen - line.fen;
  };

  const play = (one: Step): Promise<unknown> | undefined => {
    if (one.do === 'verify') return give('verification', one.points, one.lateHours);
    if (one.do === 'charge') return give('charge', one.points, one.lateHours);
    if (one.do === 'undo') return takeBack('verification', one.which, one.part);
    if (one.do === 'refund') return takeBack('charge', one.which, one.part);
    if (one.do === 'rate') return changeRate(one.fen);
    if (one.do === 'dispute') return dispute(one.which, one.more);
    if (one.do === 'close') return world.close();
    if (one.do === 'wait') deps.clock.advance({ hours: one.hours });
    return undefined;
  };
  return { ...world, told, statements, lines, play, corrected: () => corrected };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

test('all statements together are what the ledger moved at the rates of the days, each transfer on one line of its month', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 45 }), async (steps) => {
      const world = await aWorld();
      const seen = new Map<string, Line[]>();
      for (const one of steps) {
        await world.play(one);
        if (one.do !== 'close') continue;
        for (const statement of await world.statements()) {
          const lines = await world.lines(statement);
          expect(lines).toEqual(seen.get(statement.id) ?? lines);
          seen.set(statement.id, lines);
        }
      }
      world.deps.clock.advance({ days: 40 });
      await world.close();
      world.deps.clock.advance({ days: 40 });
      await world.close();

      const statements = await world.statements();
      const lines = (await Promise.all(statements.map(world.lines))).flat();
      const moved = lines.filter(({ kind }) => kind !== 'correction');
      const asTold = ({ id, points, rate, day }: Told) => ({ id, points, rateFen: rate, fen: points * rate, day });
      const asSaid = ({ id, points, rateFen, fen, day }: Line) => ({ id, points, rateFen, fen, day });
      const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
      expect(moved.map(asSaid).sort(byId)).toEqual(world.told.map(asTold).sort(byId));
      expect(sum(statements.map(({ points }) => points))).toBe(sum(world.told.map(({ points }) => points)));
      const fen = sum(world.told.map(({ points, rate }) => points * rate)) + world.corrected();
      expect(sum(statements.map((statement) => statement.fen))).toBe(fen);
      for (const statement of statements) {
        const ofStatement = moved.filter(({ statementId }) => statementId === statement.id);
        expect(ofStatement.filter(({ day }) => day.slice(0, 7) !== statement.month)).toEqual([]);
        expect((await verifyStatement(world.deps.db, statement.id))!.differences).toEqual([]);
      }
    }),
    { numRuns: 5, endOnFailure: true },
  );
}, 120_000);
