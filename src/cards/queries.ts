import { type EntityManager, In, LessThan, MoreThan } from 'typeorm';
import { type Page, type PageRequest, pageOf } from '../platform/graphql/connection.ts';
import { idsOnPath } from '../unions/queries.ts';
import { Card } from './card.entity.ts';
import { CardBatch } from './card-batch.entity.ts';
import { CardChange } from './card-change.entity.ts';
import { CardIssuer } from './card-issuer.entity.ts';

/** A page of the issuers that issue for the members of the union with this path, the oldest first; the cursor is the id. */
export async function issuersFor(db: EntityManager, path: string, page: PageRequest): Promise<Page<CardIssuer>> {
  const where = { unionId: In(idsOnPath(path)), ...(page.after !== undefined && { id: MoreThan(page.after) }) };
  return pageOf(await db.find(CardIssuer, { where, order: { id: 'ASC' }, take: page.first + 1 }), page);
}

/** The issuers of these ids, in no order. */
export function findIssuers(db: EntityManager, ids: readonly string[]): Promise<CardIssuer[]> {
  return db.find(CardIssuer, { where: { id: In([...ids]) } });
}

/** A page of a member's cards, the newest first; the cursor is the id. */
export async function cardsOfMember(db: EntityManager, memberId: string, page: PageRequest): Promise<Page<Card>> {
  const where = { memberId, ...(page.after !== undefined && { id: LessThan(page.after) }) };
  return pageOf(await db.find(Card, { where, order: { id: 'DESC' }, take: page.first + 1 }), page);
}

/** The card that has exactly this number; null when there is none. */
export function findCardByNumber(db: EntityManager, number: string): Promise<Card | null> {
  return db.findOneBy(Card, { number });
}

/** A page of the changes of a card's state, the newest first; the cursor is the id. */
export async function changesOfCard(db: EntityManager, cardId: string, page: PageRequest): Promise<Page<CardChange>> {
  const where = { cardId, ...(page.after !== undefined && { id: LessThan(page.after) }) };
  return pageOf(await db.find(CardChange, { where, order: { id: 'DESC' }, take: page.first + 1 }), page);
}

/** A page of the batches for the branch of this union, the newest first; the cursor is the id. */
export async function batchesOf(db: EntityManager, unionId: string, page: PageRequest): Promise<Page<CardBatch>> {
  const where = { unionId, ...(page.after !== undefined && { id: LessThan(page.after) }) };
  return pageOf(await db.find(CardBatch, { where, order: { id: 'DESC' }, take: page.first + 1 }), page);
}

/** Which of these cards can be used now. */
export async function activeCards(db: EntityManager, cardIds: readonly string[]): Promise<Set<string>> {
  if (cardIds.length === 0) return new Set();
  const cards = await db.find(Card, { select: { id: true }, where: { id: In([...cardIds]), state: 'active' } });
  return new Set(cards.map((card) => card.id));
}
