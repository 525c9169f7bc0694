import type { EntityManager } from 'typeorm';
import type { Tx } from '../../platform/db/transaction.ts';
import { DeclaredEventType } from './declared-event-type.entity.ts';
import type { EventType } from './event-type.ts';
import { READY_MADE } from './ready-made.ts';

/**
 * The event types that a programme knows: the ready-made ones, then its own by code. One that it declared under the
 * code of a ready-made one stands in the place of that.
 */
export async function eventTypesOf(db: EntityManager, programmeId: string): Promise<EventType[]> {
  return withReadyMade(await db.find(DeclaredEventType, { where: { programmeId }, order: { code: 'ASC' } }));
}

/** What a programme declared, in order of code, with the ready-made types that it did not replace before it. */
export function withReadyMade(rows: readonly DeclaredEventType[]): EventType[] {
  const declared = new Map(rows.map((row) => [row.code, declaredType(row)]));
  const inPlace = READY_MADE.map((type) => declared.get(type.code) ?? type);
  const known = new Set(inPlace.map((type) => type.code));
  return [...inPlace, ...[...declared.values()].filter((type) => !known.has(type.code))];
}

/** The event type that a programme knows by this code. */
export async function findEventType(
  db: EntityManager,
  programmeId: string,
  code: string,
): Promise<EventType | undefined> {
  const row = await db.findOneBy(DeclaredEventType, { programmeId, code });
  return row ? declaredType(row) : READY_MADE.find((type) => type.code === code);
}

/**
 * Keeps the event types of a programme as they are until the transaction ends. Whoever writes a rule down holds them
 * before reading the type, so that no attribute goes away that the rule names.
 */
export async function holdEventTypes(tx: Tx, programmeId: string): Promise<void> {
  await tx.query('SELECT id FROM programme WHERE id = ? LOCK IN SHARE MODE', [programmeId]);
}

/** Lets nobody else change or hold the event types of a programme until the transaction ends. */
export async function lockEventTypes(tx: Tx, programmeId: string): Promise<void> {
  await tx.query('SELECT id FROM programme WHERE id = ? FOR UPDATE', [programmeId]);
}

/** A declared type as everything else sees it. */
export function declaredType({ code, name, area, claimable, attributes }: DeclaredEventType): EventType {
  return { code, name, area, claimable, attributes, readyMade: false };
}
