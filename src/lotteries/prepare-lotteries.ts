import { inTransaction } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { Failures } from '../platform/failures.ts';
import type { Trouble } from './lottery.entity.ts';
import { lockLottery } from './lottery.ts';
import { releaseReserve } from './prizes/release-reserve.ts';
import { setTrouble } from './set-trouble.ts';
import { open } from './set-up/open-lottery.ts';
import { makeLotteries } from './templates/make-lotteries.ts';
import { giveTickets } from './tickets/give-tickets.ts';
import { refundTickets } from './tickets/refund-tickets.ts';

const TROUBLE_OF: Record<string, Trouble> = {
  OVER_BUDGET: 'over_budget',
  STOCK_SHORT: 'stock_short',
  OFFER_NOT_ON_SALE: 'offer_not_on_sale',
};

/** What is due, and what does it: the ids of the one statement go to the other, one by one. `?` is now. */
const STEPS: { due: string; take: (deps: Deps, id: string) => Promise<unknown> }[] = [
  { due: "SELECT id FROM lottery_template WHERE state = 'active' ORDER BY id", take: makeLotteries },
  { due: "SELECT id FROM lottery WHERE state = 'draft' AND opens_at <= ? ORDER BY id", take: openDue },
  { due: "SELECT id FROM lottery WHERE state = 'open' AND given_at IS NULL ORDER BY id", take: giveTickets },
  { due: "SELECT id FROM lottery WHERE state = 'void' AND settled_at IS NULL ORDER BY id", take: settleVoid },
];

/**
 * Makes the lotteries that templates have to have by now, opens those whose time has come, gives out their tickets, and
 * refunds those of void ones. Each is a step that may be ended anywhere and taken again. One that fails keeps no other
 * from being taken; throws at the end when one failed.
 */
export async function prepareLotteries(deps: Deps): Promise<void> {
  const failures = new Failures(deps.log);
  for (const { due, take } of STEPS) {
    const rows: { id: string }[] = await deps.db.query(due, due.includes('?') ? [deps.clock.now()] : []);
    for (const { id } of rows) {
      await failures.keep({ id }, 'a lottery could not be prepared', async () => {
        await take(deps, id);
      });
    }
  }
  failures.throwAny('lotteries failed');
}

/** Opens a draft whose time has come, or writes down why it cannot be opened yet. */
async function openDue({ db, clock, config }: Deps, lotteryId: string): Promise<void> {
  const now = clock.now();
  await inTransaction(db, async (tx) => {
    const lottery = await lockLottery(tx, lotteryId);
    if (lottery?.state !== 'draft' || now < lottery.opensAt) return;
    const opened = await open(tx, config, lottery, now);
    if (opened.ok) return;
    const trouble = TROUBLE_OF[opened.refusal.code];
    if (!trouble) throw new Error(`no trouble is known for ${opened.refusal.code}`);
    if (trouble !== lottery.trouble) await setTrouble(tx, lotteryId, trouble);
  });
}

/** Refunds the tickets of a void lottery, then gives back what was set aside for its prizes. */
async function settleVoid(deps: Deps, lotteryId: string): Promise<void> {
  await refundTickets(deps, lotteryId);
  const now = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    const lottery = await lockLottery(tx, lotteryId);
    if (lottery?.state !== 'void' || lottery.settledAt !== null) return;
    if (lottery.openedAt !== null) await releaseReserve(tx, lottery, now);
    await tx.query('UPDATE lottery SET settled_at = ? WHERE id = ?', [now, lotteryId]);
  });
}
