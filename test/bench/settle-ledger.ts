/** A month of redemptions at many merchants, inserted in bulk and sealed as the ledger does it. */
import { createConnection } from 'mysql2/promise';
import { sealTransfers } from '../../src/ledger/seal.ts';
import { addDays, startOfDay } from '../../src/platform/clock.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { base32, newId } from '../../src/platform/ids.ts';
import { openAccounts, seedUnions } from './market.ts';

export const MONTH_DAYS = 31;
/** Until the settlement day the next month has begun. */
const DAYS = MONTH_DAYS + 2;
const FIRST_DAY = '2026-07-01';
const LINES = 500;

export interface SettleLedger {
  programmeId: string;
  accountIds: string[];
}

/** Fills an empty database with so many redemptions in July 2026 and as many a day in the first days of August. */
export async function seedRedemptions(
  deps: Deps,
  { merchants, redemptions }: { merchants: number; redemptions: number },
): Promise<SettleLedger> {
  const { programmeId } = await seedUnions(deps);
  const accountIds = await seedMerchants(deps, programmeId, merchants);
  const [{ id: vouchersId }] = await deps.db.query("SELECT id FROM account WHERE kind = 'vouchers'");
  const connection = await createConnection({ uri: deps.config.databaseUrl, timezone: 'Z' });
  // The rows are right by their making, so that the server need not look each of them up.
  await connection.query('SET SESSION foreign_key_checks = 0, SESSION unique_checks = 0');
  const perDay = Math.ceil(redemptions / MONTH_DAYS / LINES);
  for (let number = 0; number < perDay * DAYS; number++) {
    const day = addDays(FIRST_DAY, Math.floor(number / perDay));
    const postedAt = startOfDay(day);
    const postingId = newId();
    const transfers = Array.from({ length: LINES }, (_, line) => {
      const id = `${postingId}${base32(line, 4)}`;
      const accountId = accountIds[(number * LINES + line) % merchants];
      const price = 50 + (line % 10) * 10;
      return [id, programmeId, 'verification', vouchersId, accountId, price, `verification:${id}`, id, postedAt, day];
    });
    await connection.query(
      `INSERT INTO transfer (id, programme_id, kind, debit_account_id, credit_account_id, points, business_key, cause_id,
                             posted_at, day) VALUES ?`,
      [transfers],
    );
    await connection.query('INSERT INTO posting (id, transfers, posted_at) VALUES (?)', [[postingId, LINES, postedAt]]);
  }
  await connection.end();
  await sealTransfers(deps);
  return { programmeId, accountIds };
}

async function seedMerchants({ db, clock }: Deps, programmeId: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, newId);
  const now = clock.now();
  await db.query('INSERT INTO merchant (id, name, category, state, created_at) VALUES ?', [
    ids.map((id, i) => [id, `商户${i + 1}`, 'dining', 'active', now]),
  ]);
  await db.query('INSERT INTO programme_merchant (programme_id, merchant_id) VALUES ?', [
    ids.map((id) => [programmeId, id]),
  ]);
  await db.query(
    `INSERT INTO contract (id, programme_id, merchant_id, number, from_day, settlement, signed_by, signed_at) VALUES ?`,
    [ids.map((id, i) => [newId(), programmeId, id, `HT-${i + 1}`, '2020-01-01', 'postpaid', 'system', now])],
  );
  return openAccounts({ db, clock } as Deps, programmeId, 'merchant', ids);
}
