import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { type Connection, connection, pageOf } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { pageAsked } from '../../platform/graphql/page.ts';
import type { RefusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar } from '../../platform/graphql/scalars.ts';
import { answer } from '../../unions/graphql/admin-answers.ts';
import { fitJudges } from '../judges/at-hand.ts';
import { declareJudgeConflict } from '../judges/declare-conflict.ts';
import { inviteJudge } from '../judges/invite-judge.ts';
import { withdrawJudge } from '../judges/withdraw-judge.ts';
import { LONGEST_REASON, MOST_CONFLICTS, MOST_JUDGES } from '../limits.ts';
import { judgeInScope, panelInScope } from '../scope.ts';
import { voidSheet } from '../sheets/void-sheet.ts';
import { InviteJudgeArgs, JudgeConflictArgs, JudgesAtHandArgs, VoidSheetArgs } from './admin-inputs.ts';
import {
  JudgeAtHandConnection,
  type JudgeAtHandView,
  judgeAtHandView,
  PanelJudgeView,
  panelJudgeView,
} from './admin-judge-views.ts';

const InviteJudgeResult = resultType('InviteJudge', PanelJudgeView);
const WithdrawJudgeResult = resultType('WithdrawJudge', PanelJudgeView);
const DeclareJudgeConflictResult = resultType('DeclareJudgeConflict', PanelJudgeView);
const VoidSheetResult = resultType('VoidSheet', PanelJudgeView);

async function judge(context: AdminContext, outcome: Outcome): Promise<PanelJudgeView | RefusalView> {
  const find = (id: string) => judgeInScope(context.deps.db.manager, context.caller, id);
  return answer(context, outcome, find, ({ judge: found }) => panelJudgeView(found));
}

/** Who judges on the panels of a branch. */
@Resolver()
export class AdminJudgesResolver {
  @Permission('judging:write')
  @Query(() => JudgeAtHandConnection, {
    description:
      'Admins who may be invited to a panel of your branch, because a role gives them scores:submit in its union; none for any other id.',
  })
  async judgesAtHand(
    @Ctx() { deps, caller }: AdminContext,
    @Args(() => JudgesAtHandArgs) { panelId, search, ...args }: JudgesAtHandArgs,
  ): Promise<Connection<JudgeAtHandView>> {
    const page = pageAsked(args);
    const panel = await panelInScope(deps.db.manager, caller, 'judging:write', panelId);
    const rows = panel.ok ? await fitJudges(deps.db.manager, panel.value.unionId, { search: search ?? '' }, page) : [];
    return connection(pageOf(rows, page), ({ adminId }) => adminId, judgeAtHandView);
  }

  @Permission('judging:write')
  @Mutation(() => InviteJudgeResult, {
    description: `Invites an admin to judge on a panel of your branch; one who declined or withdrew may be invited again. Refusals: PANEL_UNKNOWN, PANEL_BUSY, PANEL_CLOSED, JUDGE_UNFIT, JUDGE_ON_PANEL, JUDGES_TOO_MANY (${MOST_JUDGES}), CRITERIA_UNFIT, CRITERIA_FIXED, ${KEY_REFUSALS}.`,
  })
  async inviteJudge(
    @Ctx() context: AdminContext,
    @Args(() => InviteJudgeArgs) { key, panelId, adminId, criteria }: InviteJudgeArgs,
  ): Promise<PanelJudgeView | RefusalView> {
    const invitation = { panelId, adminId, criteria: criteria ?? null };
    return judge(context, await inviteJudge(context.deps, context.caller, key, invitation));
  }

  @Permission('judging:write')
  @Mutation(() => WithdrawJudgeResult, {
    description: `Takes a judge off a panel of your branch. What was submitted goes on counting; for the rest assign judges anew. Refusals: JUDGE_UNKNOWN, PANEL_BUSY, PANEL_CLOSED, JUDGE_GONE, REASON_MISSING, ${KEY_REFUSALS}.`,
  })
  async withdrawJudge(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('judgeId', () => IdScalar) judgeId: string,
    @Arg('reason', () => String, { description: `1 to ${LONGEST_REASON} characters.` }) reason: string,
  ): Promise<PanelJudgeView | RefusalView> {
    return judge(context, await withdrawJudge(context.deps, context.caller, key, { judgeId, reason }));
  }

  @Permission('judging:write')
  @Mutation(() => DeclareJudgeConflictResult, {
    description: `Declares that a judge must not judge candidates of a union; she is taken off those that she has not scored. Refusals: JUDGE_UNKNOWN, PANEL_BUSY, PANEL_CLOSED, UNION_UNKNOWN, CONFLICTS_TOO_MANY (${MOST_CONFLICTS}), REASON_MISSING, ${KEY_REFUSALS}.`,
  })
  async declareJudgeConflict(
    @Ctx() context: AdminContext,
    @Args(() => JudgeConflictArgs) { key, ...input }: JudgeConflictArgs,
  ): Promise<PanelJudgeView | RefusalView> {
    return judge(context, await declareJudgeConflict(context.deps, context.caller, key, input));
  }

  @Permission('judging:write')
  @Mutation(() => VoidSheetResult, {
    description: `Declares a sheet void that a judge submitted: it counts in no ranking that is made from now on, and while the panel is SCORING the judge may submit another. Refusals: PERSON_NEEDED (API tokens), JUDGE_UNKNOWN, PANEL_BUSY, OWN_SHEET, RANKING_FINAL, SHEET_NOT_SUBMITTED, REASON_MISSING, ${KEY_REFUSALS}.`,
  })
  async voidSheet(
    @Ctx() context: AdminContext,
    @Args(() => VoidSheetArgs) { key, ...input }: VoidSheetArgs,
  ): Promise<PanelJudgeView | RefusalView> {
    return judge(context, await voidSheet(context.deps, context.caller, key, input));
  }
}
