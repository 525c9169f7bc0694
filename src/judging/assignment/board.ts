import type { Tx } from '../../platform/db/transaction.ts';
import { groupBy } from '../../platform/group-by.ts';
import { conflictsIn } from '../judges/conflicts.ts';
import type { ToJudge } from './balance.ts';
import type { NamedJudge, Section } from './sections.ts';

const CANDIDATES_AT_ONCE = 5000;

/** What a panel has before it is assigned. There may be half a million candidates. */
export interface Board {
  /** In the order of their numbers, with everybody who has begun or submitted a sheet. */
  candidates: ToJudge[];
  /** For each judge the origins that she must not judge. */
  conflicts: Map<string, Set<string>>;
}

/** Loads the board of a panel with everybody who was ever invited to it. */
export async function loadBoard(tx: Tx, panelId: string, judges: readonly NamedJudge[]): Promise<Board> {
  const conflicts = await conflictsIn(
    tx,
    panelId,
    judges.map(({ id }) => id),
  );
  const candidates = await loadCandidates(tx, panelId);
  return { candidates, conflicts: withOrigins(conflicts, candidates) };
}

/** What the unions of an origin are joined by, in their order. */
const JOINT = '+';

/** Adds the origins of several unions: a judge in conflict with one of these must not judge what comes from there. */
function withOrigins(
  conflicts: ReadonlyMap<string, ReadonlySet<string>>,
  candidates: readonly ToJudge[],
): Map<string, Set<string>> {
  const joined = [...new Set(candidates.map(({ origin }) => origin))]
    .filter((origin) => origin.includes(JOINT))
    .map((origin) => ({ origin, unionIds: origin.split(JOINT) }));
  const barred = (unions: ReadonlySet<string>) =>
    joined.filter(({ unionIds }) => unionIds.some((id) => unions.has(id))).map(({ origin }) => origin);
  return new Map([...conflicts].map(([judge, unions]) => [judge, new Set([...unions, ...barred(unions)])]));
}

/** The candidates with those judges of a section, of earlier ones too, whose work on them is kept. */
export function keptIn({ candidates, conflicts }: Board, { criteria }: Section, all: readonly NamedJudge[]): ToJudge[] {
  const ofSection = all.filter(
    (judge) => judge.criteria === null || criteria.every((one) => judge.criteria!.includes(one)),
  );
  const isOfSection = new Set(ofSection.map(({ id }) => id));
  const keeps = (judge: string, origin: string) => isOfSection.has(judge) && !conflicts.get(judge)!.has(origin);
  return candidates.map((candidate) => {
    const { origin, kept } = candidate;
    // Most have none to lose, and need no second object.
    if (kept.every((judge) => keeps(judge, origin))) return candidate;
    return { ...candidate, kept: kept.filter((judge) => keeps(judge, origin)) };
  });
}

const NOBODY: readonly string[] = [];

interface CandidateRow {
  id: string;
  unionId: string;
  number: number;
}

async function loadCandidates(tx: Tx, panelId: string): Promise<ToJudge[]> {
  const candidates: ToJudge[] = [];
  // An origin or judge of many candidates is one string for all of them.
  const texts = new Map<string, string>();
  const shared = (text: string) => texts.get(text) ?? texts.set(text, text).get(text)!;
  for (let after = 0, more = true; more; ) {
    const page: CandidateRow[] = await tx.query(
      `SELECT id, union_id AS unionId, number FROM panel_candidate WHERE panel_id = ? AND state = 'in' AND number > ?
       ORDER BY number LIMIT ?`,
      [panelId, after, CANDIDATES_AT_ONCE],
    );
    const last = page.at(-1)?.number ?? after;
    const begun = await loadBegun(tx, panelId, after, last);
    const others = await loadOtherUnions(tx, panelId, after, last);
    for (const { id, unionId } of page) {
      const origin = [unionId, ...(others.get(id) ?? [])].join(JOINT);
      candidates.push({ id, origin: shared(origin), kept: begun.get(id)?.map(shared) ?? NOBODY });
    }
    more = page.length === CANDIDATES_AT_ONCE;
    after = last;
  }
  return candidates;
}

/** The judges who have begun or submitted a sheet, in the order of their ids, by candidate. */
async function loadBegun(tx: Tx, panelId: string, after: number, last: number): Promise<Map<string, string[]>> {
  const rows: { candidateId: string; judgeId: string }[] = await tx.query(
    `SELECT s.candidate_id AS candidateId, s.judge_id AS judgeId
     FROM panel_candidate c JOIN panel_sheet s ON s.panel_id = c.panel_id AND s.candidate_id = c.id
     JOIN panel_judge j ON j.id = s.judge_id
     WHERE c.panel_id = ? AND c.number > ? AND c.number <= ?
       AND (s.state = 'submitted' OR (s.state = 'draft' AND j.state = 'accepted'))
     ORDER BY s.candidate_id, s.judge_id`,
    [panelId, after, last],
  );
  const groups = groupBy(rows, ({ candidateId }) => candidateId);
  return new Map([...groups].map(([candidateId, ofIt]) => [candidateId, ofIt.map(({ judgeId }) => judgeId)]));
}

/** The unions besides its own from which a candidate comes, in the order of their ids; most have none. */
async function loadOtherUnions(tx: Tx, panelId: string, after: number, last: number): Promise<Map<string, string[]>> {
  const rows: { candidateId: string; unionId: string }[] = await tx.query(
    `SELECT x.candidate_id AS candidateId, x.union_id AS unionId
     FROM panel_candidate c JOIN panel_candidate_union x ON x.panel_id = c.panel_id AND x.candidate_id = c.id
     WHERE c.panel_id = ? AND c.number > ? AND c.number <= ? ORDER BY x.candidate_id, x.union_id`,
    [panelId, after, last],
  );
  const groups = groupBy(rows, ({ candidateId }) => candidateId);
  return new Map([...groups].map(([candidateId, ofIt]) => [candidateId, ofIt.map(({ unionId }) => unionId)]));
}
