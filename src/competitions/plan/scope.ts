import type { EntityManager } from 'typeorm';
import { type AdminCaller, mayIn } from '../../identity/caller.ts';
import { branchesOf } from '../../identity/queries.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { findUnions } from '../../unions/queries.ts';
import { memberStandings } from '../../unions/standing.ts';
import type { UnionNode } from '../../unions/union-node.entity.ts';
import { Competition } from './competition.entity.ts';
import { competitionUnknown } from './refusals.ts';

/** A competition that an admin may see or change, and its union. */
export interface CompetitionInScope {
  competition: Competition;
  union: UnionNode;
}

/** The competition, when the admin holds the permission in its union. Refusal: COMPETITION_UNKNOWN. */
export async function competitionInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<CompetitionInScope>> {
  const found = await findCompetition(db, id);
  return found && mayIn(caller, permission, found.union.path) ? accept(found) : refuse(competitionUnknown);
}

/** `competitionInScope` with the competition locked and as it stands now: first of all that a transaction locks. */
export async function lockCompetitionInScope(
  tx: Tx,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<CompetitionInScope>> {
  await tx.query('SELECT id FROM competition WHERE id = ? FOR UPDATE', [id]);
  return competitionInScope(tx, caller, permission, id);
}

/**
 * The competition, when the admin holds competitions:read in its union, or in a branch that it is open to once it was
 * published: who runs a heat reads the whole plan. Refusal: COMPETITION_UNKNOWN.
 */
export async function competitionToRead(
  db: EntityManager,
  caller: AdminCaller,
  id: string,
): Promise<Result<CompetitionInScope>> {
  const found = await findCompetition(db, id);
  if (!found) return refuse(competitionUnknown);
  const { competition, union } = found;
  const opened = competition.publishedAt !== null;
  const below = branchesOf(caller, 'competitions:read').some((path) => path.startsWith(union.path));
  return mayIn(caller, 'competitions:read', union.path) || (opened && below)
    ? accept(found)
    : refuse(competitionUnknown);
}

/** The competition, when it was published by the member's own union or one above it. Refusal: COMPETITION_UNKNOWN. */
export async function competitionOfMember(
  db: EntityManager,
  memberId: string,
  id: string,
): Promise<Result<Competition>> {
  const competition = await db.findOneBy(Competition, { id });
  const standing = (await memberStandings(db, [memberId])).get(memberId);
  const sees = competition?.publishedAt && standing?.unionPath.includes(`/${competition.unionId}/`);
  return competition && sees ? accept(competition) : refuse(competitionUnknown);
}

async function findCompetition(db: EntityManager, id: string): Promise<CompetitionInScope | undefined> {
  const competition = await db.findOneBy(Competition, { id });
  const [union] = competition ? await findUnions(db, [competition.unionId]) : [];
  return competition && union ? { competition, union } : undefined;
}
