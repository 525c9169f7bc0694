import { Field, Int, ObjectType } from 'type-graphql';
import { FenScalar, IdScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import type { Ownership } from '../../../unions/firms/firm.entity.ts';
import { OwnershipWord } from '../../../unions/firms/graphql/words.ts';
import type { AchievementState } from '../../achievements/achievement.entity.ts';
import { AchievementStateWord } from '../../achievements/graphql/words.ts';
import { AchievementGroupWord, AchievementKindWord } from '../../graphql/words.ts';
import type { AchievementGroup, AchievementKind } from '../../kinds.ts';
import type { Part } from '../count-entries.ts';
import { growthOf, type SeasonCounts, type SeasonFigures, shareOf } from '../season-figures.ts';

const SHARE = 'in hundredths of a per cent: 5,300 is 53 %; null where there is nothing to compare with';

@ObjectType('EntriesOfKind', { description: 'Entries of one kind.' })
class KindView {
  @Field(() => AchievementKindWord)
  kind!: AchievementKind;

  @Field(() => Int, { description: 'How many there are.' })
  entries!: number;
}

@ObjectType('EntriesOfGroup', { description: 'Entries of one group.' })
class GroupView {
  @Field(() => AchievementGroupWord)
  group!: AchievementGroup;

  @Field(() => Int, { description: 'How many there are.' })
  entries!: number;
}

@ObjectType('EntriesOfOwnership', { description: 'Entries from firms of one ownership.' })
class OwnershipView {
  @Field(() => OwnershipWord, { nullable: true, description: 'Null where nothing was known of the firm.' })
  ownership!: Ownership | null;

  @Field(() => Int, { description: 'How many there are.' })
  entries!: number;
}

@ObjectType('EntriesInState', { description: 'Entries that are so far.' })
class StateView {
  @Field(() => AchievementStateWord)
  state!: AchievementState;

  @Field(() => Int, { description: 'How many there are.' })
  entries!: number;
}

@ObjectType('AuthorsOfLevel', { description: 'Authors with one level of skill.' })
class LevelView {
  @Field(() => Int, { nullable: true, description: '1 is 初级工, 5 is 高级技师; null where none was known.' })
  level!: number | null;

  @Field(() => Int, { description: 'How many there are.' })
  authors!: number;
}

@ObjectType('SeasonCounts', {
  description: 'What was declared in a season and not withdrawn, and by whom; as it was when it was submitted.',
})
class CountsView {
  @Field(() => IdScalar)
  seasonId!: string;

  @Field(() => Int, { description: 'Of the season.' })
  year!: number;

  @Field(() => Int, { description: '申报项数.' })
  entries!: number;

  @Field(() => [KindView], { description: 'The kinds that were declared, the most frequent first.' })
  byKind!: KindView[];

  @Field(() => [GroupView], { description: 'The groups, the larger first.' })
  byGroup!: GroupView[];

  @Field(() => [OwnershipView], { description: 'By whose the firms are, the most frequent first.' })
  byOwnership!: OwnershipView[];

  @Field(() => [StateView], { description: 'How far they are, the most frequent first.' })
  byState!: StateView[];

  @Field(() => Int, { description: '申报企业数: firms, each once.' })
  firms!: number;

  @Field(() => Int, { description: 'Private firms, each once.' })
  privateFirms!: number;

  @Field(() => Int, { description: 'Entries from private firms.' })
  privateEntries!: number;

  @Field(() => Int, { nullable: true, description: `非公企业占比: their share, ${SHARE}.` })
  privateShare!: number | null;

  @Field(() => Int, { description: 'All authors, each once.' })
  authors!: number;

  @Field(() => Int, { description: 'Those who are 高级工 or above.' })
  highlySkilled!: number;

  @Field(() => Int, { nullable: true, description: `高技能人才占比: their share, ${SHARE}.` })
  highlySkilledShare!: number | null;

  @Field(() => [LevelView], {
    description: 'Authors by their highest level, the lowest first, those without any last.',
  })
  byLevel!: LevelView[];
}

@ObjectType('SeasonHonourCount', { description: 'Honours of one grade in a category.' })
class HonourCountView {
  @Field(() => String, { description: 'The name of the category.' })
  category!: string;

  @Field(() => String, { description: 'The name of the grade: 一等奖.' })
  grade!: string;

  @Field(() => Int, { description: 'How many there are.' })
  honours!: number;
}

@ObjectType('BenefitSums', {
  description: 'What the achievements of a season have brought; what was declined does not count.',
})
class BenefitSumsView {
  @Field(() => Int, { description: 'Achievements of which a benefit is claimed.' })
  benefits!: number;

  @Field(() => FenScalar, { description: 'What was claimed.' })
  claimedFen!: number;

  @Field(() => FenScalar, { description: 'What audits found so far.' })
  auditedFen!: number;

  @Field(() => FenScalar, { description: 'What is accepted so far.' })
  acceptedFen!: number;
}

@ObjectType('RewardSums', { description: 'What was given for achievements of a season, as far as it is released.' })
class RewardSumsView {
  @Field(() => Int, { description: 'Achievements that were rewarded.' })
  rewards!: number;

  @Field(() => FenScalar, { description: 'All rewards, points at their price.' })
  rewardFen!: number;

  @Field(() => FenScalar, { description: 'What of them is money.' })
  moneyFen!: number;

  @Field(() => PointsScalar, { description: 'What of them is points.' })
  points!: number;
}

@ObjectType('InnovationSeasonFigures', {
  description: 'The figures of a season, or of the part of it in your branches.',
})
export class SeasonFiguresView {
  @Field(() => CountsView, { description: 'This season.' })
  counts!: CountsView;

  @Field(() => CountsView, {
    nullable: true,
    description: 'The same of the season that it copied, or of that of the year before; null where there was none.',
  })
  before!: CountsView | null;

  @Field(() => Int, { nullable: true, description: `How many more entries there are than before, ${SHARE}.` })
  entriesGrowth!: number | null;

  @Field(() => Int, { nullable: true, description: `How many more firms there are than before, ${SHARE}.` })
  firmsGrowth!: number | null;

  @Field(() => [HonourCountView], { description: 'By category and grade; empty before the honours are final.' })
  honours!: HonourCountView[];

  @Field(() => BenefitSumsView)
  benefits!: BenefitSumsView;

  @Field(() => RewardSumsView)
  rewards!: RewardSumsView;
}

function countsView({ season, entries: counted, authors: by }: SeasonCounts): CountsView {
  const { entries, firms, privateFirms, privateEntries } = counted;
  const named = <K extends string, V>(parts: readonly Part<V>[], name: K) =>
    parts.map((part) => ({ [name]: part.value, entries: part.entries }) as Record<K, V> & { entries: number });
  return {
    ...{ seasonId: season.id, year: season.year, entries, firms, privateFirms, privateEntries },
    byKind: named(counted.byKind, 'kind'),
    byGroup: named(counted.byGroup, 'group'),
    byOwnership: named(counted.byOwnership, 'ownership'),
    byState: named(counted.byState, 'state'),
    privateShare: shareOf(privateEntries, entries),
    ...by,
    highlySkilledShare: shareOf(by.highlySkilled, by.authors),
  };
}

export function seasonFiguresView({ before, honours, benefits, rewards, ...counts }: SeasonFigures): SeasonFiguresView {
  const { entries } = counts;
  return Object.assign(new SeasonFiguresView(), {
    ...{ counts: countsView(counts), before: before && countsView(before), honours, benefits, rewards },
    entriesGrowth: before && growthOf(entries.entries, before.entries.entries),
    firmsGrowth: before && growthOf(entries.firms, before.entries.firms),
  });
}
