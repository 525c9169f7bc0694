import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { KEY } from '../../platform/graphql/mutation.ts';
import type { RefusalView } from '../../platform/graphql/refusal.ts';
import { changePassword } from '../change-password.ts';
import type { RequestContext, StaffContext } from '../context.ts';
import { Permission } from '../permission.ts';
import { signInWithPassword } from '../sign-in.ts';
import {
  ChangePasswordResult,
  type DoneView,
  doneAnswer,
  OutcomeView,
  outcomeAnswer,
  RefreshSessionResult,
  refreshAnswer,
  SAID,
  type SessionTokensView,
  SignInResult,
  SignOutEverywhereResult,
  SignOutResult,
  signOutAnswer,
  signOutEverywhereAnswer,
  tokensAnswer,
} from './views.ts';

/** Sign-in of merchant staff and what belongs to it. */
@Resolver()
export class MerchantIdentityResolver {
  @Mutation(() => SignInResult, { description: SAID.signIn })
  @Permission('public')
  async signIn(
    @Ctx() { deps, limits, language, ip }: RequestContext,
    @Arg('login', () => String) login: string,
    @Arg('password', () => String) password: string,
    @Arg('device', () => String, { defaultValue: '', description: 'What to call this device.' }) device: string,
  ): Promise<SessionTokensView | RefusalView> {
    return tokensAnswer(await signInWithPassword(deps, limits, 'merchant', { login, password, device, ip }), language);
  }

  @Mutation(() => RefreshSessionResult, { description: SAID.refreshSession })
  @Permission('public')
  refreshSession(
    @Ctx() context: RequestContext,
    @Arg('refreshToken', () => String) refreshToken: string,
  ): Promise<SessionTokensView | RefusalView> {
    return refreshAnswer(context, 'merchant', refreshToken);
  }

  @Mutation(() => SignOutResult, { description: SAID.signOut })
  @Permission('self')
  signOut(@Ctx() context: StaffContext, @Arg('key', () => String, KEY) key: string): Promise<DoneView | RefusalView> {
    return signOutAnswer(context, key);
  }

  @Mutation(() => SignOutEverywhereResult, { description: SAID.signOutEverywhere })
  @Permission('self')
  signOutEverywhere(
    @Ctx() context: StaffContext,
    @Arg('key', () => String, KEY) key: string,
  ): Promise<DoneView | RefusalView> {
    return signOutEverywhereAnswer(context, key);
  }

  @Mutation(() => ChangePasswordResult, { description: SAID.changePassword })
  @Permission('self')
  async changePassword(
    @Ctx() { deps, limits, caller, language }: StaffContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('currentPassword', () => String) currentPassword: string,
    @Arg('newPassword', () => String) newPassword: string,
  ): Promise<DoneView | RefusalView> {
    return doneAnswer(await changePassword(deps, limits, caller, key, { currentPassword, newPassword }), language);
  }

  @Query(() => OutcomeView, { nullable: true, description: SAID.outcome })
  @Permission('self')
  outcome(@Ctx() context: StaffContext, @Arg('key', () => String) key: string): Promise<OutcomeView | null> {
    return outcomeAnswer(context, key);
  }
}
