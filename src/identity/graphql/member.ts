import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { KEY } from '../../platform/graphql/mutation.ts';
import type { RefusalView } from '../../platform/graphql/refusal.ts';
import type { MemberContext, RequestContext } from '../context.ts';
import { Permission } from '../permission.ts';
import {
  type DoneView,
  OutcomeView,
  outcomeAnswer,
  RefreshSessionResult,
  refreshAnswer,
  SAID,
  type SessionTokensView,
  SignOutEverywhereResult,
  SignOutResult,
  signOutAnswer,
  signOutEverywhereAnswer,
} from './views.ts';

/** A member's session, once it is open; how a member signs in stands with the unions. */
@Resolver()
export class MemberIdentityResolver {
  @Mutation(() => RefreshSessionResult, { description: SAID.refreshSession })
  @Permission('public')
  refreshSession(
    @Ctx() context: RequestContext,
    @Arg('refreshToken', () => String) refreshToken: string,
  ): Promise<SessionTokensView | RefusalView> {
    return refreshAnswer(context, 'member', refreshToken);
  }

  @Mutation(() => SignOutResult, { description: SAID.signOut })
  @Permission('self')
  signOut(@Ctx() context: MemberContext, @Arg('key', () => String, KEY) key: string): Promise<DoneView | RefusalView> {
    return signOutAnswer(context, key);
  }

  @Mutation(() => SignOutEverywhereResult, { description: SAID.signOutEverywhere })
  @Permission('self')
  signOutEverywhere(
    @Ctx() context: MemberContext,
    @Arg('key', () => String, KEY) key: string,
  ): Promise<DoneView | RefusalView> {
    return signOutEverywhereAnswer(context, key);
  }

  @Query(() => OutcomeView, { nullable: true, description: SAID.outcome })
  @Permission('self')
  outcome(@Ctx() context: MemberContext, @Arg('key', () => String) key: string): Promise<OutcomeView | null> {
    return outcomeAnswer(context, key);
  }
}
