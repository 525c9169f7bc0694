import DataLoader from 'dataloader';
import { In } from 'typeorm';
import { type PageLoaders, pageLoaders } from '../../platform/db/loaders.ts';
import type { Deps } from '../../platform/deps.ts';
import { Award } from '../plan/award.entity.ts';
import type { SubsidyLine } from './subsidies/line.entity.ts';
import { linesOfLists } from './subsidies/queries.ts';
import type { Win } from './win.entity.ts';

/** What of a win names its award. */
export type AwardOfWin = Pick<Win, 'competitionId' | 'awardNumber'>;

/** The award of the plan that was won. */
export function awardLoader({ db }: Deps): DataLoader<AwardOfWin, Award, string> {
  const keyOf = (competitionId: string, number: number) => `${competitionId} ${number}`;
  return new DataLoader(
    async (wins) => {
      const competitionIds = [...new Set(wins.map(({ competitionId }) => competitionId))];
      const awards = await db.manager.findBy(Award, { competitionId: In(competitionIds) });
      const found = new Map(awards.map((award) => [keyOf(award.competitionId, award.number), award]));
      return wins.map(({ competitionId, awardNumber }) => found.get(keyOf(competitionId, awardNumber))!);
    },
    { cacheKeyFn: ({ competitionId, awardNumber }) => keyOf(competitionId, awardNumber) },
  );
}

/** Pages of the lines of a payment list by its id: a loader for each page asked. */
export function listLinesLoaders({ db }: Deps): PageLoaders<SubsidyLine> {
  return pageLoaders(db.manager, linesOfLists);
}
