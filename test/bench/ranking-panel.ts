/** A closed panel with all its scores, inserted in bulk as judges would have left it. */
import { type Connection, createConnection } from 'mysql2/promise';
import { createPanel } from '../../src/judging/panels/create-panel.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { base32, newId } from '../../src/platform/ids.ts';
import { seedUnions } from './market.ts';

export const CRITERIA = 5;
export const JUDGES_PER_ENTRY = 3;
const JUDGES = 150;
const CANDIDATES_AT_ONCE = 500;

export interface SeededPanel {
  panelId: string;
  candidates: number;
}

/** Fills an empty database with a panel of so many candidates of so many firms. */
export async function seedPanel(deps: Deps, { candidates, firms }: { candidates: number; firms: number }) {
  const panelId = await openPanel(deps);
  const connection = await createConnection({ uri: deps.config.databaseUrl, timezone: 'Z' });
  // The rows are right by their making, so that the server need not look each of them up.
  await connection.query('SET SESSION foreign_key_checks = 0, SESSION unique_checks = 0');
  const firmIds = await seedFirms(connection, firms);
  const judgeIds = await seedJudges(connection, panelId);
  const random = seededRandom();
  for (let from = 0; from < candidates; from += CANDIDATES_AT_ONCE) {
    const numbers = Array.from({ length: Math.min(CANDIDATES_AT_ONCE, candidates - from) }, (_, i) => from + i);
    const entries = numbers.map((number) => ({ number, id: newId(), unionId: firmIds[number % firms]! }));
    await connection.query('INSERT INTO panel_candidate (panel_id, id, union_id, label, number, state) VALUES ?', [
      entries.map(({ number, id, unionId }) => [panelId, id, unionId, `选手${number + 1}`, number + 1, 'in']),
    ]);
    const sheets = entries.flatMap(({ number, id }) => {
      const judges = Array.from({ length: JUDGES_PER_ENTRY }, (_, i) => judgeIds[(number + i * 7) % JUDGES]!);
      return judges.map((judgeId) => ({ id, judgeId }));
    });
    const now = new Date();
    await connection.query(
      `INSERT INTO panel_sheet (panel_id, candidate_id, judge_id, number, state, saved_at, submitted_at, counts_from)
       VALUES ?`,
      [sheets.map(({ id, judgeId }) => [panelId, id, judgeId, 1, 'submitted', now, now, 1])],
    );
    await connection.query(
      `INSERT INTO panel_score (panel_id, candidate_id, judge_id, sheet_number, criterion_number, value) VALUES ?`,
      [
        sheets.flatMap(({ id, judgeId }) =>
          // Judges give halves.
          Array.from({ length: CRITERIA }, (_, i) => [
            panelId,
            id,
            judgeId,
            1,
            i + 1,
            Math.floor(random() * 201) * 500,
          ]),
        ),
      ],
    );
  }
  await connection.query(
    "UPDATE panel SET state = 'closed', candidate_count = ?, opened_at = NOW(3), closed_at = NOW(3) WHERE id = ?",
    [candidates, panelId],
  );
  await connection.end();
  return { panelId, candidates };
}

/** As heavy as terms can be: judges are normalised, so that all scores are read twice, and extremes dropped. */
async function openPanel(deps: Deps): Promise<string> {
  const { programmeId } = await seedUnions(deps);
  const [{ union_id: unionId }] = await deps.db.query('SELECT union_id FROM programme WHERE id = ?', [programmeId]);
  const now = deps.clock.now();
  const criteria = Array.from({ length: CRITERIA }, (_, i) => ({
    ...{ name: `指标${i + 1}`, about: '', kind: 'judged' as const, weight: 10_000 / CRITERIA, evidenceAsked: '' },
    ...{ scaleMin: 0, scaleMax: 100_000 },
  }));
  const made = await inTransaction(deps.db, (tx) =>
    createPanel(
      tx,
      {
        ...{ unionId, kind: 'stage', subjectId: newId() },
        terms: {
          ...{ name: '评审组', judgesPerEntry: JUDGES_PER_ENTRY, judgesNeeded: JUDGES_PER_ENTRY, blind: false },
          ...{ normalise: 'z_score', aggregate: 'trimmed_mean', late: 'wait', scoreUntil: now, criteria },
          tieBreaks: [{ kind: 'criterion', number: 1 }, { kind: 'highest_single' }, { kind: 'earlier_entry' }],
        },
      },
      now,
    ),
  );
  if (!made.ok) throw new Error(made.refusal.message.en);
  return made.value;
}

async function seedFirms(connection: Connection, firms: number): Promise<string[]> {
  const ids = Array.from({ length: firms }, newId);
  await connection.query('INSERT INTO union_node (id, parent_id, name, kind, path, created_at) VALUES ?', [
    ids.map((id, i) => [id, null, `企业${i + 1}工会`, 'enterprise', `/${id}/`, new Date()]),
  ]);
  return ids;
}

async function seedJudges(connection: Connection, panelId: string): Promise<string[]> {
  const ids = Array.from({ length: JUDGES }, newId);
  const now = new Date();
  await connection.query('INSERT INTO operator (id, door, login, name, password_hash, created_at) VALUES ?', [
    ids.map((id, i) => [id, 'admin', `judge-${base32(i, 4)}`, `评委${i + 1}`, 'none', now]),
  ]);
  await connection.query(
    'INSERT INTO panel_judge (id, panel_id, operator_id, state, invited_at, invited_by, answered_at) VALUES ?',
    [ids.map((id) => [id, panelId, id, 'accepted', now, 'system:bench', now])],
  );
  return ids;
}

/** The same scores in every run. */
function seededRandom(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
