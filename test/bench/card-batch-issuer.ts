/** Issuers of cards, as many as a bench needs. */
import { randomInt } from 'node:crypto';
import { insertRows } from '../../src/platform/db/sql.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';

export interface Issuer {
  id: string;
  prefix: string;
}

/** Makes a card issuer of a union, with a prefix drawn at random. */
export async function addIssuer({ db, clock }: Deps, unionId: string): Promise<Issuer> {
  const issuer = { id: newId(), prefix: String(randomInt(100_000, 1_000_000)) };
  await insertRows(
    db.manager,
    'card_issuer',
    ['id', 'union_id', 'name', 'prefix', 'created_at'],
    [[issuer.id, unionId, '工会会员卡', issuer.prefix, clock.now()]],
  );
  return issuer;
}
