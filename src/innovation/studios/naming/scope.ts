import type { EntityManager } from 'typeorm';
import { type AdminCaller, mayIn } from '../../../identity/caller.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../../platform/result.ts';
import { unionPath } from '../../../unions/queries.ts';
import { lockStudios, ownStudioAmong, studioInScope } from '../scope.ts';
import { StudioNaming } from './naming.entity.ts';
import { namingUnknown, ownStudio, roundSettled, roundUnknown } from './refusals.ts';
import { NamingRound } from './round.entity.ts';

/** The naming, when the admin holds the permission in the union of its studio. Refusal: NAMING_UNKNOWN. */
export async function namingInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<StudioNaming>> {
  const naming = await db.findOneBy(StudioNaming, { id });
  const studio = naming && (await studioInScope(db, caller, permission, naming.studioId));
  return naming && studio?.ok ? accept(naming) : refuse(namingUnknown);
}

/** `namingInScope` with studios:write, its studio and itself locked, as it stands now. Refusal: NAMING_UNKNOWN. */
export async function lockOwnNaming(tx: Tx, caller: AdminCaller, id: string): Promise<Result<StudioNaming>> {
  const seen = await tx.findOneBy(StudioNaming, { id });
  await lockStudios(tx, seen ? [seen.studioId] : []);
  await lockNamings(tx, [id]);
  return namingInScope(tx, caller, 'studios:write', id);
}

/**
 * The naming as it stands now, locked, when the admin holds studios:name in the union that gives the name, unless she is
 * in the studio. Refusals: NAMING_UNKNOWN, OWN_STUDIO.
 */
export async function lockNamingToDecide(tx: Tx, caller: AdminCaller, id: string): Promise<Result<StudioNaming>> {
  await lockNamings(tx, [id]);
  const naming = await tx.findOneBy(StudioNaming, { id });
  const path = naming ? await unionPath(tx, naming.namingUnionId) : undefined;
  if (!naming || path === undefined || !mayIn(caller, 'studios:name', path)) return refuse(namingUnknown);
  const own = await ownStudioAmong(tx, caller, [naming.studioId]);
  return own === undefined ? accept(naming) : refuse(ownStudio('namingId'));
}

/** Locks namings until the transaction ends, in order of id. */
export async function lockNamings(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query('SELECT id FROM studio_naming WHERE id IN (?) ORDER BY id FOR UPDATE', [['', ...ids]]);
}

/** The round, when the admin holds the permission in its union. Refusal: ROUND_UNKNOWN. */
export async function roundInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<NamingRound>> {
  const round = await db.findOneBy(NamingRound, { id });
  const path = round ? await unionPath(db, round.unionId) : undefined;
  return round && path !== undefined && mayIn(caller, permission, path) ? accept(round) : refuse(roundUnknown);
}

/** A round in notice as it stands now, locked, and the namings that are on its list. */
export interface RoundAtHand {
  round: NamingRound;
  listed: StudioNaming[];
}

/**
 * `roundInScope` with studios:name, of a round in notice, locked with its namings: before the notice, unless the admin is
 * in one of its studios. Refusals: ROUND_UNKNOWN, ROUND_SETTLED, OWN_STUDIO.
 */
export async function lockRoundInScope(tx: Tx, caller: AdminCaller, id: string): Promise<Result<RoundAtHand>> {
  await tx.query('SELECT id FROM naming_round WHERE id = ? FOR UPDATE', [id]);
  const round = await roundInScope(tx, caller, 'studios:name', id);
  if (!round.ok) return round;
  if (round.value.state !== 'in_notice') return refuse(roundSettled);
  const listed = await lockListed(tx, id);
  const studioIds = listed.map(({ studioId }) => studioId);
  if ((await ownStudioAmong(tx, caller, studioIds)) !== undefined) return refuse(ownStudio('roundId'));
  return accept({ round: round.value, listed });
}

/** The namings on the list of a locked round, locked too, in order of id. */
export async function lockListed(tx: Tx, roundId: string): Promise<StudioNaming[]> {
  const rows: { id: string }[] = await tx.query('SELECT id FROM studio_naming WHERE round_id = ? ORDER BY id', [
    roundId,
  ]);
  await lockNamings(
    tx,
    rows.map(({ id }) => id),
  );
  return tx.find(StudioNaming, { where: { roundId, state: 'listed' }, order: { id: 'ASC' } });
}
