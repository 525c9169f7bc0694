import { expect } from 'vitest';
import { rejectDispute, upholdDispute } from '../../../src/marketplace/settlement/answer-dispute.ts';
import { confirmStatement } from '../../../src/marketplace/settlement/confirm-statement.ts';
import { disputeLine } from '../../../src/marketplace/settlement/dispute-line.ts';
import { type Line, linesOf } from '../../../src/marketplace/settlement/lines.ts';
import { sendStatement } from '../../../src/marketplace/settlement/send-statement.ts';
import { SettlementStatement } from '../../../src/marketplace/settlement/statement.entity.ts';
import { addDays, beijingDay } from '../../../src/platform/clock.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted } from '../../support/market.ts';
import { refusal } from '../support.ts';
import { aTown, type Stall } from './town.ts';
import { signContract } from './world.ts';

/** What a door accepted that moves points of a merchant, kept beside the ledger. */
export interface Told {
  /** The kind of its line, and the verification, charge or refund that it comes from. */
  what: string;
  stall: Stall;
  /** Below zero where they were taken back. */
  points: number;
  rateFen: number;
  day: string;
  /** Of a use or charge, what can still be taken back. */
  left: number;
  cause: string;
}

/** A town, what was told at its doors, and what its statements say. */
export async function aHistory() {
  const town = await aTown();
  const { deps, stalls } = town;
  const { db, clock } = deps;
  // So that a clock that is behind is in July too.
  clock.advance({ days: 3 });
  const told: Told[] = [];
  const rates = new Map(stalls.map((one) => [one, [{ from: '2020-01-01', fen: 10 }]]));
  let corrected = 0;

  const tell = (kind: 'verification' | 'charge', at: Stall, cause: string, amount: number) => {
    const day = beijingDay(clock.now());
    const rateFen = rates.get(at)!.findLast(({ from }) => from <= day)!.fen;
    told.push({ what: `${kind} ${cause}`, stall: at, points: amount, rateFen, day, left: amount, cause });
  };
  const takenBack = (one: Told, what: string, amount: number) => {
    const today = beijingDay(clock.now());
    one.left -= amount;
    told.push({ ...one, what, points: -amount, day: today < one.day ? one.day : today, left: 0 });
  };
  const pick = (kind: string, any: number): Told | undefined => {
    const open = told.filter(({ what, left }) => what.startsWith(kind) && left > 0);
    return open[any % open.length];
  };

  const statements = () =>
    db.manager.find(SettlementStatement, {
      where: stalls.map(({ programmeId, merchantId }) => ({ programmeId, merchantId })),
      order: { month: 'ASC', id: 'ASC' },
    });
  const lines = async (statement: SettlementStatement): Promise<Line[]> =>
    (await linesOf(db.manager, statement, { first: 1000, after: undefined })).items;

  const acts = {
    use: async (at: Stall) => {
      const redemptionId = accepted(await town.buy(at.memberId, at.offerId));
      const used = await town.verify(redemptionId, { outletId: at.outletId, caller: at.owner });
      tell('verification', at, accepted(used), at.price);
    },
    pay: async (at: Stall, amount: number) => tell('charge', at, await town.pay(at, amount), amount),
    undo: async (any: number) => {
      const one = pick('verification', any);
      const undone = one && (await town.undo(one.cause, one.stall.owner));
      // After its sixty days a use stays.
      if (undone?.ok) takenBack(one!, `reversal ${one!.cause}`, one!.points);
    },
    refund: async (any: number, part: number | null) => {
      const one = pick('charge', any);
      if (!one) return;
      const amount = Math.min(part ?? one.left, one.left);
      const id = await town.refund(one.stall, one.cause, part === null ? null : amount);
      takenBack(one, `refund ${id}`, amount);
    },
    rate: async (at: Stall, fen: number) => {
      const from = addDays(beijingDay(clock.now()), 1);
      if (rates.get(at)!.at(-1)!.from >= from) return;
      await signContract({ deps, ...at }, from, { pointPriceFen: fen });
      rates.get(at)!.push({ from, fen });
    },
    /** Sends a statement if it is not sent, disputes a line, upholds or rejects that, and confirms; then all is said. */
    dispute: async (any: number, more: number | null) => {
      const open = (await statements()).filter(({ state }) => state === 'draft' || state === 'sent');
      const statement = open[any % open.length];
      if (!statement) return;
      const { id: statementId, programmeId, merchantId } = statement;
      const owner = stalls.find((one) => one.merchantId === merchantId)!.owner;
      const admin = town.admins.get(programmeId)!;
      if (statement.state === 'draft') accepted(await sendStatement(deps, admin, newId(), { statementId }));
      const all = await lines(statement);
      const line = all[any % all.length]!;
      const object = () => disputeLine(deps, owner, newId(), { statementId, lineId: line.id, reason: '少算' });
      const outcome = await object();
      if (!outcome.ok) return expect(refusal(outcome)).toBe('LINE_DISPUTED at lineId');
      const answer = { disputeId: outcome.value, reason: '已核对' };
      const rightFen = line.fen + (line.fen < 0 ? -(more ?? 0) : (more ?? 0));
      const uphold = () => upholdDispute(deps, admin, newId(), { ...answer, rightFen });
      if (more === null) accepted(await rejectDispute(deps, admin, newId(), answer));
      else accepted(await uphold());
      corrected += rightFen - line.fen;
      expect(refusal(await uphold())).toBe('DISPUTE_ANSWERED at disputeId');
      if (any % 2 === 0) return;
      accepted(await confirmStatement(deps, owner, newId(), { statementId }));
      expect(refusal(await object())).toBe('STATEMENT_CONFIRMED at statementId');
      expect(refusal(await sendStatement(deps, admin, newId(), { statementId }))).toBe(
        'STATEMENT_NOT_DRAFT at statementId',
      );
    },
  };

  const lateBy = async (hours: number, act: () => Promise<unknown>) => {
    clock.advance({ hours: -hours });
    await act();
    clock.advance({ hours });
  };
  return { ...town, told, statements, lines, acts, lateBy, corrected: () => corrected };
}

export type History = Awaited<ReturnType<typeof aHistory>>;
