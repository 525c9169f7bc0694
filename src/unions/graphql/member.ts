import { Arg, Ctx, createUnionType, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { loader, type MemberContext, type RequestContext } from '../../identity/context.ts';
import { SessionTokensView, tokensAnswer } from '../../identity/graphql/views.ts';
import { forgiveAttempt, limitAttempts } from '../../identity/limits.ts';
import { Permission } from '../../identity/permission.ts';
import { resultType } from '../../platform/graphql/mutation.ts';
import { RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { FenScalar, IdScalar } from '../../platform/graphql/scalars.ts';
import { accept, type Result } from '../../platform/result.ts';
import { bindByPhone, bindByStaffNumber } from '../bind-member.ts';
import { memberLoader, programmesOfMemberLoader, unionLoader } from '../loaders.ts';
import type { Member, MemberState } from '../member.entity.ts';
import { maskedPhone } from '../member-data.ts';
import { signInForDevelopment } from '../sign-in-for-development.ts';
import { signInMember } from '../sign-in-member.ts';
import { MemberStateWord } from './words.ts';

@ObjectType('Union', { description: '工会组织: the union on whose roll you are.', simpleResolvers: true })
class UnionView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;
}

@ObjectType('Programme', { description: '积分方案: a points scheme in which you take part.', simpleResolvers: true })
class ProgrammeView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => FenScalar, { description: 'What one point is worth, in fen.' })
  pointPriceFen!: number;

  @Field(() => Int, { description: 'Days that points can be spent; the day on which you earned them is day 1.' })
  pointsLiveDays!: number;
}

@ObjectType('Member', { description: "会员: you, as your union's roster has you.", simpleResolvers: true })
class MemberView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: '工号' })
  staffNumber!: string | null;

  @Field(() => MemberStateWord)
  state!: MemberState;

  row!: Member;

  @Field(() => String, { nullable: true, description: '138****1234; null when the roster has no phone number.' })
  maskedPhone(@Ctx() { deps }: MemberContext): string | null {
    return maskedPhone(deps.config.personalData, this.row);
  }

  @Field(() => UnionView)
  async union(@Ctx() context: MemberContext): Promise<UnionView> {
    const union = await loader(context, unionLoader).load(this.row.unionId);
    if (!union) throw new Error(`the union ${this.row.unionId} has gone`);
    return Object.assign(new UnionView(), { id: union.id, name: union.name });
  }

  @Field(() => [ProgrammeView], { description: 'The programmes that cover you, the widest first.' })
  async programmes(@Ctx() context: MemberContext): Promise<ProgrammeView[]> {
    const programmes = await loader(context, programmesOfMemberLoader).load(this.id);
    return programmes.map(({ id, name, pointPriceFen, pointsLiveDays }) =>
      Object.assign(new ProgrammeView(), { id, name, pointPriceFen, pointsLiveDays }),
    );
  }
}

@ObjectType('BindingNeeded', {
  description: 'This WeChat account is bound to no member yet: go on with bindByPhone or bindByStaffNumber.',
  simpleResolvers: true,
})
class BindingNeededView {
  @Field(() => String, { description: 'Proof of the WeChat account for the next step; good for ten minutes.' })
  bindingToken!: string;
}

const BindByPhoneResult = resultType('BindByPhone', SessionTokensView);
const BindByStaffNumberResult = resultType('BindByStaffNumber', SessionTokensView);
const DevelopmentSignInResult = resultType('DevelopmentSignIn', SessionTokensView);
const SignInWithWechatResult = createUnionType({
  name: 'SignInWithWechatResult',
  types: () => [SessionTokensView, BindingNeededView, RefusalView] as const,
});

const WECHAT = 'TOO_MANY_ATTEMPTS, WECHAT_CODE_UNUSABLE, WECHAT_TOO_OFTEN, WECHAT_ACCOUNT_RESTRICTED, WECHAT_BUSY';

/** Does what asks WeChat about a code, unless this address has sent too many that were worth nothing. */
async function askingWechat<T>({ limits, ip }: RequestContext, attempt: () => Promise<Result<T>>): Promise<Result<T>> {
  const within = await limitAttempts(limits, 'wechat-address', ip);
  if (!within.ok) return within;
  const result = await attempt();
  if (result.ok) await forgiveAttempt(limits, 'wechat-address', ip);
  return result;
}

/** Sign-in and "me". The sign-in mutations take no key: sent again they sign in again, and their tokens are not to be stored. */
@Resolver()
export class MemberUnionsResolver {
  @Query(() => MemberView, { description: 'Who is signed in.' })
  @Permission('self')
  async me(@Ctx() context: MemberContext): Promise<MemberView> {
    const row = await loader(context, memberLoader).load(context.caller.memberId);
    if (!row) throw new Error(`the member ${context.caller.memberId} has gone`);
    const { id, name, staffNumber, state } = row;
    return Object.assign(new MemberView(), { id, name, staffNumber, state, row });
  }

  @Mutation(() => SignInWithWechatResult, {
    description: `Signs in with a fresh code of wx.login. After a lost answer call wx.login again and send the new code. Refusals: MEMBER_LEFT, ${WECHAT}.`,
  })
  @Permission('public')
  async signInWithWechat(
    @Ctx() context: RequestContext,
    @Arg('code', () => String, { description: 'From wx.login; lives five minutes and works once.' }) code: string,
  ): Promise<SessionTokensView | BindingNeededView | RefusalView> {
    const signedIn = await askingWechat(context, () => signInMember(context.deps, { code }));
    if (!signedIn.ok) return refusalView(signedIn.refusal, context.language);
    const { value } = signedIn;
    return 'tokens' in value
      ? tokensAnswer(accept(value.tokens), context.language)
      : Object.assign(new BindingNeededView(), value);
  }

  @Mutation(() => BindByPhoneResult, {
    description: `Binds this WeChat account to the member with your phone number, and signs in; safe to send again as it was. Refusals: BINDING_TOKEN_UNUSABLE, NOT_ON_ROSTER, ALREADY_BOUND, ${WECHAT}.`,
  })
  @Permission('public')
  async bindByPhone(
    @Ctx() context: RequestContext,
    @Arg('bindingToken', () => String, { description: 'From signInWithWechat.' }) bindingToken: string,
    @Arg('phoneCode', () => String, { description: 'From the button open-type="getPhoneNumber"; works once.' })
    phoneCode: string,
  ): Promise<SessionTokensView | RefusalView> {
    const proof = { bindingToken, phoneCode };
    return tokensAnswer(await askingWechat(context, () => bindByPhone(context.deps, proof)), context.language);
  }

  @Mutation(() => BindByStaffNumberResult, {
    description:
      'Binds this WeChat account to the member with these details, and signs in; safe to send again as it was. Refusals: BINDING_TOKEN_UNUSABLE, TOO_MANY_ATTEMPTS, NOT_ON_ROSTER (one answer for whatever does not fit), ALREADY_BOUND.',
  })
  @Permission('public')
  async bindByStaffNumber(
    @Ctx() context: RequestContext,
    @Arg('bindingToken', () => String, { description: 'From signInWithWechat.' }) bindingToken: string,
    @Arg('staffNumber', () => String, { description: '工号' }) staffNumber: string,
    @Arg('name', () => String, { description: '姓名, as on the roster.' }) name: string,
    @Arg('idNumberEnd', () => String, { description: 'The last four characters of the ID number.' })
    idNumberEnd: string,
  ): Promise<SessionTokensView | RefusalView> {
    const details = { bindingToken, staffNumber, name, idNumberEnd };
    return tokensAnswer(await bindByStaffNumber(context.deps, context, details), context.language);
  }
}

/** Only outside production: in production's schema this mutation does not exist. */
@Resolver()
export class MemberDevelopmentResolver {
  @Mutation(() => DevelopmentSignInResult, {
    description: 'Signs in as a member without any proof; not there in production. Refusal: MEMBER_UNKNOWN.',
  })
  @Permission('public')
  async developmentSignIn(
    @Ctx() context: RequestContext,
    @Arg('staffNumber', () => String) staffNumber: string,
    @Arg('name', () => String, { nullable: true, description: 'Needed where several unions have the staff number.' })
    name?: string | null,
  ): Promise<SessionTokensView | RefusalView> {
    const member = { staffNumber, name: name ?? undefined };
    return tokensAnswer(await signInForDevelopment(context.deps, member), context.language);
  }
}
