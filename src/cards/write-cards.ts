import { insertRows } from '../platform/db/sql.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { newId } from '../platform/ids.ts';
import type { CardIssuer } from './card-issuer.entity.ts';
import { newCardNumbers } from './number.ts';

export interface NewCard {
  memberId: string;
  /** The card whose place it takes, which must be over already. */
  replacesId: string | null;
  batchId: string | null;
}

/**
 * Writes cards of an issuer, active, each with a number of its own; returns their ids in order. A member who has a live
 * card of the issuer makes the unique key stop the transaction, which then begins anew.
 */
export async function writeCards(
  tx: Tx,
  issuer: Pick<CardIssuer, 'id' | 'prefix'>,
  cards: readonly NewCard[],
  issuedBy: string,
  now: Date,
): Promise<string[]> {
  const numbers = await newCardNumbers(tx, issuer.prefix, cards.length);
  const ids = cards.map(() => newId());
  await insertRows(
    tx,
    'card',
    ['id', 'issuer_id', 'member_id', 'number', 'state', 'replaces_id', 'batch_id', 'issued_by', 'issued_at'],
    cards.map(({ memberId, replacesId, batchId }, i) => [
      ids[i]!,
      issuer.id,
      memberId,
      numbers[i]!,
      'active',
      replacesId,
      batchId,
      issuedBy,
      now,
    ]),
  );
  return ids;
}
