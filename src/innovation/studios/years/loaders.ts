import type DataLoader from 'dataloader';
import { byKey } from '../../../platform/db/loaders.ts';
import type { Deps } from '../../../platform/deps.ts';
import { yearsOf } from './queries.ts';
import type { StudioYear } from './studio-year.entity.ts';

/** The latest years of which a studio has a plan, by its id, for `loader(context, yearsLoader)`. */
export function yearsLoader({ db }: Deps): DataLoader<string, StudioYear[]> {
  return byKey(db.manager, yearsOf, []);
}
