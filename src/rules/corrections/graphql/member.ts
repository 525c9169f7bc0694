import { Args, Ctx, Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { AccountView, StatementLineView } from '../../../ledger/graphql/member.ts';
import { beijingDay } from '../../../platform/clock.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { DayScalar, IdScalar, InstantScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import { type Points, points } from '../../../platform/points.ts';
import type { Accrual } from '../../accrual.entity.ts';
import {
  MemberActivityEvent,
  MemberRuleVersion,
  memberActivityEvent,
  memberRuleVersion,
} from '../../graphql/member.ts';
import { ruleVersionLoader } from '../../loaders.ts';
import { eventLoader, pendingLoader, reasonLoader, revocationLoader } from '../loaders.ts';
import { pendingAccruals } from '../queries.ts';
import type { Revocation } from '../revocation.entity.ts';

@ObjectType('Revocation', {
  description: '撤销: the event was taken back, with everything that it had earned.',
  simpleResolvers: true,
})
class MemberRevocation implements Pick<Revocation, 'reason' | 'revokedAt'> {
  @Field(() => String, { description: 'Why, in the words of the union.' })
  reason!: string;

  @Field(() => InstantScalar)
  revokedAt!: Date;
}

@ObjectType('PendingPoints', {
  description: '待入账积分: points that a rule gave for an event and that are paid once a notice period is over.',
  simpleResolvers: true,
})
class PendingPointsView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar, { description: 'The programme whose points they are.' })
  programmeId!: string;

  @Field(() => PointsScalar)
  points!: Points;

  @Field(() => DayScalar, { description: 'The day in Beijing on which they are paid, unless the event is revoked.' })
  payableOn!: string;

  ruleVersionId!: string;
  eventId!: string;

  @Field(() => MemberRuleVersion, { description: 'The rule, as it stood then, that gave them.' })
  async rule(@Ctx() context: MemberContext): Promise<MemberRuleVersion> {
    const version = await loader(context, ruleVersionLoader).load(this.ruleVersionId);
    if (!version) throw new Error(`the rule version ${this.ruleVersionId} has gone`);
    return memberRuleVersion(version);
  }

  @Field(() => MemberActivityEvent, { description: 'What they were given for.' })
  async event(@Ctx() context: MemberContext): Promise<MemberActivityEvent> {
    const event = await loader(context, eventLoader).load(this.eventId);
    if (!event) throw new Error(`the event ${this.eventId} has gone`);
    return memberActivityEvent(event);
  }
}

function pendingPointsView({ id, programmeId, points, payableAt, ruleVersionId, eventId }: Accrual): PendingPointsView {
  const payableOn = beijingDay(payableAt);
  return Object.assign(new PendingPointsView(), { id, programmeId, points, payableOn, ruleVersionId, eventId });
}

const PendingPointsConnection = connectionType(PendingPointsView, 'PendingPoints');

@Resolver(() => AccountView)
export class MemberPendingResolver {
  @FieldResolver(() => PointsScalar, {
    description: '待入账: what rules gave and is paid once its notice period is over. Not part of the balance.',
  })
  async pending(@Root() { accountId }: AccountView, @Ctx() context: MemberContext): Promise<Points> {
    return accountId ? loader(context, pendingLoader).load(accountId) : points(0);
  }

  @Permission('self')
  @Query(() => PendingPointsConnection, {
    description: 'What the member was given and is not paid yet because a notice period runs, oldest first.',
  })
  async pendingPoints(
    @Ctx() context: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<PendingPointsView>> {
    const found = await pendingAccruals(context.deps.db.manager, context.caller.memberId, pageAsked(page));
    return connection(found, (accrual) => accrual.id, pendingPointsView);
  }
}

@Resolver(() => StatementLineView)
export class MemberReasonResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Why the union corrected your points: an event was taken back, or they were adjusted by hand; else null.',
  })
  reason(@Root() { causeId }: StatementLineView, @Ctx() context: MemberContext): Promise<string | null> {
    return loader(context, reasonLoader).load(causeId);
  }
}

@Resolver(() => MemberActivityEvent)
export class MemberRevocationResolver {
  @FieldResolver(() => MemberRevocation, {
    nullable: true,
    description: 'How it was taken back; null while it stands.',
  })
  async revocation(
    @Root() { id }: MemberActivityEvent,
    @Ctx() context: MemberContext,
  ): Promise<MemberRevocation | null> {
    const revocation = await loader(context, revocationLoader).load(id);
    if (!revocation) return null;
    const { reason, revokedAt } = revocation;
    return Object.assign(new MemberRevocation(), { reason, revokedAt });
  }
}
