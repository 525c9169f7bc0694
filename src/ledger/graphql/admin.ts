import { Arg, Args, Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { type AdminContext, loader } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { type Connection, connection, connectionType } from '../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { DayScalar, IdScalar, InstantScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import { type Points, points } from '../../platform/points.ts';
import { memberInScope, programmeInScope } from '../../unions/scope.ts';
import { accountsOf, sumsByKind } from '../accounts.ts';
import { findBudget } from '../budget.ts';
import { debtLoader, spendableLoader } from '../loaders.ts';
import { type StatementLine, statement } from '../statement.ts';
import { type AccountKind, ISSUING, type TransferKind } from '../transfer.ts';
import { TransferKindWord } from './words.ts';

@ObjectType('StatementLine', {
  description: 'One transfer, as it stands on a member’s statement.',
  simpleResolvers: true,
})
export class AdminStatementLineView {
  @Field(() => String)
  id!: string;

  @Field(() => TransferKindWord)
  kind!: TransferKind;

  @Field(() => PointsScalar, { description: 'Positive when the member gained points.' })
  points!: Points;

  @Field(() => PointsScalar, { description: 'The member’s balance once this was posted.' })
  balanceAfter!: Points;

  @Field(() => InstantScalar)
  postedAt!: Date;

  @Field(() => DayScalar, { description: 'The day in Beijing that it counts for.' })
  day!: string;

  @Field(() => String, {
    description: 'The id of what caused it: an accrual, a redemption, a lot of points that expired.',
  })
  causeId!: string;

  @Field(() => String, { nullable: true, description: 'The version of the rule that gave the points.' })
  ruleVersionId!: string | null;

  @Field(() => String, { nullable: true, description: 'The transfer that this one takes back.' })
  reversesId!: string | null;
}

const AdminStatementConnection = connectionType(AdminStatementLineView, 'StatementLine');

@ObjectType('Account', { description: '积分账户: a member’s points in one programme.', simpleResolvers: true })
export class AdminAccountView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  memberId!: string;

  @Field(() => PointsScalar, { description: 'What the member can spend now.' })
  balance(@Ctx() context: AdminContext): Promise<Points> {
    return loader(context, spendableLoader).load(this.id);
  }

  @Field(() => PointsScalar, {
    description:
      'What the member owes: points that were taken back after they were spent. New points pay it off first; 0 for most.',
  })
  owed(@Ctx() context: AdminContext): Promise<Points> {
    return loader(context, debtLoader).load(`${this.programmeId} ${this.memberId}`);
  }

  @Field(() => AdminStatementConnection, { description: 'Every movement of the member’s points, newest first.' })
  async statement(
    @Ctx() context: AdminContext,
    @Args(() => PageArgs) asked: PageArgs,
  ): Promise<Connection<AdminStatementLineView>> {
    const page = await statement(context.deps.db.manager, this.id, pageAsked(asked));
    return connection(page, (line) => line.id, statementLineView);
  }
}

function statementLineView(line: StatementLine): AdminStatementLineView {
  return Object.assign(new AdminStatementLineView(), line);
}

@ObjectType('ProgrammeFigures', {
  description: 'Where the points of a programme are, to the point and up to now.',
  simpleResolvers: true,
})
class ProgrammeFiguresView {
  @Field(() => PointsScalar, { description: 'What the programme may issue in all.' })
  budget!: Points;

  @Field(() => PointsScalar, { description: 'What it has issued, less what was taken back.' })
  issued!: Points;

  @Field(() => PointsScalar, { description: 'What members hold and have not spent.' })
  withMembers!: Points;

  @Field(() => PointsScalar, { description: 'What lies in vouchers that are not used yet.' })
  inVouchers!: Points;

  @Field(() => PointsScalar, { description: 'What merchants have earned.' })
  withMerchants!: Points;

  @Field(() => PointsScalar, { description: 'What expired or was forfeited.' })
  breakage!: Points;
}

@Resolver()
export class AdminLedgerResolver {
  @Permission('ledger:read')
  @Query(() => [AdminAccountView], {
    description:
      'The accounts of a member of your branch, one for each programme in which she ever had points; empty for a member who is not in your branch.',
  })
  async memberAccounts(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('memberId', () => IdScalar) memberId: string,
  ): Promise<AdminAccountView[]> {
    const member = await memberInScope(deps.db.manager, caller, 'ledger:read', memberId);
    if (!member.ok) return [];
    const accounts = await accountsOf(deps.db.manager, [memberId]);
    return accounts.map(({ id, programmeId }) => Object.assign(new AdminAccountView(), { id, programmeId, memberId }));
  }

  @Permission('ledger:read')
  @Query(() => ProgrammeFiguresView, {
    nullable: true,
    description: 'The figures of a programme of your branch; null for any other.',
  })
  async programmeFigures(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('programmeId', () => IdScalar) programmeId: string,
  ): Promise<ProgrammeFiguresView | null> {
    const programme = await programmeInScope(deps.db.manager, caller, 'ledger:read', programmeId);
    if (!programme.ok) return null;
    const budget = await findBudget(deps.db.manager, programmeId);
    return figures(await sumsByKind(deps.db.manager, programmeId), budget?.budget ?? points(0));
  }
}

// A transfer is balanced by its shape, so what members hold is what the other accounts lack.
function figures(byKind: ReadonlyMap<AccountKind, number>, budget: Points): ProgrammeFiguresView {
  const of = (kind: AccountKind) => byKind.get(kind) ?? 0;
  const others = [...byKind.values()].reduce((sum, amount) => sum + amount, 0);
  return Object.assign(new ProgrammeFiguresView(), {
    budget,
    issued: points([...ISSUING].reduce((sum, kind) => sum - of(kind), 0)),
    withMembers: points(-others),
    inVouchers: points(of('vouchers')),
    withMerchants: points(of('merchant')),
    breakage: points(of('breakage')),
  });
}
