import { Ctx, Field, ObjectType } from 'type-graphql';
import { EvidenceFileView, evidenceFileView } from '../../../evidence/graphql/admin-views.ts';
import { evidenceLoader } from '../../../evidence/loaders.ts';
import { type AdminContext, loader } from '../../../identity/context.ts';
import type { BeijingDay } from '../../../platform/clock.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { DayScalar, FenScalar, IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { UnionView, unionView } from '../../../unions/graphql/admin-views.ts';
import { unionLoader } from '../../../unions/loaders.ts';
import { achievementLoader } from '../../achievements/loaders.ts';
import { rewardLoader } from '../../rewards/loaders.ts';
import { type Benefit, type BenefitState, benefitTarget } from '../benefit.entity.ts';
import { BenefitStateWord } from './words.ts';

@ObjectType('Benefit', {
  description: '经济效益: what an achievement has brought: claimed, audited by one person, accepted by another.',
  simpleResolvers: true,
})
export class BenefitView {
  row!: Benefit;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar, { description: 'It has one benefit.' })
  achievementId!: string;

  @Field(() => IdScalar, { description: 'Of the achievement.' })
  seasonId!: string;

  @Field(() => BenefitStateWord)
  state!: BenefitState;

  @Field(() => DayScalar, { description: 'The first day on which it came about.' })
  periodFrom!: BeijingDay;

  @Field(() => DayScalar, { description: 'The last day.' })
  periodUntil!: BeijingDay;

  @Field(() => String, { description: 'How it was reckoned.' })
  how!: string;

  @Field(() => FenScalar, { description: 'What was claimed.' })
  claimedFen!: number;

  @Field(() => InstantScalar, { description: 'When it was claimed last.' })
  claimedAt!: Date;

  @Field(() => String, { description: 'Who claimed it last: member:<id>, operator:<id> or api-token:<id>.' })
  claimedBy!: string;

  @Field(() => FenScalar, { nullable: true, description: 'What the audit found; null before it.' })
  auditedFen!: number | null;

  @Field(() => String, { nullable: true, description: 'What the auditor says to it.' })
  auditNote!: string | null;

  @Field(() => String, { nullable: true, description: 'The auditor: operator:<id>.' })
  auditedBy!: string | null;

  @Field(() => FenScalar, { nullable: true, description: 'What counts; null before it is accepted.' })
  acceptedFen!: number | null;

  @Field(() => DayScalar, { nullable: true, description: 'The contract that covers this day rewards it.' })
  acceptedOn!: BeijingDay | null;

  @Field(() => String, { nullable: true, description: 'Who accepted it: operator:<id>.' })
  acceptedBy!: string | null;

  @Field(() => String, { nullable: true, description: 'With RETURNED and DECLINED: why.' })
  reason!: string | null;

  @Field(() => String, { description: 'Of the achievement.' })
  async title(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, achievementLoader).load(this.row.achievementId))!.title;
  }

  @Field(() => UnionView, { description: 'Of the achievement: its declarer’s.' })
  async union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionView((await loader(context, unionLoader).load(this.row.unionId))!);
  }

  @Field(() => IdScalar, { nullable: true, description: 'Its reward, made or released; null while there is none.' })
  async rewardId(@Ctx() context: AdminContext): Promise<string | null> {
    return (await loader(context, rewardLoader).load(this.row.achievementId))?.id ?? null;
  }

  @Field(() => [EvidenceFileView], { description: 'The files that prove it, nine at the most.' })
  async evidence(@Ctx() context: AdminContext): Promise<EvidenceFileView[]> {
    return (await loader(context, evidenceLoader).load(benefitTarget(this.row.id))).map(evidenceFileView);
  }
}

export const BenefitConnection = connectionType(BenefitView, 'Benefit');

export function benefitView(row: Benefit): BenefitView {
  const { id, achievementId, seasonId, state, periodFrom, periodUntil, how, reason } = row;
  const { claimedFen, claimedAt, claimedBy, auditedFen, auditNote, auditedBy } = row;
  const { acceptedFen, acceptedOn, acceptedBy } = row;
  return Object.assign(new BenefitView(), {
    ...{ row, id, achievementId, seasonId, state, periodFrom, periodUntil, how, reason },
    ...{ claimedFen, claimedAt, claimedBy, auditedFen, auditNote, auditedBy, acceptedFen, acceptedOn, acceptedBy },
  });
}
