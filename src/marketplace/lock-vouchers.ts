import type { Tx } from '../platform/db/transaction.ts';
import type { VoucherState } from './voucher.entity.ts';

/** Locks vouchers in the order of their ids, after the members' accounts and before stock, and reads their state. */
export async function lockVouchers(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, { state: VoucherState; validUntil: Date }>> {
  if (ids.length === 0) return new Map();
  const rows: { id: string; state: VoucherState; valid_until: Date }[] = await tx.query(
    'SELECT id, state, valid_until FROM voucher WHERE id IN (?) ORDER BY id FOR UPDATE',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, { state: row.state, validUntil: row.valid_until }]));
}
