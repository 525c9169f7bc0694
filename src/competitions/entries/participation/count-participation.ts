import { insertRows, type SqlValue, updateRows } from '../../../platform/db/sql.ts';
import { inTransaction, type Tx } from '../../../platform/db/transaction.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { ReportProgress } from '../../../platform/jobs.ts';
import { findUnions, idsOnPath } from '../../../unions/queries.ts';
import { ageBand } from './age-bands.ts';
import { Tally } from './tally.ts';

/**
 * The work of the job count-participation: counts anew every competition whose entries may have changed since it was
 * counted last, which is from the opening of entry until the deadline of changes has passed, and a little longer for what
 * was under way then.
 */
export async function countChangedParticipation(deps: Deps, report: ReportProgress): Promise<void> {
  const due: { id: string }[] = await deps.db.query(
    `SELECT c.id FROM competition c LEFT JOIN participation p ON p.competition_id = c.id
     WHERE c.state IN ('published', 'running') AND c.entry_from <= ?
       AND (p.counted_at IS NULL OR p.counted_at <= c.change_until + INTERVAL 10 MINUTE)`,
    [deps.clock.now()],
  );
  for (const [i, { id }] of due.entries()) {
    await countParticipation(deps, id);
    await report({ done: i + 1, of: due.length });
  }
}

/**
 * Counts who takes part in a competition and keeps the figures in the place of those before: two statements read all
 * of its entries once. Of two runs at once the second waits and counts again.
 */
export async function countParticipation({ db, clock }: Deps, competitionId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const heads = ['competition_id', 'firms', 'entries', 'members', 'counted_at'];
    const now = clock.now();
    await updateRows(tx, 'participation', heads, [[competitionId, 0, 0, 0, now]], ['counted_at']);
    const entries = await entriesByFirm(tx, competitionId);
    const tally = new Tally();
    await tallyEntries(tx, tally, entries);
    await tallyPeople(tx, tally, competitionId);
    await tx.query('DELETE FROM participation_part WHERE competition_id = ?', [competitionId]);
    await insertRows(
      tx,
      'participation_part',
      ['competition_id', 'dimension', 'value', 'firms', 'entries', 'members'],
      tally.parts().map((part): SqlValue[] => [competitionId, ...part]),
    );
    const sum = (figure: 'entries' | 'members') => entries.reduce((all, one) => all + Number(one[figure]), 0);
    const firms = new Set(entries.flatMap(({ unionId, isFirm }) => (Number(isFirm) === 1 ? unionId : []))).size;
    const whole = [competitionId, firms, sum('entries'), sum('members'), now];
    await updateRows(tx, 'participation', heads, [whole], ['firms', 'entries', 'members']);
  });
}

/** The entries of one union and one type of firm; counts come as texts. */
interface OfFirm {
  unionId: string;
  firmType: string | null;
  isFirm: string;
  entries: string;
  members: string;
}

function entriesByFirm(tx: Tx, competitionId: string): Promise<OfFirm[]> {
  return tx.query(
    `SELECT e.union_id AS unionId, e.firm_type AS firmType, e.firm_type IS NOT NULL AS isFirm,
       COUNT(DISTINCT e.id) AS entries, COUNT(m.id) AS members
     FROM entry e LEFT JOIN entry_member m ON m.entry_id = e.id AND m.left_at IS NULL
     WHERE e.competition_id = ? AND e.state = 'entered' GROUP BY e.union_id, e.firm_type`,
    [competitionId],
  );
}

/** An entry counts for every union on the path of its own, so that each branch has its figures. */
async function tallyEntries(tx: Tx, tally: Tally, entries: readonly OfFirm[]): Promise<void> {
  const unions = await findUnions(
    tx,
    entries.map(({ unionId }) => unionId),
  );
  const paths = new Map(unions.map(({ id, path }) => [id, path]));
  for (const one of entries) {
    const firm = Number(one.isFirm) === 1 ? one.unionId : null;
    const figures = { firm, entries: Number(one.entries), members: Number(one.members) };
    for (const id of idsOnPath(paths.get(one.unionId)!)) tally.addEntries('branch', id, figures);
    tally.addEntries('firm_type', one.firmType ?? 'unknown', figures);
  }
}

async function tallyPeople(tx: Tx, tally: Tally, competitionId: string): Promise<void> {
  const groups: { sex: string | null; age: number | null; level: number | null; members: string }[] = await tx.query(
    `SELECT sex, age, skill_level AS level, COUNT(*) AS members FROM entry_member
     WHERE competition_id = ? AND is_in = 1 GROUP BY sex, age, skill_level`,
    [competitionId],
  );
  for (const { sex, age, level, members } of groups) {
    tally.addPeople('sex', sex ?? 'unknown', Number(members));
    tally.addPeople('age_band', ageBand(age), Number(members));
    tally.addPeople('skill_level', level === null ? 'unknown' : String(level), Number(members));
  }
}
