import DataLoader from 'dataloader';
import type { Deps } from '../platform/deps.ts';
import type { CardIssuer } from './card-issuer.entity.ts';
import { findIssuers } from './queries.ts';

/** Card issuers by id, for `loader(context, issuerLoader)`; null for an id of no issuer. */
export function issuerLoader({ db }: Deps): DataLoader<string, CardIssuer | null> {
  return new DataLoader(async (ids) => {
    const found = new Map((await findIssuers(db.manager, ids)).map((issuer) => [issuer.id, issuer]));
    return ids.map((id) => found.get(id) ?? null);
  });
}
