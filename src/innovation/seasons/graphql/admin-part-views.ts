import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { TieBreakView, tieBreakView } from '../../../judging/graphql/admin-views.ts';
import { CriterionView, criterionView } from '../../../judging/graphql/criterion-view.ts';
import { ScoreScalar } from '../../../judging/graphql/score.ts';
import { AggregationWord, LatenessRuleWord, NormalisationWord } from '../../../judging/graphql/words.ts';
import { MOST_CRITERIA } from '../../../judging/limits.ts';
import type { Aggregation, LatenessRule, Normalisation } from '../../../judging/panels/panel.entity.ts';
import type { JudgingTerms } from '../../../judging/panels/terms.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import type { FirmType, Ownership } from '../../../unions/firms/firm.entity.ts';
import { FirmTypeWord, OwnershipWord } from '../../../unions/firms/graphql/words.ts';
import { AchievementGroupWord, AchievementKindWord } from '../../graphql/words.ts';
import type { AchievementGroup, AchievementKind } from '../../kinds.ts';
import type { Category, CategoryState, Reserve } from '../category.entity.ts';
import type { Grade } from '../grade.entity.ts';
import { MOST_FIELDS, MOST_GRADES, MOST_RESERVES } from '../limits.ts';
import { gradesLoader } from '../loaders.ts';
import { CategoryStateWord } from './words.ts';

@ObjectType('SeasonJudging', { description: 'How the achievements of a category are judged.', simpleResolvers: true })
class JudgingView {
  @Field(() => Int, { description: 'How many judges score each achievement.' })
  judgesPerEntry!: number;

  @Field(() => Int, { description: 'How many of them suffice once the time is over.' })
  judgesNeeded!: number;

  @Field(() => Boolean, { description: 'Whether judges see numbers instead of names.' })
  blind!: boolean;

  @Field(() => NormalisationWord)
  normalise!: Normalisation;

  @Field(() => AggregationWord)
  aggregate!: Aggregation;

  @Field(() => LatenessRuleWord)
  late!: LatenessRule;

  @Field(() => [TieBreakView], { description: 'In the order in which they are tried, each once: 32 at the most.' })
  tieBreaks!: TieBreakView[];
}

@ObjectType('SeasonReserve', { description: '保留名额: honours kept for a kind of firm.', simpleResolvers: true })
class ReserveView {
  @Field(() => Int, { description: 'Its place in the plan, from 1.' })
  number!: number;

  @Field(() => String)
  name!: string;

  @Field(() => [OwnershipWord], { nullable: true, description: 'Null for any.' })
  ownerships!: Ownership[] | null;

  @Field(() => [FirmTypeWord], { nullable: true, description: 'Null for any.' })
  firmTypes!: FirmType[] | null;

  @Field(() => Int, { nullable: true, description: 'How many may work there at the most; null for any number.' })
  mostEmployees!: number | null;

  @Field(() => Int, { description: 'How many honours are kept.' })
  least!: number;
}

@ObjectType('SeasonGrade', { description: '奖项等级: a grade of honour of a category.', simpleResolvers: true })
export class GradeView {
  @Field(() => Int, { description: 'Its place in the plan, from 1 for the highest.' })
  number!: number;

  @Field(() => String)
  name!: string;

  @Field(() => Int, { description: 'How many get it.' })
  places!: number;

  @Field(() => String, { description: 'As the certificate says it.' })
  honourName!: string;

  @Field(() => Boolean, { description: 'Whether it is an activity event of the programme for each author.' })
  givesPoints!: boolean;
}

@ObjectType('SeasonCategory', {
  description: '类别: what is judged together by one panel and honoured from one number of honours.',
  simpleResolvers: true,
})
export class CategoryView {
  row!: Category;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  seasonId!: string;

  @Field(() => Int, { description: 'Its place in the plan, from 1.' })
  number!: number;

  @Field(() => String)
  name!: string;

  @Field(() => CategoryStateWord)
  state!: CategoryState;

  @Field(() => AchievementKindWord)
  kind!: AchievementKind;

  @Field(() => AchievementGroupWord, { nullable: true, description: 'Null for both.' })
  group!: AchievementGroup | null;

  @Field(() => [String], { nullable: true, description: `Null for all; ${MOST_FIELDS} at the most.` })
  fields!: string[] | null;

  @Field(() => [CriterionView], { description: `In order, ${MOST_CRITERIA} at the most.` })
  criteria!: CriterionView[];

  @Field(() => JudgingView)
  judging!: JudgingView;

  @Field(() => Int, { description: 'How many are honoured at the most.' })
  honoursAtMost!: number;

  @Field(() => ScoreScalar, {
    nullable: true,
    description: 'The total that everybody honoured has reached, 0 to 100; null for none.',
  })
  leastTotal!: number | null;

  @Field(() => [ReserveView], { description: `In order, ${MOST_RESERVES} at the most.` })
  reserves!: ReserveView[];

  @Field(() => IdScalar, {
    nullable: true,
    description: 'Of its panel, for inviting and assigning judges; null where nothing is reviewed.',
  })
  panelId!: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The newest version of its ranking; null before the first.' })
  rankingId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why its scoring goes on after a ranking was made; null otherwise.',
  })
  reopenedFor!: string | null;

  @Field(() => [GradeView], { description: `From the highest, ${MOST_GRADES} at the most.` })
  async grades(@Ctx() context: AdminContext): Promise<GradeView[]> {
    const grades = await loader(context, gradesLoader).load(this.seasonId);
    return grades.filter(({ categoryNumber }) => categoryNumber === this.number).map(gradeView);
  }
}

export function gradeView({ number, name, places, honourName, givesPoints }: Grade): GradeView {
  return Object.assign(new GradeView(), { number, name, places, honourName, givesPoints });
}

export function categoryView(row: Category): CategoryView {
  const { id, seasonId, number, name, state, kind, group, fields, honoursAtMost, leastTotal } = row;
  const { panelId, rankingId, reopenedFor } = row;
  return Object.assign(new CategoryView(), {
    ...{ row, id, seasonId, number, name, state, kind, group, fields, honoursAtMost, panelId, rankingId, reopenedFor },
    leastTotal: leastTotal === null ? null : leastTotal / 1000,
    criteria: row.criteria.map((one, i) => criterionView({ ...one, number: i + 1 })),
    judging: judgingView(row.judging),
    reserves: row.reserves.map(reserveView),
  });
}

function judgingView({ tieBreaks, ...own }: JudgingTerms): JudgingView {
  return Object.assign(new JudgingView(), own, { tieBreaks: tieBreaks.map(tieBreakView) });
}

function reserveView(reserve: Reserve, i: number): ReserveView {
  return Object.assign(new ReserveView(), reserve, { number: i + 1 });
}
