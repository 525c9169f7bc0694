import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { KEY } from '../../platform/graphql/mutation.ts';
import type { RefusalView } from '../../platform/graphql/refusal.ts';
import { findAdmins } from '../admin-queries.ts';
import { changePassword } from '../change-password.ts';
import type { AdminContext, RequestContext } from '../context.ts';
import { Permission } from '../permission.ts';
import { signInWithPassword } from '../sign-in.ts';
import { AdminView, adminView } from './admin-views.ts';
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

/** An admin's sign-in and what belongs to it. */
@Resolver()
export class AdminSessionResolver {
  @Query(() => AdminView, { description: 'You, with all your roles.' })
  @Permission('self')
  async me(@Ctx() { deps, caller }: AdminContext): Promise<AdminView> {
    const everywhere = ['/'];
    const [admin] = await findAdmins(deps.db.manager, [caller.operatorId ?? ''], everywhere);
    return adminView(admin!);
  }

  @Mutation(() => SignInResult, { description: SAID.signIn })
  @Permission('public')
  async signIn(
    @Ctx() { deps, limits, language, ip }: RequestContext,
    @Arg('login', () => String) login: string,
    @Arg('password', () => String) password: string,
    @Arg('device', () => String, { defaultValue: '', description: 'What to call this device.' }) device: string,
  ): Promise<SessionTokensView | RefusalView> {
    return tokensAnswer(await signInWithPassword(deps, limits, 'admin', { login, password, device, ip }), language);
  }

  @Mutation(() => RefreshSessionResult, { description: SAID.refreshSession })
  @Permission('public')
  refreshSession(
    @Ctx() context: RequestContext,
    @Arg('refreshToken', () => String) refreshToken: string,
  ): Promise<SessionTokensView | RefusalView> {
    return refreshAnswer(context, 'admin', refreshToken);
  }

  @Mutation(() => SignOutResult, { description: SAID.signOut })
  @Permission('self')
  signOut(@Ctx() context: AdminContext, @Arg('key', () => String, KEY) key: string): Promise<DoneView | RefusalView> {
    return signOutAnswer(context, key);
  }

  @Mutation(() => SignOutEverywhereResult, { description: SAID.signOutEverywhere })
  @Permission('self')
  signOutEverywhere(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
  ): Promise<DoneView | RefusalView> {
    return signOutEverywhereAnswer(context, key);
  }

  @Mutation(() => ChangePasswordResult, { description: SAID.changePassword })
  @Permission('self')
  async changePassword(
    @Ctx() { deps, limits, caller, language }: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('currentPassword', () => String) currentPassword: string,
    @Arg('newPassword', () => String) newPassword: string,
  ): Promise<DoneView | RefusalView> {
    return doneAnswer(await changePassword(deps, limits, caller, key, { currentPassword, newPassword }), language);
  }

  @Query(() => OutcomeView, { nullable: true, description: SAID.outcome })
  @Permission('outcomes:read')
  outcome(@Ctx() context: AdminContext, @Arg('key', () => String) key: string): Promise<OutcomeView | null> {
    return outcomeAnswer(context, key);
  }
}
