import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../identity/caller.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { programmeInScope } from '../unions/scope.ts';
import { Lottery } from './lottery.entity.ts';
import { lotteryUnknown } from './refusals.ts';

/** A lottery that an admin may see or change, and the union of its programme. */
export interface LotteryInScope {
  lottery: Lottery;
  unionId: string;
}

/** The lottery, when the admin holds the permission in its programme's union. Refusal: LOTTERY_UNKNOWN. */
export async function lotteryInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<LotteryInScope>> {
  const lottery = await db.findOneBy(Lottery, { id });
  const programme = lottery && (await programmeInScope(db, caller, permission, lottery.programmeId));
  return lottery && programme?.ok ? accept({ lottery, unionId: programme.value.unionId }) : refuse(lotteryUnknown);
}

/** `lotteryInScope` with the lottery locked and as it stands now: first of all that a transaction locks. */
export async function lockLotteryInScope(
  tx: Tx,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<LotteryInScope>> {
  await lockLottery(tx, id);
  return lotteryInScope(tx, caller, permission, id);
}

/** The lottery, locked until the transaction ends, as it stands now; null when there is none. */
export async function lockLottery(tx: Tx, id: string): Promise<Lottery | null> {
  await tx.query('SELECT id FROM lottery WHERE id = ? FOR UPDATE', [id]);
  return tx.findOneBy(Lottery, { id });
}

/** `lockLottery` together with others who only read it: it stays as it is until all of them are done. */
export async function shareLottery(tx: Tx, id: string): Promise<Lottery | null> {
  await tx.query('SELECT id FROM lottery WHERE id = ? LOCK IN SHARE MODE', [id]);
  return tx.findOneBy(Lottery, { id });
}
