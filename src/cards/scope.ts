import type { EntityManager } from 'typeorm';
import { type AdminCaller, mayIn } from '../identity/caller.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { idsOnPath, unionPath } from '../unions/queries.ts';
import { memberInScope } from '../unions/scope.ts';
import { Card } from './card.entity.ts';
import { CardBatch } from './card-batch.entity.ts';
import { CardIssuer } from './card-issuer.entity.ts';
import { cardUnknown, issuerUnknown } from './refusals.ts';

/** The issuer, when its union is on this path: it issues for the members of its own branch. Refusal: ISSUER_UNKNOWN. */
export async function issuerFor(db: EntityManager, id: string, path: string): Promise<Result<CardIssuer>> {
  const issuer = await db.findOneBy(CardIssuer, { id });
  return issuer && idsOnPath(path).includes(issuer.unionId) ? accept(issuer) : refuse(issuerUnknown);
}

/** The card, when the admin holds the permission in its member's union. Refusal: CARD_UNKNOWN, also for what is not there. */
export async function cardInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<Card>> {
  const card = await db.findOneBy(Card, { id });
  const member = card && (await memberInScope(db, caller, permission, card.memberId));
  return card && member?.ok ? accept(card) : refuse(cardUnknown);
}

/** `cardInScope` with the card's row locked, so that what is decided of its state holds until the commit. */
export async function lockCardInScope(
  tx: Tx,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<Card>> {
  await tx.query('SELECT id FROM card WHERE id = ? FOR UPDATE', [id]);
  return cardInScope(tx, caller, permission, id);
}

/** The batch, when the admin holds the permission over the branch that it is for; null otherwise. */
export async function batchInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<CardBatch | null> {
  const batch = await db.findOneBy(CardBatch, { id });
  const path = batch && (await unionPath(db, batch.unionId));
  return batch && path && mayIn(caller, permission, path) ? batch : null;
}
