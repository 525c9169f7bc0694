import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { LONGEST_ASKED } from '../../../judging/limits.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { unionLoader } from '../../../unions/loaders.ts';
import { AchievementGroupWord, AchievementKindWord } from '../../graphql/words.ts';
import type { AchievementGroup, AchievementKind } from '../../kinds.ts';
import type { Category } from '../category.entity.ts';
import { takesDeclarations } from '../category-for.ts';
import type { Grade } from '../grade.entity.ts';
import { MOST_CATEGORIES, MOST_FIELDS, MOST_GRADES } from '../limits.ts';
import { categoriesLoader, gradesLoader } from '../loaders.ts';
import type { Season, SeasonState } from '../season.entity.ts';
import { SeasonStateWord } from './words.ts';

@ObjectType('SeasonCriterion', { description: '评分标准: what is judged.', simpleResolvers: true })
class CriterionView {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'What is looked at; may be empty.' })
  about!: string;

  @Field(() => Int, { description: 'In hundredths of a per cent: 2,500 is 25 %.' })
  weight!: number;

  @Field(() => String, {
    description: `What evidence is asked for, ${LONGEST_ASKED} characters at the most; empty for none.`,
  })
  evidenceAsked!: string;
}

@ObjectType('SeasonGrade', { description: '奖项等级: a grade of honour of a category.', simpleResolvers: true })
class GradeView {
  @Field(() => String)
  name!: string;

  @Field(() => Int, { description: 'How many get it.' })
  places!: number;

  @Field(() => String, { description: 'As the certificate says it.' })
  honourName!: string;
}

@ObjectType('SeasonCategory', {
  description:
    '类别: what is judged together. An achievement belongs to the first whose kind, group and fields it fits.',
  simpleResolvers: true,
})
class CategoryView {
  seasonId!: string;

  @Field(() => Int, { description: 'From 1, in order.' })
  number!: number;

  @Field(() => String)
  name!: string;

  @Field(() => AchievementKindWord)
  kind!: AchievementKind;

  @Field(() => AchievementGroupWord, { nullable: true, description: 'Null for both.' })
  group!: AchievementGroup | null;

  @Field(() => [String], { nullable: true, description: `Null for all; ${MOST_FIELDS} at the most.` })
  fields!: string[] | null;

  @Field(() => Int, { description: 'How many are honoured at the most.' })
  honoursAtMost!: number;

  @Field(() => [CriterionView], { description: 'In order; 30 at the most.' })
  criteria!: CriterionView[];

  @Field(() => [GradeView], { description: `From the highest, ${MOST_GRADES} at the most.` })
  async grades(@Ctx() context: MemberContext): Promise<GradeView[]> {
    const grades = await loader(context, gradesLoader).load(this.seasonId);
    return grades.filter(({ categoryNumber }) => categoryNumber === this.number).map(gradeView);
  }
}

@ObjectType('Season', {
  description: '创新成果评选: a season of innovation that your union, or one above it, has opened.',
  simpleResolvers: true,
})
export class SeasonView {
  row!: Season;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Int, { description: '年度' })
  year!: number;

  @Field(() => String, { description: 'What it is about.' })
  about!: string;

  @Field(() => SeasonStateWord)
  state!: SeasonState;

  @Field(() => InstantScalar, { description: 'From then on achievements are declared.' })
  declareFrom!: Date;

  @Field(() => InstantScalar, { description: 'From then on no more.' })
  declareUntil!: Date;

  @Field(() => String, { nullable: true, description: 'Why it was called off; null when it was not.' })
  cancelReason!: string | null;

  @Field(() => Boolean, { description: 'Whether you can declare achievements in it now.' })
  takesDeclarations(@Ctx() { deps }: MemberContext): boolean {
    return takesDeclarations(this.row, deps.clock.now());
  }

  @Field(() => String, { description: 'Whose season it is.' })
  async unionName(@Ctx() context: MemberContext): Promise<string> {
    return (await loader(context, unionLoader).load(this.row.unionId))!.name;
  }

  @Field(() => [CategoryView], { description: `In order, ${MOST_CATEGORIES} at the most.` })
  async categories(@Ctx() context: MemberContext): Promise<CategoryView[]> {
    return (await loader(context, categoriesLoader).load(this.id)).map(categoryView);
  }
}

export const SeasonConnection = connectionType(SeasonView, 'Season');

export function seasonView(row: Season): SeasonView {
  const { id, name, year, about, state, declareFrom, declareUntil, cancelReason } = row;
  return Object.assign(new SeasonView(), {
    ...{ row, id, name, year, about, state, declareFrom, declareUntil, cancelReason },
  });
}

function categoryView(category: Category): CategoryView {
  const { seasonId, number, name, kind, group, fields, honoursAtMost, criteria } = category;
  return Object.assign(new CategoryView(), {
    ...{ seasonId, number, name, kind, group, fields, honoursAtMost },
    criteria: criteria.map(({ name: what, about, weight, evidenceAsked }) =>
      Object.assign(new CriterionView(), { name: what, about, weight, evidenceAsked }),
    ),
  });
}

function gradeView({ name, places, honourName }: Grade): GradeView {
  return Object.assign(new GradeView(), { name, places, honourName });
}
