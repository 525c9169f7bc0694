import { Args, ArgsType, Ctx, Field, FieldResolver, Int, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { answer } from '../../graphql/admin-answers.ts';
import { UnionView, unionView } from '../../graphql/admin-views.ts';
import { unionInScope } from '../../scope.ts';
import { describeFirm } from '../describe-firm.ts';
import type { Firm, FirmType, Ownership } from '../firm.entity.ts';
import { firmLoader } from '../loaders.ts';
import { FirmTypeWord, OwnershipWord } from './words.ts';

@ObjectType('Firm', { description: '企业信息: the firm that a union stands for.', simpleResolvers: true })
class FirmView {
  @Field(() => FirmTypeWord)
  firmType!: FirmType;

  @Field(() => OwnershipWord)
  ownership!: Ownership;

  @Field(() => String, { description: '行业: what it does, e.g. 装备制造.' })
  trade!: string;

  @Field(() => Int, { description: '职工人数' })
  employees!: number;
}

const DescribeFirmResult = resultType('DescribeFirm', UnionView);

@ArgsType()
class DescribeFirmArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar, { description: 'The union of the firm: one of an enterprise, or a grass-roots union.' })
  unionId!: string;

  @Field(() => FirmTypeWord)
  firmType!: FirmType;

  @Field(() => OwnershipWord)
  ownership!: Ownership;

  @Field(() => String, { description: '行业: 1 to 40 characters on one line.' })
  trade!: string;

  @Field(() => Int, { description: '职工人数: 1 to 10,000,000.' })
  employees!: number;
}

/** What firms the unions of the caller's branches stand for. */
@Resolver(() => UnionView)
export class AdminFirmsResolver {
  @FieldResolver(() => FirmView, {
    nullable: true,
    description: 'The firm that it stands for; null when none is known.',
  })
  async firm(@Root() union: UnionView, @Ctx() context: AdminContext): Promise<FirmView | null> {
    const firm = await loader(context, firmLoader).load(union.id);
    return firm && firmView(firm);
  }

  @Permission('unions:write')
  @Mutation(() => DescribeFirmResult, {
    description: `Says what firm a union stands for, in place of what was said before. Competitions ask for it. Refusals: UNION_UNKNOWN, UNION_NO_FIRM, TRADE_MALFORMED, EMPLOYEES_OUT_OF_RANGE, ${KEY_REFUSALS}.`,
  })
  async describeFirm(
    @Ctx() context: AdminContext,
    @Args(() => DescribeFirmArgs) { key, ...input }: DescribeFirmArgs,
  ): Promise<UnionView | RefusalView> {
    const { deps, caller } = context;
    const outcome = await describeFirm(deps, caller, key, input);
    return answer(context, outcome, (id) => unionInScope(deps.db.manager, caller, 'unions:write', id), unionView);
  }
}

function firmView({ firmType, ownership, trade, employees }: Firm): FirmView {
  return Object.assign(new FirmView(), { firmType, ownership, trade, employees });
}
