import { sealTransfers } from '../../ledger/seal.ts';
import { endOfDay } from '../../platform/clock.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { describeError } from '../../platform/describe-error.ts';
import { Failures } from '../../platform/failures.ts';
import type { ReportProgress } from '../../platform/jobs.ts';
import { closeStatement } from './close-statement.ts';
import { type BeijingMonth, lastDay } from './months.ts';
import { ratesOf } from './rates.ts';
import { beginRun, finishRun } from './runs.ts';

const MERCHANTS_AT_ONCE = 200;

/**
 * Closes every month that is due and not closed, programme by programme, the oldest first: on the programme's settlement
 * day, or later when nothing ran then. Doing it again, on two machines at once or after an end amid it, makes no second
 * statement. A merchant that fails keeps no other from its statement, and its programme's month open. Resolves with how
 * many statements are new; throws at the end when one failed.
 */
export async function closeMonths(deps: Deps, progress?: ReportProgress): Promise<number> {
  // A month is closed only when nothing can come after, and the chain of the ledger has the last of it.
  await sealTransfers(deps);
  const programmes: { id: string }[] = await deps.db.query('SELECT id FROM programme ORDER BY id');
  const failures = new Failures(deps.log);
  let statements = 0;
  for (const { id } of programmes) {
    await failures.keep({ programmeId: id }, 'the month of a programme could not be closed', async () => {
      for await (const count of closeMonthsOf(deps, id)) {
        statements += count;
        await progress?.({ done: statements });
      }
    });
  }
  failures.throwAny('programmes failed');
  return statements;
}

/** Closes the due months of a programme, and tells after each page of merchants how many statements are new. */
async function* closeMonthsOf(deps: Deps, programmeId: string): AsyncGenerator<number> {
  for (;;) {
    const month = await beginRun(deps.db, programmeId, deps.clock.now());
    if (month === undefined) return;
    await requireSealed(deps, month);
    yield* closeMonth(deps, programmeId, month);
    await finishRun(deps.db, programmeId, month, deps.clock.now());
  }
}

async function requireSealed({ db }: Deps, month: BeijingMonth): Promise<void> {
  const open = await db.query('SELECT 1 FROM posting WHERE seal_number IS NULL AND posted_at < ? LIMIT 1', [
    endOfDay(lastDay(month)),
  ]);
  if (open.length > 0) throw new Error(`postings of ${month} are not sealed yet`);
}

async function* closeMonth(deps: Deps, programmeId: string, month: BeijingMonth): AsyncGenerator<number> {
  const failures: unknown[] = [];
  for (let after = ''; ; ) {
    const accounts = await merchantAccounts(deps, programmeId, after);
    if (accounts.length === 0) break;
    after = accounts.at(-1)!.merchantId;
    const merchantIds = accounts.map(({ merchantId }) => merchantId);
    const rates = await ratesOf(deps.db.manager, programmeId, merchantIds);
    let statements = 0;
    for (const { accountId, merchantId } of accounts) {
      const closing = { programmeId, merchantId, accountId, month, rates: rates.get(merchantId)! };
      try {
        const id = await inTransaction(deps.db, (tx) => closeStatement(tx, closing, deps.clock.now()));
        if (id !== null) statements += 1;
      } catch (error) {
        deps.log.error({ programmeId, merchantId, month, error: describeError(error) }, 'a statement was not closed');
        failures.push(error);
      }
    }
    yield statements;
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} statements of ${month} failed`);
}

/** A page of the accounts that merchants have in a programme, in the order of the merchants' ids. */
function merchantAccounts(
  { db }: Deps,
  programmeId: string,
  after: string,
): Promise<{ accountId: string; merchantId: string }[]> {
  return db.query(
    `SELECT id AS accountId, owner_id AS merchantId FROM account
     WHERE programme_id = ? AND kind = 'merchant' AND owner_id > ? ORDER BY owner_id LIMIT ?`,
    [programmeId, after, MERCHANTS_AT_ONCE],
  );
}
