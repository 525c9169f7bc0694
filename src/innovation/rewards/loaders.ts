import type DataLoader from 'dataloader';
import { byKey, type PageLoaders, pageLoaders } from '../../platform/db/loaders.ts';
import type { Deps } from '../../platform/deps.ts';
import { linesOfRewards, rewardsOf, rewardsOfLists } from './queries.ts';
import type { Reward } from './reward.entity.ts';
import type { RewardLine } from './reward-line.entity.ts';

/** Pages of the rewards of a list by its id: a loader for each page asked. */
export function listRewardsLoaders({ db }: Deps): PageLoaders<Reward> {
  return pageLoaders(db.manager, rewardsOfLists);
}

/** The lines of a reward by its id, in order. */
export function rewardLinesLoader({ db }: Deps): DataLoader<string, RewardLine[]> {
  return byKey<RewardLine[], RewardLine[]>(db.manager, linesOfRewards, []);
}

/** The reward of an achievement by its id, made or released; null while there is none. */
export function rewardLoader({ db }: Deps): DataLoader<string, Reward | null> {
  return byKey<Reward, null>(db.manager, rewardsOf, null);
}
