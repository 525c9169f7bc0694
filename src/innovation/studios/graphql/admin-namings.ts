import { Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { answer } from '../../../unions/graphql/admin-answers.ts';
import { applyForNaming, completeApplication } from '../naming/apply-for-naming.ts';
import { declineNaming, returnNaming, withdrawApplication, withdrawName } from '../naming/decide-naming.ts';
import { namingsLoader } from '../naming/loaders.ts';
import { NAMINGS_SHOWN } from '../naming/queries.ts';
import { namingInScope } from '../naming/scope.ts';
import { ApplyForNamingArgs, CompleteApplicationArgs, NamingDecisionArgs } from './admin-naming-inputs.ts';
import { NamingView, namingView } from './admin-naming-views.ts';
import { StudioView } from './admin-views.ts';

const ApplyForNamingResult = resultType('ApplyForNaming', NamingView);
const CompleteNamingApplicationResult = resultType('CompleteNamingApplication', NamingView);
const WithdrawNamingApplicationResult = resultType('WithdrawNamingApplication', NamingView);
const ReturnNamingResult = resultType('ReturnNaming', NamingView);
const DeclineNamingResult = resultType('DeclineNaming', NamingView);
const WithdrawStudioNameResult = resultType('WithdrawStudioName', NamingView);

const EVIDENCE_REFUSALS = 'EVIDENCE_UNKNOWN, EVIDENCE_COUNT';

/** How studios come by their names, and lose them. */
@Resolver(() => StudioView)
export class AdminNamingsResolver {
  @FieldResolver(() => [NamingView], {
    description: `Its names and the applications for them, the newest first; the newest ${NAMINGS_SHOWN}.`,
  })
  async namings(@Root() studio: StudioView, @Ctx() context: AdminContext): Promise<NamingView[]> {
    return (await loader(context, namingsLoader).load(studio.id)).map(namingView);
  }

  @Permission('studios:write')
  @Mutation(() => ApplyForNamingResult, {
    description: `Applies for a studio’s name at a level. Where it bears one already this is the application for its renewal, within half a year before its end. Refusals: STUDIO_UNKNOWN, STUDIO_DISSOLVED, TEXT_LENGTH, UNION_UNKNOWN (not the studio’s own nor above it), LEVEL_NOT_OF_UNION, NAMING_PENDING, NAMING_STANDS (too early to renew), ${EVIDENCE_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async applyForNaming(
    @Ctx() context: AdminContext,
    @Args(() => ApplyForNamingArgs) { key, ...input }: ApplyForNamingArgs,
  ): Promise<NamingView | RefusalView> {
    return shown(context, 'studios:write', await applyForNaming(context.deps, context.caller, key, input));
  }

  @Permission('studios:write')
  @Mutation(() => CompleteNamingApplicationResult, {
    description: `Submits an application again that was returned, completed. Refusals: NAMING_UNKNOWN, NAMING_NOT_RETURNED, TEXT_LENGTH, ${EVIDENCE_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async completeNamingApplication(
    @Ctx() context: AdminContext,
    @Args(() => CompleteApplicationArgs) { key, ...input }: CompleteApplicationArgs,
  ): Promise<NamingView | RefusalView> {
    return shown(context, 'studios:write', await completeApplication(context.deps, context.caller, key, input));
  }

  @Permission('studios:write')
  @Mutation(() => WithdrawNamingApplicationResult, {
    description: `Takes back an application that is not on a list. Refusals: NAMING_UNKNOWN, NAMING_NOT_OPEN, REASON_NEEDED, ${KEY_REFUSALS}.`,
  })
  async withdrawNamingApplication(
    @Ctx() context: AdminContext,
    @Args(() => NamingDecisionArgs) { key, ...input }: NamingDecisionArgs,
  ): Promise<NamingView | RefusalView> {
    return shown(context, 'studios:write', await withdrawApplication(context.deps, context.caller, key, input));
  }

  @Permission('studios:name')
  @Mutation(() => ReturnNamingResult, {
    description: `Sends an application back with what is missing. Refusals: NAMING_UNKNOWN, OWN_STUDIO, NAMING_NOT_WAITING, REASON_NEEDED, ${KEY_REFUSALS}.`,
  })
  async returnNaming(
    @Ctx() context: AdminContext,
    @Args(() => NamingDecisionArgs) { key, ...input }: NamingDecisionArgs,
  ): Promise<NamingView | RefusalView> {
    return shown(context, 'studios:name', await returnNaming(context.deps, context.caller, key, input));
  }

  @Permission('studios:name')
  @Mutation(() => DeclineNamingResult, {
    description: `Declines an application, one that was returned too. Refusals: NAMING_UNKNOWN, OWN_STUDIO, NAMING_NOT_WAITING, REASON_NEEDED, ${KEY_REFUSALS}.`,
  })
  async declineNaming(
    @Ctx() context: AdminContext,
    @Args(() => NamingDecisionArgs) { key, ...input }: NamingDecisionArgs,
  ): Promise<NamingView | RefusalView> {
    return shown(context, 'studios:name', await declineNaming(context.deps, context.caller, key, input));
  }

  @Permission('studios:name')
  @Mutation(() => WithdrawStudioNameResult, {
    description: `Takes a studio’s name from it; today is the last day on which it is borne. Refusals: NAMING_UNKNOWN, OWN_STUDIO, NAME_NOT_BORNE, REASON_NEEDED, ${KEY_REFUSALS}.`,
  })
  async withdrawStudioName(
    @Ctx() context: AdminContext,
    @Args(() => NamingDecisionArgs) { key, ...input }: NamingDecisionArgs,
  ): Promise<NamingView | RefusalView> {
    return shown(context, 'studios:name', await withdrawName(context.deps, context.caller, key, input));
  }
}

/** What a mutation of a naming answers with: the naming read anew. */
function shown(
  context: AdminContext,
  permission: 'studios:write' | 'studios:name',
  outcome: Outcome,
): Promise<NamingView | RefusalView> {
  const { deps, caller } = context;
  return answer(context, outcome, (id) => namingInScope(deps.db.manager, caller, permission, id), namingView);
}
