import DataLoader from 'dataloader';
import type { Deps } from '../../platform/deps.ts';
import type { Firm } from './firm.entity.ts';
import { findFirms } from './queries.ts';

/** The firm that a union stands for, by the union's id; null for a union without one. */
export function firmLoader({ db }: Deps): DataLoader<string, Firm | null> {
  return new DataLoader(async (unionIds) => {
    const found = new Map((await findFirms(db.manager, unionIds)).map((firm) => [firm.unionId, firm]));
    return unionIds.map((id) => found.get(id) ?? null);
  });
}
