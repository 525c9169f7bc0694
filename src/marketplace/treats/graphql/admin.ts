import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { programmeInScope } from '../../../unions/scope.ts';
import { answer } from '../../graphql/admin-views.ts';
import { changeTreatPlan } from '../change-treat-plan.ts';
import { createTreatPlan } from '../create-treat-plan.ts';
import { plansOfProgramme, roundsOfPlan } from '../queries.ts';
import { planInScope } from '../scope.ts';
import { pauseTreatPlan, resumeTreatPlan } from '../set-plan-state.ts';
import { TreatPlanInput, treatTerms } from './admin-input.ts';
import {
  TreatPlanConnection,
  TreatPlanView,
  TreatRoundConnection,
  type TreatRoundView,
  treatPlanView,
  treatRoundView,
} from './admin-views.ts';

const CreateResult = resultType('CreateTreatPlan', TreatPlanView);
const ChangeResult = resultType('ChangeTreatPlan', TreatPlanView);
const PauseResult = resultType('PauseTreatPlan', TreatPlanView);
const ResumeResult = resultType('ResumeTreatPlan', TreatPlanView);

const TERMS =
  'TEXT_LENGTH, TERM_OUT_OF_RANGE, TREAT_TIME_MALFORMED, TREAT_LINES_OUT_OF_RANGE, OUTLET_UNKNOWN (`at` names the place in `plan`)';
const NONE = { items: [], hasNextPage: false };

async function answerPlan(context: AdminContext, outcome: Outcome): Promise<TreatPlanView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => planInScope(deps.db.manager, caller, 'offers:write', id);
  return answer(context, outcome, find, (found) => treatPlanView(found.plan));
}

/** The treats of every month (每月礼), and how their rounds went. */
@Resolver()
export class AdminTreatsResolver {
  @Permission('offers:read')
  @Query(() => TreatPlanConnection, {
    description: 'The treats that a programme gives every month, newest first. Empty for one outside your branches.',
  })
  async treatPlans(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<TreatPlanView>> {
    const asked = pageAsked(page);
    const { manager } = deps.db;
    const scope = await programmeInScope(manager, caller, 'offers:read', programmeId);
    const found = scope.ok ? await plansOfProgramme(manager, programmeId, asked) : NONE;
    return connection(found, (plan) => plan.id, treatPlanView);
  }

  @Permission('offers:read')
  @Query(() => TreatPlanView, { nullable: true, description: 'A treat of your branches; null for any other id.' })
  async treatPlan(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<TreatPlanView | null> {
    const found = await planInScope(deps.db.manager, caller, 'offers:read', id);
    return found.ok ? treatPlanView(found.value.plan) : null;
  }

  @Permission('offers:read')
  @Query(() => TreatRoundConnection, {
    description:
      'The rounds of a treat that were put up, the latest month first, with what was given, used and left. Empty for a treat outside your branches.',
  })
  async treatRounds(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('planId', () => IdScalar) planId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<TreatRoundView>> {
    const asked = pageAsked(page);
    const { manager } = deps.db;
    const scope = await planInScope(manager, caller, 'offers:read', planId);
    const found = scope.ok ? await roundsOfPlan(manager, planId, asked) : NONE;
    return connection(found, (round) => round.month, treatRoundView);
  }

  @Permission('offers:write')
  @Mutation(() => CreateResult, {
    description: `Plans a treat of every month. A nightly job puts each round up: an offer of price 0 for each line, of which a member can take one in all, from \`opens\` until the end of the day. Refusals: PROGRAMME_UNKNOWN, ${TERMS}, ${KEY_REFUSALS}.`,
  })
  async createTreatPlan(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Arg('plan', () => TreatPlanInput) plan: TreatPlanInput,
  ): Promise<TreatPlanView | RefusalView> {
    const input = { programmeId, plan: treatTerms(plan) };
    return answerPlan(context, await createTreatPlan(context.deps, context.caller, key, input));
  }

  @Permission('offers:write')
  @Mutation(() => ChangeResult, {
    description: `Replaces all that is laid down for a treat, from the next round on: one that is put up stays as it is. Refusals: TREAT_PLAN_UNKNOWN, ${TERMS}, ${KEY_REFUSALS}.`,
  })
  async changeTreatPlan(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('planId', () => IdScalar) planId: string,
    @Arg('plan', () => TreatPlanInput) plan: TreatPlanInput,
  ): Promise<TreatPlanView | RefusalView> {
    const input = { planId, plan: treatTerms(plan) };
    return answerPlan(context, await changeTreatPlan(context.deps, context.caller, key, input));
  }

  @Permission('offers:write')
  @Mutation(() => PauseResult, {
    description: `Puts up no more rounds for now. A round that is put up stays; pause or end its offers if it shall not take place. Refusals: TREAT_PLAN_UNKNOWN, ${KEY_REFUSALS}.`,
  })
  async pauseTreatPlan(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('planId', () => IdScalar) planId: string,
  ): Promise<TreatPlanView | RefusalView> {
    return answerPlan(context, await pauseTreatPlan(context.deps, context.caller, key, { planId }));
  }

  @Permission('offers:write')
  @Mutation(() => ResumeResult, {
    description: `Puts up the rounds of a paused treat again, but none whose day is over. Refusals: TREAT_PLAN_UNKNOWN, ${KEY_REFUSALS}.`,
  })
  async resumeTreatPlan(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('planId', () => IdScalar) planId: string,
  ): Promise<TreatPlanView | RefusalView> {
    return answerPlan(context, await resumeTreatPlan(context.deps, context.caller, key, { planId }));
  }
}
