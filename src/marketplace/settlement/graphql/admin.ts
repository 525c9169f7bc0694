import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { FenScalar, IdScalar } from '../../../platform/graphql/scalars.ts';
import { programmeInScope } from '../../../unions/scope.ts';
import { rejectDispute, upholdDispute } from '../answer-dispute.ts';
import { type DisputeState, SettlementDispute } from '../dispute.entity.ts';
import { linesOf } from '../lines.ts';
import { markPaid } from '../mark-paid.ts';
import { disputesOf, statementsOfProgramme } from '../queries.ts';
import { statementInScope } from '../scope.ts';
import { sendStatement } from '../send-statement.ts';
import { SettlementStatement, type StatementState } from '../statement.entity.ts';
import {
  SettlementDisputeConnection,
  SettlementDisputeView,
  SettlementLineConnection,
  type SettlementLineView,
  SettlementStatementConnection,
  SettlementStatementView,
  settlementDisputeView,
  settlementLineView,
  settlementStatementView,
} from './admin-views.ts';
import { DisputeStateWord, StatementStateWord } from './words.ts';

const SendResult = resultType('SendSettlementStatement', SettlementStatementView);
const UpholdResult = resultType('UpholdSettlementDispute', SettlementDisputeView);
const RejectResult = resultType('RejectSettlementDispute', SettlementDisputeView);
const PaidResult = resultType('MarkSettlementStatementPaid', SettlementStatementView);

const NONE = { items: [], hasNextPage: false };
const REASON = { description: '1 to 300 characters on one line; the merchant reads it.' };

/** What a union does with the statements of its merchants. */
@Resolver()
export class AdminSettlementResolver {
  @Permission('settlements:read')
  @Query(() => SettlementStatementConnection, {
    description:
      'The settlement statements of a programme of your branch, newest first; empty for any other programme.',
  })
  async settlementStatements(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('state', () => StatementStateWord, { nullable: true }) state?: StatementState | null,
  ): Promise<Connection<SettlementStatementView>> {
    const asked = pageAsked(page);
    const { manager } = deps.db;
    const programme = await programmeInScope(manager, caller, 'settlements:read', programmeId);
    const of = { programmeId, state: state ?? undefined };
    const found = programme.ok ? await statementsOfProgramme(manager, of, asked) : NONE;
    return connection(found, (one) => one.id, settlementStatementView);
  }

  @Permission('settlements:read')
  @Query(() => SettlementStatementView, {
    nullable: true,
    description: 'One settlement statement of your branch; null for any other.',
  })
  async settlementStatement(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('statementId', () => IdScalar) statementId: string,
  ): Promise<SettlementStatementView | null> {
    const found = await statementInScope(deps.db.manager, caller, 'settlements:read', statementId);
    return found.ok ? settlementStatementView(found.value.statement) : null;
  }

  @Permission('settlements:read')
  @Query(() => SettlementLineConnection, {
    description: 'The lines of a statement of your branch, oldest first; empty for any other statement.',
  })
  async settlementLines(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('statementId', () => IdScalar) statementId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<SettlementLineView>> {
    const asked = pageAsked(page);
    const { manager } = deps.db;
    const found = await statementInScope(manager, caller, 'settlements:read', statementId);
    const lines = found.ok ? await linesOf(manager, found.value.statement, asked) : NONE;
    return connection(lines, (line) => line.id, settlementLineView);
  }

  @Permission('settlements:read')
  @Query(() => SettlementDisputeConnection, {
    description: 'The disputes of a statement of your branch, oldest first; empty for any other statement.',
  })
  async settlementDisputes(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('statementId', () => IdScalar) statementId: string,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('state', () => DisputeStateWord, { nullable: true }) state?: DisputeState | null,
  ): Promise<Connection<SettlementDisputeView>> {
    const asked = pageAsked(page);
    const { manager } = deps.db;
    const found = await statementInScope(manager, caller, 'settlements:read', statementId);
    const disputes = found.ok ? await disputesOf(manager, { statementId, state: state ?? undefined }, asked) : NONE;
    return connection(disputes, (one) => one.id, settlementDisputeView);
  }

  @Permission('settlements:write')
  @Mutation(() => SendResult, {
    description: `Sends a draft to its merchant, who confirms it or disputes lines of it. Refusals: STATEMENT_UNKNOWN, STATEMENT_NOT_DRAFT, ${KEY_REFUSALS}.`,
  })
  async sendSettlementStatement(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('statementId', () => IdScalar) statementId: string,
  ): Promise<SettlementStatementView | RefusalView> {
    return statementShown(context, await sendStatement(context.deps, context.caller, key, { statementId }));
  }

  @Permission('settlements:write')
  @Mutation(() => UpholdResult, {
    description: `Upholds a dispute: the line stays, and the merchant's next statement has a line of the difference that points to it. Refusals: DISPUTE_UNKNOWN, DISPUTE_ANSWERED, RIGHT_FEN_OUT_OF_RANGE, CORRECTION_CHANGES_NOTHING, REASON_MALFORMED, ${KEY_REFUSALS}.`,
  })
  async upholdSettlementDispute(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('disputeId', () => IdScalar) disputeId: string,
    @Arg('rightFen', () => FenScalar, {
      description: 'What the line should have been worth, on the same side of zero as it; 0 to take it off whole.',
    })
    rightFen: number,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<SettlementDisputeView | RefusalView> {
    const input = { disputeId, rightFen, reason };
    return disputeShown(context, await upholdDispute(context.deps, context.caller, key, input));
  }

  @Permission('settlements:write')
  @Mutation(() => RejectResult, {
    description: `Rejects a dispute: the line stands. Refusals: DISPUTE_UNKNOWN, DISPUTE_ANSWERED, REASON_MALFORMED, ${KEY_REFUSALS}.`,
  })
  async rejectSettlementDispute(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('disputeId', () => IdScalar) disputeId: string,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<SettlementDisputeView | RefusalView> {
    return disputeShown(context, await rejectDispute(context.deps, context.caller, key, { disputeId, reason }));
  }

  @Permission('settlements:pay')
  @Mutation(() => PaidResult, {
    description: `Enters that a confirmed statement is paid. Another person than the one who sent it does so. A prepaid one draws on the merchant's balance. Refusals: STATEMENT_UNKNOWN, STATEMENT_NOT_CONFIRMED, STATEMENT_PAID, PERSON_NEEDED (an API token), SECOND_PERSON_NEEDED, REFERENCE_MALFORMED, PREPAID_TOO_LOW, ${KEY_REFUSALS}.`,
  })
  async markSettlementStatementPaid(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('statementId', () => IdScalar) statementId: string,
    @Arg('reference', () => String, { description: 'Of the bank or the voucher, 1 to 60 characters on one line.' })
    reference: string,
  ): Promise<SettlementStatementView | RefusalView> {
    return statementShown(context, await markPaid(context.deps, context.caller, key, { statementId, reference }));
  }
}

async function statementShown(
  { deps, language }: AdminContext,
  outcome: Outcome,
): Promise<SettlementStatementView | RefusalView> {
  if (!outcome.ok) return refusalView(outcome.refusal, language);
  return settlementStatementView(await deps.db.manager.findOneByOrFail(SettlementStatement, { id: outcome.value }));
}

async function disputeShown(
  { deps, language }: AdminContext,
  outcome: Outcome,
): Promise<SettlementDisputeView | RefusalView> {
  if (!outcome.ok) return refusalView(outcome.refusal, language);
  return settlementDisputeView(await deps.db.manager.findOneByOrFail(SettlementDispute, { id: outcome.value }));
}
