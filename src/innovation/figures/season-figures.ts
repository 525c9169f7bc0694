import { type EntityManager, In, Not } from 'typeorm';
import { Season } from '../seasons/season.entity.ts';
import { type AuthorCounts, countAuthors } from './count-authors.ts';
import { countEntries, type EntryCounts } from './count-entries.ts';
import { countHonours, type HonourCount } from './count-honours.ts';
import type { FigureScope } from './scope.ts';
import { type BenefitSums, type RewardSums, sumBenefits, sumRewards } from './sum-benefits.ts';

/** What was declared in a season, and by whom. */
export interface SeasonCounts {
  season: Season;
  entries: EntryCounts;
  authors: AuthorCounts;
}

/** The figures of a season, or of a part of it. */
export interface SeasonFigures extends SeasonCounts {
  /** The same of the season before; null where there was none. */
  before: SeasonCounts | null;
  honours: HonourCount[];
  benefits: BenefitSums;
  rewards: RewardSums;
}

/** Counts a season, and the one before it, in the same few statements whatever their size. */
export async function seasonFigures(db: EntityManager, { season, branches }: FigureScope): Promise<SeasonFigures> {
  const before = await seasonBefore(db, season);
  return {
    ...(await seasonCounts(db, season, branches)),
    before: before && (await seasonCounts(db, before, branches)),
    honours: await countHonours(db, season.id, branches),
    benefits: await sumBenefits(db, season.id, branches),
    rewards: await sumRewards(db, season.id, branches),
  };
}

async function seasonCounts(db: EntityManager, season: Season, branches: string[] | null): Promise<SeasonCounts> {
  const entries = await countEntries(db, season.id, branches);
  return { season, entries, authors: await countAuthors(db, season.id, branches) };
}

/** The season whose plan this one copied, or else that of the same union of the year before, the newest of several. */
async function seasonBefore(db: EntityManager, { copiedFrom, unionId, year }: Season): Promise<Season | null> {
  const state = Not(In(['draft', 'cancelled']));
  const [copied, [ofYearBefore]] = [
    copiedFrom === null ? null : await db.findOneBy(Season, { id: copiedFrom, state }),
    await db.find(Season, { where: { unionId, year: year - 1, state }, order: { id: 'DESC' }, take: 1 }),
  ];
  return copied ?? ofYearBefore ?? null;
}

/** A part of a whole in hundredths of a per cent, to the nearest; null of nothing. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part * 10_000) / whole);
}

/** How much more there is than before, in hundredths of a per cent; below zero for less, null where there was nothing. */
export function growthOf(now: number, before: number): number | null {
  return shareOf(now - before, before);
}
