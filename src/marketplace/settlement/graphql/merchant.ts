import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { StaffContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { confirmStatement } from '../confirm-statement.ts';
import { SettlementDispute } from '../dispute.entity.ts';
import { disputeLine } from '../dispute-line.ts';
import { linesOf } from '../lines.ts';
import { statementsOfMerchant } from '../queries.ts';
import { ownStatement } from '../scope.ts';
import { SettlementStatement } from '../statement.entity.ts';
import {
  OwnDisputeView,
  OwnLineConnection,
  type OwnLineView,
  OwnStatementConnection,
  OwnStatementView,
  ownDisputeView,
  ownLineView,
  ownStatementView,
} from './merchant-views.ts';

const ConfirmStatementResult = resultType('ConfirmSettlementStatement', OwnStatementView);
const DisputeLineResult = resultType('DisputeSettlementLine', OwnDisputeView);

/** What owners do with the statements of their firm. */
@Resolver()
export class MerchantSettlementResolver {
  @Permission('settlements:read')
  @Query(() => OwnStatementConnection, {
    description: 'The settlement statements that your firm was sent, in all programmes, newest first.',
  })
  async settlementStatements(
    @Ctx() { deps, caller }: StaffContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<OwnStatementView>> {
    const found = await statementsOfMerchant(deps.db.manager, caller.merchantId, pageAsked(page));
    return connection(found, (one) => one.id, ownStatementView);
  }

  @Permission('settlements:read')
  @Query(() => OwnStatementView, { nullable: true, description: 'One statement of your firm; null for any other.' })
  async settlementStatement(
    @Ctx() { deps, caller }: StaffContext,
    @Arg('statementId', () => IdScalar) statementId: string,
  ): Promise<OwnStatementView | null> {
    const found = await ownStatement(deps.db.manager, caller, statementId);
    return found.ok ? ownStatementView(found.value) : null;
  }

  @Permission('settlements:read')
  @Query(() => OwnLineConnection, {
    description: 'The lines of a statement of your firm, oldest first; empty for any other statement.',
  })
  async settlementLines(
    @Ctx() { deps, caller }: StaffContext,
    @Arg('statementId', () => IdScalar) statementId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<OwnLineView>> {
    const asked = pageAsked(page);
    const { manager } = deps.db;
    const found = await ownStatement(manager, caller, statementId);
    const lines = found.ok ? await linesOf(manager, found.value, asked) : { items: [], hasNextPage: false };
    return connection(lines, (line) => line.id, ownLineView);
  }

  @Permission('settlements:confirm')
  @Mutation(() => ConfirmStatementResult, {
    description: `Confirms that a statement is right; the union pays it then. Refusals: STATEMENT_UNKNOWN, STATEMENT_CONFIRMED (also when it is paid), DISPUTES_OPEN, ${KEY_REFUSALS}.`,
  })
  async confirmSettlementStatement(
    @Ctx() { deps, caller, language }: StaffContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('statementId', () => IdScalar) statementId: string,
  ): Promise<OwnStatementView | RefusalView> {
    const outcome = await confirmStatement(deps, caller, key, { statementId });
    if (!outcome.ok) return refusalView(outcome.refusal, language);
    return ownStatementView(await deps.db.manager.findOneByOrFail(SettlementStatement, { id: outcome.value }));
  }

  @Permission('settlements:confirm')
  @Mutation(() => DisputeLineResult, {
    description: `Disputes one line of a statement that you have not confirmed. The union upholds it, and the next statement has a line of the difference, or rejects it with a reason; then you can confirm. Refusals: STATEMENT_UNKNOWN, STATEMENT_CONFIRMED, LINE_UNKNOWN, LINE_DISPUTED, REASON_MALFORMED, ${KEY_REFUSALS}.`,
  })
  async disputeSettlementLine(
    @Ctx() { deps, caller, language }: StaffContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('statementId', () => IdScalar) statementId: string,
    @Arg('lineId', () => String, { description: 'The line’s id.' }) lineId: string,
    @Arg('reason', () => String, { description: 'What is wrong with it, 1 to 300 characters on one line.' })
    reason: string,
  ): Promise<OwnDisputeView | RefusalView> {
    const outcome = await disputeLine(deps, caller, key, { statementId, lineId, reason });
    if (!outcome.ok) return refusalView(outcome.refusal, language);
    return ownDisputeView(await deps.db.manager.findOneByOrFail(SettlementDispute, { id: outcome.value }));
  }
}
