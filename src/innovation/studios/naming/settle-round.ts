import { settleNotice } from '../../../notices/settle-notice.ts';
import { addDays, beijingDay } from '../../../platform/clock.ts';
import type { Config } from '../../../platform/config.ts';
import { inTransaction, type Tx } from '../../../platform/db/transaction.ts';
import type { Deps } from '../../../platform/deps.ts';
import { lockStudios } from '../scope.ts';
import type { StudioNaming } from './naming.entity.ts';
import { namingNumber } from './number.ts';
import { rewardStudios } from './reward-studios.ts';
import { NamingRound } from './round.entity.ts';
import { lockListed } from './scope.ts';
import { lastDayOfTerm } from './term.ts';

/**
 * Makes a round final once its notice may be: the studios on its list are named from today, and a name that one of them
 * bore at this level has ended yesterday. Once, however often and on however many machines this runs. Whether anything
 * changed.
 */
export function settleRound(deps: Deps, roundId: string): Promise<boolean> {
  const now = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    await tx.query('SELECT id FROM naming_round WHERE id = ? FOR UPDATE', [roundId]);
    const round = await tx.findOneByOrFail(NamingRound, { id: roundId });
    if (round.state !== 'in_notice') return false;
    if ((await settleNotice(tx, round.noticeId, now)) !== 'final') return false;
    const listed = await lockWithStudios(tx, roundId);
    await nameStudios(tx, deps.config, round, listed, now);
    await rewardStudios(tx, round, listed, now);
    await tx.update(NamingRound, { id: roundId }, { state: 'final', settledAt: now });
    return true;
  });
}

/** The namings on the list of a locked round, with their studios locked first, so that nobody joins or leaves one meanwhile. */
async function lockWithStudios(tx: Tx, roundId: string): Promise<StudioNaming[]> {
  const rows: { studioId: string }[] = await tx.query(
    'SELECT studio_id AS studioId FROM studio_naming WHERE round_id = ?',
    [roundId],
  );
  await lockStudios(
    tx,
    rows.map(({ studioId }) => studioId),
  );
  return lockListed(tx, roundId);
}

async function nameStudios(
  tx: Tx,
  config: Config,
  { level, termMonths }: NamingRound,
  listed: readonly StudioNaming[],
  now: Date,
): Promise<void> {
  if (listed.length === 0) return;
  const today = beijingDay(now);
  await tx.query(
    `UPDATE studio_naming SET state = 'expired', ended_on = ?
     WHERE studio_id IN (?) AND level = ? AND state = 'named'`,
    [addDays(today, -1), listed.map(({ studioId }) => studioId), level],
  );
  const numbers = listed.flatMap(({ id }) => [id, namingNumber(config, today, id)]);
  await tx.query(
    `UPDATE studio_naming SET state = 'named', term_months = ?, named_on = ?, ends_on = ?,
       number = CASE id ${listed.map(() => 'WHEN ? THEN ?').join(' ')} END
     WHERE id IN (?)`,
    [termMonths, today, lastDayOfTerm(today, termMonths), ...numbers, listed.map(({ id }) => id)],
  );
}
