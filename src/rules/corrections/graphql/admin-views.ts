import { Ctx, Field, ObjectType } from 'type-graphql';
import { EvidenceFileView, evidenceFileView } from '../../../evidence/graphql/admin-views.ts';
import { evidenceLoader } from '../../../evidence/loaders.ts';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { IdScalar, InstantScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import type { Points } from '../../../platform/points.ts';
import { MemberView, memberView } from '../../../unions/graphql/admin-views.ts';
import { memberLoader } from '../../../unions/loaders.ts';
import type { Adjustment, AdjustmentState } from '../adjustment.entity.ts';
import type { Revocation } from '../revocation.entity.ts';
import { AdjustmentStateWord } from './words.ts';

@ObjectType('Revocation', {
  description: '撤销: an event was taken back, with everything that it had earned.',
  simpleResolvers: true,
})
export class RevocationView implements Pick<Revocation, 'id' | 'reason' | 'revokedBy' | 'revokedAt'> {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String, { description: 'Why, as the member reads it.' })
  reason!: string;

  @Field(() => String, { description: 'Who revoked it: operator:<id> or api-token:<id>.' })
  revokedBy!: string;

  @Field(() => InstantScalar)
  revokedAt!: Date;
}

export function revocationView({ id, reason, revokedBy, revokedAt }: Revocation): RevocationView {
  return Object.assign(new RevocationView(), { id, reason, revokedBy, revokedAt });
}

@ObjectType('Adjustment', {
  description: '积分调整: points that an admin gives a member by hand, or takes.',
  simpleResolvers: true,
})
export class AdjustmentView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  memberId!: string;

  @Field(() => MemberView)
  async member(@Ctx() context: AdminContext): Promise<MemberView> {
    const member = await loader(context, memberLoader).load(this.memberId);
    if (!member) throw new Error(`the member ${this.memberId} has gone`);
    return memberView(member);
  }

  @Field(() => PointsScalar, { description: 'What the member gains; negative when it is taken away.' })
  points!: Points;

  @Field(() => String, { description: 'Why, as the member reads it.' })
  reason!: string;

  @Field(() => [EvidenceFileView], { description: 'The document that it rests on: 1 to 9 files.' })
  async evidence(@Ctx() context: AdminContext): Promise<EvidenceFileView[]> {
    const files = await loader(context, evidenceLoader).load(`adjustment:${this.id}`);
    return files.map(evidenceFileView);
  }

  @Field(() => AdjustmentStateWord)
  state!: AdjustmentState;

  @Field(() => String, { description: 'Who asked for it: operator:<id>.' })
  requestedBy!: string;

  @Field(() => InstantScalar)
  requestedAt!: Date;

  @Field(() => String, {
    nullable: true,
    description:
      'The second admin, who confirmed or declined it: operator:<id>. Null where none was needed, or none has decided.',
  })
  decidedBy!: string | null;

  @Field(() => InstantScalar, { nullable: true })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was declined.' })
  declineReason!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The transfer of the ledger that moved the points, once posted.',
  })
  transferId!: string | null;
}

export const AdjustmentConnection = connectionType(AdjustmentView, 'Adjustment');

export function adjustmentView(adjustment: Adjustment): AdjustmentView {
  return Object.assign(new AdjustmentView(), adjustment);
}
