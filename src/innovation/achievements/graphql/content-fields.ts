import { Field, InputType, Int } from 'type-graphql';
import { MOST_OF_TARGET } from '../../../evidence/limits.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { AchievementKindWord } from '../../graphql/words.ts';
import type { AchievementKind } from '../../kinds.ts';
import type { Adoption } from '../achievement.entity.ts';
import type { AchievementContent } from '../content.ts';
import {
  LONGEST_EFFECT,
  LONGEST_FIELD,
  LONGEST_SUMMARY,
  LONGEST_TEXT,
  LONGEST_TITLE,
  MOST_STUDIOS,
} from '../limits.ts';
import { AdoptionWord } from './words.ts';

export const SHARE = {
  description: '贡献比例: in hundredths of a percent, so that 10000 is all; those of all authors add to 10000.',
};

@InputType('StudioShareInput', { description: 'A studio that made an achievement, alone or with others.' })
class StudioShareInput {
  @Field(() => IdScalar, { description: 'One of the authors must be part of it now.' })
  studioId!: string;

  @Field(() => Int, { description: 'In hundredths of a percent; those of all studios add to 10000.' })
  share!: number;
}

/** What an achievement says, at either door; who made it is named in different ways. */
@InputType()
export abstract class ContentFields {
  @Field(() => AchievementKindWord)
  kind!: AchievementKind;

  @Field(() => String, { description: `成果名称: 1 to ${LONGEST_TITLE} characters on one line.` })
  title!: string;

  @Field(() => String, { description: `所属领域: 1 to ${LONGEST_FIELD} characters on one line, e.g. 焊接.` })
  field!: string;

  @Field(() => String, { description: `摘要: up to ${LONGEST_SUMMARY} characters; may be empty in a draft.` })
  summary!: string;

  @Field(() => String, { description: `Up to ${LONGEST_TEXT} characters; may be empty in a draft.` })
  text!: string;

  @Field(() => String, {
    nullable: true,
    description: '专利号或申请号: of a PATENT, with or without ZL, blanks and the point, e.g. ZL 2017 1 0601862.3.',
  })
  patentNumber?: string | null;

  @Field(() => AdoptionWord, { nullable: true, description: 'Of a PROPOSAL that a firm has taken up.' })
  adoption?: Adoption | null;

  @Field(() => String, {
    nullable: true,
    description: `实测效果: of an adopted PROPOSAL, up to ${LONGEST_EFFECT} characters; wanted where it is IN_USE.`,
  })
  effectMeasured?: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'Of several studios: the alliance in which they made it.' })
  allianceId?: string | null;

  @Field(() => [StudioShareInput], {
    defaultValue: [],
    description: `The studios that made it, the first the one under whose name it goes; ${MOST_STUDIOS} at the most.`,
  })
  studios!: StudioShareInput[];

  @Field(() => [IdScalar], {
    defaultValue: [],
    description: `The evidence, ${MOST_OF_TARGET} files at the most: the evidenceId that PUT /uploads/evidence answered, of each; those not named any more are let go.`,
  })
  evidenceIds!: string[];
}

/** What was given, as plain data, without those who made it. */
export function contentGiven(given: ContentFields): Omit<AchievementContent, 'authors'> {
  const { kind, title, field, summary, text, evidenceIds } = given;
  const { patentNumber = null, adoption = null, effectMeasured = null, allianceId = null } = given;
  const studios = given.studios.map(({ studioId, share }) => ({ studioId, share }));
  return {
    kind,
    title,
    field,
    summary,
    text,
    patentNumber,
    adoption,
    effectMeasured,
    allianceId,
    studios,
    evidenceIds,
  };
}
