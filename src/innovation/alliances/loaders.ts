import type DataLoader from 'dataloader';
import { byKey } from '../../platform/db/loaders.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Alliance } from './alliance.entity.ts';
import type { AllianceStudio } from './alliance-studio.entity.ts';
import { alliancesOf, memberStudiosOf } from './queries.ts';

/** The studios that are members of an alliance now, by its id, for `loader(context, memberStudiosLoader)`. */
export function memberStudiosLoader({ db }: Deps): DataLoader<string, AllianceStudio[]> {
  return byKey(db.manager, memberStudiosOf, []);
}

/** The newest alliances in which a studio is now, by its id. */
export function alliancesOfStudioLoader({ db }: Deps): DataLoader<string, Alliance[]> {
  return byKey(db.manager, alliancesOf, []);
}
