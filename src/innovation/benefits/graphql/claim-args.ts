import { ArgsType, Field } from 'type-graphql';
import type { BeijingDay } from '../../../platform/clock.ts';
import { KEY } from '../../../platform/graphql/mutation.ts';
import { DayScalar, FenScalar, IdScalar } from '../../../platform/graphql/scalars.ts';
import { LONGEST_HOW } from '../limits.ts';

/** What claims a benefit, at the doors of members and of admins. */
@ArgsType()
export class ClaimBenefitArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  achievementId!: string;

  @Field(() => FenScalar, { description: 'What it brought, in fen: at least 1.' })
  fen!: number;

  @Field(() => DayScalar, { description: 'The first day on which it came about.' })
  periodFrom!: BeijingDay;

  @Field(() => DayScalar, { description: 'The last day: today or before.' })
  periodUntil!: BeijingDay;

  @Field(() => String, { description: `How it was reckoned, 1 to ${LONGEST_HOW} characters.` })
  how!: string;

  @Field(() => [IdScalar], {
    description:
      'What proves it, one to nine files: the evidenceId that PUT /uploads/evidence answered, of each. Claimed again: also those that it has.',
  })
  evidenceIds!: string[];
}

/** What both doors may refuse to a claim. */
export const CLAIM_REFUSALS =
  'ACHIEVEMENT_UNKNOWN, BENEFIT_TOO_EARLY (not checked yet), BENEFIT_CLAIMED, BENEFIT_OUT_OF_RANGE, BENEFIT_PERIOD, HOW_NEEDED, EVIDENCE_NEEDED, EVIDENCE_UNKNOWN, EVIDENCE_COUNT';
