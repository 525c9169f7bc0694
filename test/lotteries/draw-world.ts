import { randomBytes } from 'node:crypto';
import type { AdminCaller } from '../../src/identity/caller.ts';
import { advanceLotteries } from '../../src/lotteries/advance-lotteries.ts';
import { commitEntropy } from '../../src/lotteries/entropy/commit-entropy.ts';
import { revealEntropy } from '../../src/lotteries/entropy/reveal-entropy.ts';
import { prepareLotteries } from '../../src/lotteries/prepare-lotteries.ts';
import type { WinState } from '../../src/lotteries/prizes/lottery-win.entity.ts';
import { revealCommitment } from '../../src/lotteries/proof/reveals.ts';
import type { Transcript } from '../../src/lotteries/proof/transcript.ts';
import type { LotteryTerms } from '../../src/lotteries/set-up/terms.ts';
import { buyTickets } from '../../src/lotteries/tickets/buy-tickets.ts';
import { giveTickets } from '../../src/lotteries/tickets/give-tickets.ts';
import { newId } from '../../src/platform/ids.ts';
import { memberCaller } from '../marketplace/support.ts';
import { accepted, anAdmin } from '../unions/tree.ts';
import { aLotteryWorld, lotteryOf, operators } from './world.ts';

/** Just after the freeze, just after the draw's instant, and after the notice: 5 working days, with a weekend. */
export const AT = {
  freeze: '2026-09-01T01:00:00.000Z',
  draw: '2026-09-01T02:00:00.000Z',
  lateDraw: '2026-09-02T02:00:01.000Z',
  final: '2026-09-08T16:00:00.000Z',
};

export interface Win {
  id: string;
  drawNumber: number;
  place: number;
  prizeNumber: number;
  memberId: string;
  state: WinState;
  reason: string | null;
  drawnAgain: number | null;
  collectUntil: Date | null;
}

/** A party of the draws of a world, with the admin who stands for it. */
export interface PartyAdmin {
  caller: AdminCaller;
  secret: Buffer;
}

/** A lottery world whose lotteries are drawn from what three parties reveal, and shorthands up to the draw. */
export async function aDrawWorld(options: { memberCount?: number; earned?: number } = {}) {
  const world = await aLotteryWorld(options);
  const { deps, unionId } = world;
  const ids = await operators(deps, 3);
  const parties: PartyAdmin[] = await Promise.all(
    ids.map(async (operatorId) => ({
      caller: { ...(await anAdmin(deps, [unionId], ['lotteries:read'])), operatorId, actor: `operator:${operatorId}` },
      secret: randomBytes(32),
    })),
  );
  const named = ids.map((operatorId, i) => ({ name: `第${i + 1}方`, operatorId }));

  const openedFor = (terms: Partial<LotteryTerms> = {}) =>
    world.opened({ entropy: 'reveals', parties: named, ...terms });
  const commit = async (lotteryId: string, those = parties) => {
    for (const { caller, secret } of those) {
      const commitment = revealCommitment(secret).toString('hex');
      accepted(await commitEntropy(deps, caller, newId(), { lotteryId, commitment }));
    }
  };
  const reveal = (lotteryId: string, { caller, secret }: PartyAdmin) =>
    revealEntropy(deps, caller, newId(), { lotteryId, reveal: secret.toString('hex') });
  const revealAll = async (lotteryId: string, those = parties) => {
    for (const party of those) accepted(await reveal(lotteryId, party));
  };
  /** What the two jobs of lotteries do in one minute. */
  const advance = async () => {
    await advanceLotteries(deps);
    await prepareLotteries(deps);
  };
  const at = (iso: string) => deps.clock.set(iso);

  /** The same parties with new secrets, as each draw wants them. */
  const anew = (): PartyAdmin[] => parties.map(({ caller }) => ({ caller, secret: randomBytes(32) }));
  /** Opened, with everybody's free tickets and every commitment. */
  const ready = async (terms: Partial<LotteryTerms> = {}): Promise<string> => {
    const lotteryId = await openedFor(terms);
    await giveTickets(deps, lotteryId);
    await commit(lotteryId);
    return lotteryId;
  };
  const frozen = async (terms: Partial<LotteryTerms> = {}): Promise<string> => {
    const lotteryId = await ready(terms);
    at(AT.freeze);
    await advance();
    return lotteryId;
  };
  const inNotice = async (terms: Partial<LotteryTerms> = {}): Promise<string> => {
    const lotteryId = await frozen(terms);
    await revealAll(lotteryId);
    at(AT.draw);
    await advance();
    return lotteryId;
  };
  const final = async (terms: Partial<LotteryTerms> = {}): Promise<string> => {
    const lotteryId = await inNotice(terms);
    at(AT.final);
    await advance();
    return lotteryId;
  };
  const buyTicketsFor = (memberId: string, lotteryId: string, count: number, key = newId()) =>
    buyTickets(deps, memberCaller(memberId), key, { lotteryId, count });
  const wins = (lotteryId: string): Promise<Win[]> =>
    deps.db.query(
      `SELECT id, draw_number AS drawNumber, place, prize_number AS prizeNumber, member_id AS memberId, state, reason,
              drawn_again AS drawnAgain, collect_until AS collectUntil
       FROM lottery_win WHERE lottery_id = ? ORDER BY draw_number, place`,
      [lotteryId],
    );
  const transcript = async (lotteryId: string, number = 1): Promise<Transcript> => {
    const [row] = await deps.db.query('SELECT transcript FROM lottery_draw WHERE lottery_id = ? AND number = ?', [
      lotteryId,
      number,
    ]);
    return JSON.parse(row.transcript);
  };
  return {
    ...world,
    parties,
    named,
    openedFor,
    commit,
    anew,
    reveal,
    revealAll,
    advance,
    at,
    ready,
    frozen,
    inNotice,
    final,
    buyTickets: buyTicketsFor,
    wins,
    transcript,
    lottery: (id: string) => lotteryOf(deps, id),
  };
}

export type DrawWorld = Awaited<ReturnType<typeof aDrawWorld>>;
