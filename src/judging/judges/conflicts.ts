import type { EntityManager } from 'typeorm';
import type { UnionKind } from '../../unions/union-node.entity.ts';
import type { Candidate } from '../panels/candidate.entity.ts';

/** A union as conflicts look at it. */
export interface Place {
  id: string;
  path: string;
  kind: UnionKind;
}

/** Whom a judge must not judge. */
export interface Interests {
  /** The union on whose roll she is as a member; null when nobody has written it down. */
  own: Place | null;
  declared: readonly Place[];
}

/** Unions that stand for an employer or a part of one; the others are federations of many. */
function isFirm({ kind }: Place): boolean {
  return kind === 'enterprise' || kind === 'grass-roots';
}

/**
 * Whether a judge must not judge candidates of a union: her own firm or one that was declared, its branches, and the firm
 * above. Being on the roll of a federation's office is no interest in the firms that belong to the federation; who
 * declares a conflict with a federation means all of it.
 */
export function isInConflict({ own, declared }: Interests, union: Place): boolean {
  const isAbove = (one: Place) => isFirm(union) && one.path.startsWith(union.path);
  const isOwn = own && (own.id === union.id || isAbove(own) || (isFirm(own) && union.path.startsWith(own.path)));
  return Boolean(isOwn) || declared.some((one) => union.path.startsWith(one.path) || isAbove(one));
}

/** The interests of these judges; every id that was asked has an entry. Two statements. */
export async function interestsOf(db: EntityManager, judgeIds: readonly string[]): Promise<Map<string, Interests>> {
  const found = new Map(judgeIds.map((id) => [id, { own: null as Place | null, declared: [] as Place[] }]));
  if (judgeIds.length === 0) return found;
  const own: (Place & { judgeId: string })[] = await db.query(
    `SELECT j.id AS judgeId, u.id, u.path, u.kind FROM panel_judge j JOIN operator o ON o.id = j.operator_id
     JOIN member m ON m.id = o.member_id JOIN union_node u ON u.id = m.union_id WHERE j.id IN (?)`,
    [judgeIds],
  );
  const declared: (Place & { judgeId: string })[] = await db.query(
    `SELECT c.judge_id AS judgeId, u.id, u.path, u.kind FROM judge_conflict c JOIN union_node u ON u.id = c.union_id
     WHERE c.judge_id IN (?)`,
    [judgeIds],
  );
  for (const { judgeId, ...place } of own) found.get(judgeId)!.own = place;
  for (const { judgeId, ...place } of declared) found.get(judgeId)!.declared.push(place);
  return found;
}

/** Every union from which a panel's candidates come, some perhaps from several: SQL of two times the panel's id. */
export const UNIONS_OF_PANEL = `SELECT union_id FROM panel_candidate WHERE panel_id = ?
  UNION SELECT union_id FROM panel_candidate_union WHERE panel_id = ?`;

/** Whether a candidate `c` comes from one of a list of unions: SQL of two times the list. */
export const COMES_FROM = `(c.union_id IN (?) OR EXISTS (SELECT 1 FROM panel_candidate_union x
  WHERE x.panel_id = c.panel_id AND x.candidate_id = c.id AND x.union_id IN (?)))`;

/** The unions from which the candidates of a panel come. */
export async function unionsOfCandidates(db: EntityManager, panelId: string): Promise<Place[]> {
  return db.query(
    `SELECT u.id, u.path, u.kind FROM union_node u JOIN (${UNIONS_OF_PANEL}) c ON c.union_id = u.id ORDER BY u.id`,
    [panelId, panelId],
  );
}

/** The unions from which one candidate comes. */
export async function unionsOfCandidate(db: EntityManager, { panelId, id }: Candidate): Promise<Place[]> {
  return db.query(
    `SELECT u.id, u.path, u.kind FROM union_node u
     WHERE u.id IN (SELECT union_id FROM panel_candidate WHERE panel_id = ? AND id = ?)
       OR u.id IN (SELECT union_id FROM panel_candidate_union WHERE panel_id = ? AND candidate_id = ?) ORDER BY u.id`,
    [panelId, id, panelId, id],
  );
}

/** For each of these judges the unions of a panel's candidates that she must not judge. */
export async function conflictsIn(
  db: EntityManager,
  panelId: string,
  judgeIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  const unions = await unionsOfCandidates(db, panelId);
  const interests = await interestsOf(db, judgeIds);
  return new Map(
    judgeIds.map((id) => {
      const barred = unions.filter((union) => isInConflict(interests.get(id)!, union));
      return [id, new Set(barred.map((union) => union.id))];
    }),
  );
}
