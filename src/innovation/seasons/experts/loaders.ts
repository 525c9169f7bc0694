import type DataLoader from 'dataloader';
import { namesOf } from '../../../judging/judges/queries.ts';
import { byKey } from '../../../platform/db/loaders.ts';
import type { Deps } from '../../../platform/deps.ts';

/** The names of admins' accounts by id. */
export function adminNameLoader({ db }: Deps): DataLoader<string, string> {
  return byKey(db.manager, namesOf, '');
}
