import { Field, ObjectType } from 'type-graphql';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { findOutcomes, isKey } from '../../platform/db/idempotency.ts';
import { KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { InstantScalar } from '../../platform/graphql/scalars.ts';
import type { Language, Result } from '../../platform/result.ts';
import { type Caller, merchantActor } from '../caller.ts';
import type { RequestContext } from '../context.ts';
import { refreshSession, type SessionTokens } from '../sessions.ts';
import { signOut, signOutEverywhere } from '../sign-out.ts';

// What is the same at all three doors. Like RefusalView, these have no resolvers of their own that could leak from one
// door's schema into another's.

@ObjectType('SessionTokens', {
  description: 'What a client holds of its session. Keep both tokens out of logs and URLs.',
  simpleResolvers: true,
})
export class SessionTokensView {
  @Field(() => String, { description: 'Send it with every request: "Authorization: Bearer <accessToken>".' })
  accessToken!: string;

  @Field(() => String, {
    description: 'Trade it with refreshSession for new tokens; each of them does that once.',
  })
  refreshToken!: string;

  @Field(() => InstantScalar, { description: 'When the access token ends, ten minutes after it was made.' })
  expiresAt!: Date;
}

@ObjectType('Done', { description: 'The act was carried out.', simpleResolvers: true })
export class DoneView {
  @Field(() => String, { description: 'The id of what was changed.' })
  id!: string;
}

@ObjectType('Outcome', {
  description: 'What became of an earlier mutation. Ask for it when the answer was lost on the way.',
  simpleResolvers: true,
})
export class OutcomeView {
  @Field(() => String)
  key!: string;

  @Field(() => String, { description: 'The name of the mutation that used the key.' })
  operation!: string;

  @Field(() => InstantScalar)
  settledAt!: Date;

  @Field(() => Boolean, { description: 'True: carried out, see `id`. False: refused, see `refusal`.' })
  accepted!: boolean;

  @Field(() => String, { nullable: true, description: 'The id of what was made or changed.' })
  id!: string | null;

  @Field(() => RefusalView, { nullable: true })
  refusal!: RefusalView | null;
}

export const SignInResult = resultType('SignIn', SessionTokensView);
export const RefreshSessionResult = resultType('RefreshSession', SessionTokensView);
export const SignOutResult = resultType('SignOut', DoneView);
export const SignOutEverywhereResult = resultType('SignOutEverywhere', DoneView);
export const ChangePasswordResult = resultType('ChangePassword', DoneView);

export const SAID = {
  signIn:
    'Signs in with login and password. After a lost answer send it again; that opens another session. Refusals: WRONG_CREDENTIALS, TOO_MANY_ATTEMPTS (the message says after how many seconds to try again).',
  refreshSession:
    'Trades a refresh token for new tokens. If the answer is lost, send the same token again within 30 seconds; later the token counts as stolen and the session is ended. Refusals, all of which mean "sign in again": REFRESH_TOKEN_MALFORMED, REFRESH_TOKEN_REUSED, SESSION_ENDED.',
  signOut: `Ends this session. Sent again it answers UNAUTHENTICATED with reason SESSION_ENDED, which also means that it is done. Refusals: ${KEY_REFUSALS}.`,
  signOutEverywhere: `Ends all your sessions on every device, this one too; all servers know within five seconds. Refusals: ${KEY_REFUSALS}.`,
  outcome:
    'What became of your mutation with this key; null when it never arrived, and then it is safe to send it again.',
  changePassword: `Changes your password and ends your sessions on other devices. Refusals: WRONG_PASSWORD, PASSWORD_TOO_WEAK, TOO_MANY_ATTEMPTS, ${KEY_REFUSALS}.`,
};

/** Shows tokens, or why there are none. */
export function tokensAnswer(result: Result<SessionTokens>, language: Language): SessionTokensView | RefusalView {
  return result.ok ? Object.assign(new SessionTokensView(), result.value) : refusalView(result.refusal, language);
}

/** Shows that an act was carried out, or why not. */
export function doneAnswer(outcome: Outcome, language: Language): DoneView | RefusalView {
  return outcome.ok ? Object.assign(new DoneView(), { id: outcome.value }) : refusalView(outcome.refusal, language);
}

/** `refreshSession` at a door. */
export async function refreshAnswer(
  { deps, language }: RequestContext,
  door: Caller['door'],
  refreshToken: string,
): Promise<SessionTokensView | RefusalView> {
  return tokensAnswer(await refreshSession(deps, door, refreshToken), language);
}

type Signed = RequestContext & { caller: Caller };

export async function signOutAnswer({ deps, caller, language }: Signed, key: string): Promise<DoneView | RefusalView> {
  return doneAnswer(await signOut(deps, caller, key), language);
}

export async function signOutEverywhereAnswer(
  { deps, caller, language }: Signed,
  key: string,
): Promise<DoneView | RefusalView> {
  return doneAnswer(await signOutEverywhere(deps, caller, key), language);
}

/** Whose keys a caller may ask after: the caller's own, and for staff the request numbers of their merchant. */
function actorsOf(caller: Caller): string[] {
  return caller.door === 'merchant' ? [caller.actor, merchantActor(caller)] : [caller.actor];
}

/** What became of the caller's mutation with a key; null when there was none. */
export async function outcomeAnswer({ deps, caller, language }: Signed, key: string): Promise<OutcomeView | null> {
  if (!isKey(key)) return null;
  const actors = actorsOf(caller);
  const found = await findOutcomes(
    deps.db.manager,
    actors.map((actor) => ({ actor, key })),
  );
  const stored = actors.map((actor) => found.get(`${actor} ${key}`)).find((outcome) => outcome !== undefined);
  if (!stored) return null;
  const { operation, settledAt, outcome } = stored;
  return Object.assign(new OutcomeView(), {
    key,
    operation,
    settledAt,
    accepted: outcome.ok,
    id: outcome.ok ? outcome.value : null,
    refusal: outcome.ok ? null : refusalView(outcome.refusal, language),
  });
}
