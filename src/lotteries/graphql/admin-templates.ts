import { Arg, Args, ArgsType, Ctx, Field, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { answer } from '../../marketplace/graphql/admin-views.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import type { RefusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar } from '../../platform/graphql/scalars.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { templatesOfProgramme } from '../queries.ts';
import { changeTemplate } from '../templates/change-template.ts';
import { createTemplate } from '../templates/create-template.ts';
import { pauseTemplate } from '../templates/pause-template.ts';
import { templateInScope } from '../templates/template-scope.ts';
import { ChangeTemplateArgs, CreateTemplateArgs, termsGiven } from './admin-inputs.ts';
import { LotteryTemplateConnection, LotteryTemplateView, templateView } from './admin-views.ts';

const CreateTemplateResult = resultType('CreateLotteryTemplate', LotteryTemplateView);
const ChangeTemplateResult = resultType('ChangeLotteryTemplate', LotteryTemplateView);
const PauseTemplateResult = resultType('PauseLotteryTemplate', LotteryTemplateView);

/** The refusals that the terms of a lottery can bring. */
export const TERMS_REFUSALS =
  'NUMBER_OUT_OF_RANGE, TICKETS_NOWHERE, PRIZES_NEEDED, PRIZES_TOO_MANY, PRIZE_MISMATCHED, OFFER_UNKNOWN, RULE_UNKNOWN, PARTIES_NEEDED, PARTY_UNKNOWN (`at` names the place)';
const TEMPLATE_REFUSALS = `TEXT_LENGTH, TIME_MALFORMED, TIMES_OUT_OF_ORDER, DRAW_TOO_SOON, ${TERMS_REFUSALS}`;
const NONE = { items: [], hasNextPage: false };

@ArgsType()
class TemplatesArgs extends PageArgs {
  @Field(() => IdScalar)
  programmeId!: string;
}

@Resolver()
export class AdminLotteryTemplatesResolver {
  @Permission('lotteries:read')
  @Query(() => LotteryTemplateConnection, {
    description: 'The lottery templates of a programme, newest first. Empty for a programme outside your branches.',
  })
  async lotteryTemplates(
    @Ctx() { deps, caller }: AdminContext,
    @Args(() => TemplatesArgs) { programmeId, ...page }: TemplatesArgs,
  ): Promise<Connection<LotteryTemplateView>> {
    const asked = pageAsked(page);
    const scope = await programmeInScope(deps.db.manager, caller, 'lotteries:read', programmeId);
    const found = scope.ok ? await templatesOfProgramme(deps.db.manager, programmeId, asked) : NONE;
    return connection(found, (one) => one.id, templateView);
  }

  @Permission('lotteries:read')
  @Query(() => LotteryTemplateView, {
    nullable: true,
    description: 'A lottery template of your branches; null for any other id.',
  })
  async lotteryTemplate(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<LotteryTemplateView | null> {
    const found = await templateInScope(deps.db.manager, caller, 'lotteries:read', id);
    return found.ok ? templateView(found.value.template) : null;
  }

  @Permission('lotteries:write')
  @Mutation(() => CreateTemplateResult, {
    description: `Makes a template. A draft is made from it for each month, beginning with the next draw. Refusals: PROGRAMME_UNKNOWN, ${TEMPLATE_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async createLotteryTemplate(
    @Ctx() context: AdminContext,
    @Args(() => CreateTemplateArgs) { key, programmeId, ...given }: CreateTemplateArgs,
  ): Promise<LotteryTemplateView | RefusalView> {
    const input = { programmeId, ...templateGiven(given) };
    return answerTemplate(context, await createTemplate(context.deps, context.caller, key, input));
  }

  @Permission('lotteries:write')
  @Mutation(() => ChangeTemplateResult, {
    description: `Sets up a template anew, all of it. Lotteries that were made from it stay as they are. Refusals: TEMPLATE_UNKNOWN, ${TEMPLATE_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async changeLotteryTemplate(
    @Ctx() context: AdminContext,
    @Args(() => ChangeTemplateArgs) { key, templateId, ...given }: ChangeTemplateArgs,
  ): Promise<LotteryTemplateView | RefusalView> {
    const input = { templateId, ...templateGiven(given) };
    return answerTemplate(context, await changeTemplate(context.deps, context.caller, key, input));
  }

  @Permission('lotteries:write')
  @Mutation(() => PauseTemplateResult, {
    description: `Pauses a template, or has it go on. Draws that lay in the pause are not made up for; lotteries that were made stay. Refusals: TEMPLATE_UNKNOWN, ${KEY_REFUSALS}.`,
  })
  async pauseLotteryTemplate(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('templateId', () => IdScalar) templateId: string,
    @Arg('paused', () => Boolean, { description: 'False has it go on.' }) paused: boolean,
  ): Promise<LotteryTemplateView | RefusalView> {
    return answerTemplate(context, await pauseTemplate(context.deps, context.caller, key, { templateId, paused }));
  }
}

function templateGiven({ name, timetable, terms }: Pick<CreateTemplateArgs, 'name' | 'timetable' | 'terms'>) {
  return { name, terms: { timetable: { ...timetable }, lottery: termsGiven(terms) } };
}

async function answerTemplate(context: AdminContext, outcome: Outcome): Promise<LotteryTemplateView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => templateInScope(deps.db.manager, caller, 'lotteries:write', id);
  return answer(context, outcome, find, (found) => templateView(found.template));
}
