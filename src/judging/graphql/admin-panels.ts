import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { pageAsked } from '../../platform/graphql/page.ts';
import type { RefusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import { answer, branches } from '../../unions/graphql/admin-answers.ts';
import { assignJudges } from '../assignment/assign-judges.ts';
import { changePanel } from '../panels/change-panel.ts';
import { extendScoring } from '../panels/extend-scoring.ts';
import { panelsIn } from '../panels/queries.ts';
import { panelInScope } from '../scope.ts';
import { PanelsArgs, PanelTermsInput, termsGiven } from './admin-inputs.ts';
import { PanelConnection, PanelView, panelView } from './admin-views.ts';

const ChangePanelResult = resultType('ChangePanel', PanelView);
const AssignJudgesResult = resultType('AssignJudges', PanelView);
const ExtendScoringResult = resultType('ExtendScoring', PanelView);

async function panel(context: AdminContext, outcome: Outcome): Promise<PanelView | RefusalView> {
  const { deps, caller } = context;
  return answer(context, outcome, (id) => panelInScope(deps.db.manager, caller, 'judging:write', id), panelView);
}

/** The panels of a branch: how they judge and how far they are. */
@Resolver()
export class AdminPanelsResolver {
  @Permission('judging:read')
  @Query(() => PanelConnection, { description: 'The panels of your branches, newest first.' })
  async panels(
    @Ctx() context: AdminContext,
    @Args(() => PanelsArgs) { unionId, state, ...page }: PanelsArgs,
  ): Promise<Connection<PanelView>> {
    const filter = { branches: await branches(context, 'judging:read', unionId), state: state ?? undefined };
    return connection(await panelsIn(context.deps.db.manager, filter, pageAsked(page)), ({ id }) => id, panelView);
  }

  @Permission('judging:read')
  @Query(() => PanelView, { nullable: true, description: 'A panel of your branches; null for any other id.' })
  async panel(@Ctx() { deps, caller }: AdminContext, @Arg('id', () => IdScalar) id: string): Promise<PanelView | null> {
    const found = await panelInScope(deps.db.manager, caller, 'judging:read', id);
    return found.ok ? panelView(found.value) : null;
  }

  @Permission('judging:write')
  @Mutation(() => ChangePanelResult, {
    description: `Writes new terms over those of a panel of your branch that is PREPARING. \`at\` names the term. Refusals: PANEL_UNKNOWN, PANEL_BUSY, PANEL_NOT_PREPARING, TEXT_LENGTH, NUMBER_OUT_OF_RANGE, CRITERIA_COUNT, CRITERION_REPEATED, SCALE_MALFORMED, TIE_BREAK_MALFORMED, DEADLINE_OVER, ${KEY_REFUSALS}.`,
  })
  async changePanel(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('panelId', () => IdScalar) panelId: string,
    @Arg('terms', () => PanelTermsInput) terms: PanelTermsInput,
  ): Promise<PanelView | RefusalView> {
    const input = { panelId, terms: termsGiven(terms) };
    return panel(context, await changePanel(context.deps, context.caller, key, input));
  }

  @Permission('judging:write')
  @Mutation(() => AssignJudgesResult, {
    description: `Says which of the judges who have accepted score which candidates: each candidate gets judgesPerEntry, nobody a candidate of her own firm or of one that she declared, and all as even a load as that permits. May be done again until the panel is CLOSED; sheets that were begun or submitted stay with their judges. Where there are more than 5,000 candidates it is done in the background: see \`task\`. Refusals: PANEL_UNKNOWN, PANEL_BUSY, PANEL_CLOSED, NOT_ENOUGH_JUDGES (the message names the candidate), CRITERIA_OVERLAP, ${KEY_REFUSALS}.`,
  })
  async assignJudges(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('panelId', () => IdScalar) panelId: string,
  ): Promise<PanelView | RefusalView> {
    return panel(context, await assignJudges(context.deps, context.caller, key, { panelId }));
  }

  @Permission('judging:write')
  @Mutation(() => ExtendScoringResult, {
    description: `Sets another end of scoring for a panel that is SCORING, also when the one before is over. Refusals: PANEL_UNKNOWN, PANEL_BUSY, PANEL_NOT_SCORING, DEADLINE_OVER, ${KEY_REFUSALS}.`,
  })
  async extendScoring(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('panelId', () => IdScalar) panelId: string,
    @Arg('scoreUntil', () => InstantScalar, { description: 'In the future.' }) scoreUntil: Date,
  ): Promise<PanelView | RefusalView> {
    return panel(context, await extendScoring(context.deps, context.caller, key, { panelId, scoreUntil }));
  }
}
