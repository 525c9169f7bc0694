import type { EntityManager } from 'typeorm';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { conditionsIn } from '../../rules/definition-place.ts';
import { findUnions, idsOnPath } from '../../unions/queries.ts';
import { Competition, type Entrant } from '../plan/competition.entity.ts';
import { Division } from '../plan/division.entity.ts';
import { competitionOver, competitionUnknown } from '../plan/refusals.ts';
import { Stage } from '../plan/stage.entity.ts';
import { changesClosed, divisionUnknown, entrantOther, entryClosed, entryNotOpen, noStageHere } from './refusals.ts';

/** What a competition lays down for those who enter it. */
export interface EntryTerms {
  competition: Competition;
  /** In order. */
  divisions: readonly Division[];
  stages: readonly Stage[];
  /** Of the unions that its conditions name. */
  unionNames: ReadonlyMap<string, string>;
}

/** The terms of a competition that is published and open to the union with this path. Refusal: COMPETITION_UNKNOWN. */
export async function entryTerms(
  db: EntityManager,
  competitionId: string,
  unionPath: string | undefined,
): Promise<Result<EntryTerms>> {
  const competition = await db.findOneBy(Competition, { id: competitionId });
  if (!competition?.publishedAt || !unionPath?.includes(`/${competition.unionId}/`)) return refuse(competitionUnknown);
  const of = { where: { competitionId }, order: { number: 'ASC' } } as const;
  const divisions = await db.find(Division, of);
  const stages = await db.find(Stage, of);
  return accept({ competition, divisions, stages, unionNames: await namesAsked(db, [competition, ...divisions]) });
}

async function namesAsked(db: EntityManager, parts: readonly Pick<Division, 'eligibility'>[]) {
  const conditions = parts.flatMap(({ eligibility }) => (eligibility ? [...conditionsIn(eligibility)] : []));
  const ids = conditions.flatMap(([one]) => (one.kind === 'branch' ? one.unionIds : []));
  const unions = ids.length === 0 ? [] : await findUnions(db, ids);
  return new Map(unions.map(({ id, name }) => [id, name]));
}

/**
 * `entryTerms` that hold until the commit: nobody can cancel or amend the competition, or set a quota, meanwhile. First
 * of all that a transaction locks, and many can at once.
 */
export async function lockEntryTerms(
  tx: Tx,
  competitionId: string,
  unionPath: string | undefined,
): Promise<Result<EntryTerms>> {
  await tx.query('SELECT id FROM competition WHERE id = ? LOCK IN SHARE MODE', [competitionId]);
  return entryTerms(tx, competitionId, unionPath);
}

/** Why such entrants cannot enter at this instant. Refusals: ENTRY_NOT_OPEN, ENTRY_CLOSED, COMPETITION_OVER, ENTRANT_OTHER. */
export function wrongTimeToEnter(competition: Competition, entrant: Entrant, now: Date): Refusal | undefined {
  if (competition.state === 'finished' || competition.state === 'cancelled') return competitionOver;
  if (now < competition.entryFrom) return entryNotOpen(competition.entryFrom);
  // A stage that was opened has its entries already.
  if (competition.state === 'running' || now >= competition.entryUntil) return entryClosed(competition.entryUntil);
  return competition.entrant === entrant ? undefined : entrantOther(competition.entrant);
}

/** Why entries cannot be changed at this instant. Refusals: CHANGES_CLOSED, COMPETITION_OVER. */
export function wrongTimeToChange({ state, changeUntil }: Competition, now: Date): Refusal | undefined {
  if (state === 'finished' || state === 'cancelled') return competitionOver;
  return now >= changeUntil ? changesClosed(changeUntil) : undefined;
}

/** Where an entry belongs: its division and the stage at which it begins. */
export interface EntryPlace {
  division: Division | null;
  stage: Stage;
}

/** The place of an entry from the union with this path. Refusals: DIVISION_UNKNOWN, NO_STAGE_HERE. */
export function placeOf(
  { divisions, stages }: Pick<EntryTerms, 'divisions' | 'stages'>,
  divisionId: string | null,
  unionPath: string,
): Result<EntryPlace> {
  const division = divisions.find(({ id }) => id === divisionId) ?? null;
  if ((division?.id ?? null) !== divisionId || (divisionId === null && divisions.length > 0))
    return refuse(divisionUnknown(divisions.map(({ name }) => name)));
  const fed = new Set(stages.map(({ parentId }) => parentId));
  const first = stages.filter((stage) => stage.divisionId === divisionId && !fed.has(stage.id));
  const ofUnion = new Map(first.map((stage) => [stage.unionId, stage]));
  const nearest = idsOnPath(unionPath).findLast((id) => ofUnion.has(id));
  return nearest === undefined ? refuse(noStageHere) : accept({ division, stage: ofUnion.get(nearest)! });
}
