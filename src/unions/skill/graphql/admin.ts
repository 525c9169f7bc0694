import { Args, ArgsType, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { mayIn } from '../../../identity/caller.ts';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { DayScalar, IdScalar } from '../../../platform/graphql/scalars.ts';
import { answer } from '../../graphql/admin-answers.ts';
import { MemberView, memberView } from '../../graphql/admin-views.ts';
import { unionLoader } from '../../loaders.ts';
import { memberInScope } from '../../scope.ts';
import { skillsLoader } from '../loaders.ts';
import type { MemberSkill, SkillLevel } from '../member-skill.entity.ts';
import { recordSkill } from '../record-skill.ts';
import { SkillLevelWord } from './words.ts';

@ObjectType('MemberSkill', {
  description: '技能等级: the highest level of a member in a trade.',
  simpleResolvers: true,
})
class MemberSkillView {
  @Field(() => String, { description: '工种, e.g. 数控车工.' })
  trade!: string;

  @Field(() => SkillLevelWord)
  level!: SkillLevel;

  @Field(() => DayScalar, { description: 'The day on which it was reached.' })
  since!: string;
}

const RecordSkillResult = resultType('RecordSkill', MemberView);

@ArgsType()
class RecordSkillArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  memberId!: string;

  @Field(() => String, { description: '工种: 1 to 40 characters on one line.' })
  trade!: string;

  @Field(() => SkillLevelWord)
  level!: SkillLevel;

  @Field(() => DayScalar, { description: 'The day on which it was reached, today at the latest.' })
  since!: string;
}

/** The skill of the members of the caller's branches. */
@Resolver(() => MemberView)
export class AdminSkillResolver {
  @FieldResolver(() => [MemberSkillView], {
    description: 'One for each trade, the highest first; 20 at the most, and none without members:read in the branch.',
  })
  async skills(@Root() member: MemberView, @Ctx() context: AdminContext): Promise<MemberSkillView[]> {
    const union = await loader(context, unionLoader).load(member.row.unionId);
    if (!union || !mayIn(context.caller, 'members:read', union.path)) return [];
    return (await loader(context, skillsLoader).load(member.id)).slice(0, 20).map(memberSkillView);
  }

  @Permission('members:write')
  @Mutation(() => RecordSkillResult, {
    description: `Records the level of skill that a member has reached in a trade. Levels never go down; the same again changes nothing. Refusals: MEMBER_UNKNOWN, OWN_SKILL, TRADE_MALFORMED, DAY_IN_FUTURE, SKILL_LEVEL_LOWER, ${KEY_REFUSALS}.`,
  })
  async recordSkill(
    @Ctx() context: AdminContext,
    @Args(() => RecordSkillArgs) { key, ...input }: RecordSkillArgs,
  ): Promise<MemberView | RefusalView> {
    const { deps, caller } = context;
    const outcome = await recordSkill(deps, caller, key, input);
    return answer(context, outcome, (id) => memberInScope(deps.db.manager, caller, 'members:write', id), memberView);
  }
}

function memberSkillView({ trade, level, since }: MemberSkill): MemberSkillView {
  return Object.assign(new MemberSkillView(), { trade, level, since });
}
