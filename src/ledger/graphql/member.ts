import { Args, Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { loader, type MemberContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { type Connection, connection, connectionType } from '../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { DayScalar, IdScalar, InstantScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import type { Points } from '../../platform/points.ts';
import { programmesOfMemberLoader } from '../../unions/loaders.ts';
import { accountsOf, type Expiring } from '../accounts.ts';
import { debtLoader, expiringLoader, spendableLoader } from '../loaders.ts';
import { type StatementLine, statement } from '../statement.ts';
import type { TransferKind } from '../transfer.ts';
import { TransferKindWord } from './words.ts';

@ObjectType('StatementLine', {
  description: 'One line of the statement: a transfer that moved your points.',
  simpleResolvers: true,
})
export class StatementLineView {
  @Field(() => String)
  id!: string;

  @Field(() => TransferKindWord)
  kind!: TransferKind;

  @Field(() => PointsScalar, {
    description: 'Positive when you gained points, negative when they were spent or expired.',
  })
  points!: Points;

  @Field(() => PointsScalar, { description: 'Your balance once this was posted.' })
  balanceAfter!: Points;

  @Field(() => InstantScalar)
  postedAt!: Date;

  @Field(() => DayScalar, { description: 'The day in Beijing that it counts for.' })
  day!: string;

  @Field(() => String, {
    description: 'The id of what caused it: an accrual, a redemption, a charge, a lot of points that expired.',
  })
  causeId!: string;

  ruleVersionId!: string | null;
}

const StatementConnection = connectionType(StatementLineView, 'StatementLine');

@ObjectType('ExpiringPoints', { description: 'The points that expire next.', simpleResolvers: true })
class ExpiringView {
  @Field(() => PointsScalar)
  points!: Points;

  @Field(() => DayScalar, { description: 'The last day in Beijing on which they can be spent.' })
  lastDay!: string;
}

@ObjectType('Account', { description: '积分账户: your points in one programme.', simpleResolvers: true })
export class AccountView {
  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => String, { description: 'The name of the programme.' })
  programmeName!: string;

  /** Null for a member who never had points there. */
  accountId!: string | null;

  @Field(() => PointsScalar, { description: 'What you can spend now.' })
  async balance(@Ctx() context: MemberContext): Promise<Points> {
    return this.accountId ? loader(context, spendableLoader).load(this.accountId) : (0 as Points);
  }

  @Field(() => PointsScalar, {
    description:
      'What you owe: points that were taken back after you had spent them. New points pay it off first; 0 for most.',
  })
  owed(@Ctx() context: MemberContext): Promise<Points> {
    return loader(context, debtLoader).load(`${this.programmeId} ${context.caller.memberId}`);
  }

  @Field(() => ExpiringView, {
    nullable: true,
    description: 'What expires next, and when; null when there is nothing.',
  })
  async expiringNext(@Ctx() context: MemberContext): Promise<Expiring | null> {
    return this.accountId ? loader(context, expiringLoader).load(this.accountId) : null;
  }

  @Field(() => StatementConnection, { description: 'Every movement of your points, newest first.' })
  async statement(
    @Ctx() context: MemberContext,
    @Args(() => PageArgs) asked: PageArgs,
  ): Promise<Connection<StatementLineView>> {
    const page = this.accountId
      ? await statement(context.deps.db.manager, this.accountId, pageAsked(asked))
      : { items: [], hasNextPage: false };
    return connection(page, (line) => line.id, statementLineView);
  }
}

function statementLineView(line: StatementLine): StatementLineView {
  return Object.assign(new StatementLineView(), line);
}

@Resolver()
export class MemberLedgerResolver {
  @Permission('self')
  @Query(() => [AccountView], {
    description: 'Your accounts: one for each programme that covers you, at most a handful.',
  })
  async accounts(@Ctx() context: MemberContext): Promise<AccountView[]> {
    const { memberId } = context.caller;
    const programmes = await loader(context, programmesOfMemberLoader).load(memberId);
    const accounts = new Map(
      (await accountsOf(context.deps.db.manager, [memberId])).map((account) => [account.programmeId, account.id]),
    );
    return programmes.map((programme) =>
      Object.assign(new AccountView(), {
        programmeId: programme.id,
        programmeName: programme.name,
        accountId: accounts.get(programme.id) ?? null,
      }),
    );
  }
}
