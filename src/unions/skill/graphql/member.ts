import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { DayScalar } from '../../../platform/graphql/scalars.ts';
import { skillsLoader } from '../loaders.ts';
import type { MemberSkill, SkillLevel } from '../member-skill.entity.ts';
import { SkillLevelWord } from './words.ts';

@ObjectType('MemberSkill', { description: '技能等级: your highest level in a trade.', simpleResolvers: true })
class MemberSkillView {
  @Field(() => String, { description: '工种, e.g. 数控车工.' })
  trade!: string;

  @Field(() => SkillLevelWord)
  level!: SkillLevel;

  @Field(() => DayScalar, { description: 'The day on which you reached it.' })
  since!: string;
}

/** The skill of the member who asks. */
@Resolver()
export class MemberSkillResolver {
  @Permission('self')
  @Query(() => [MemberSkillView], {
    description: 'Your levels of skill, one for each trade, the highest first; 20 at the most.',
  })
  async skills(@Ctx() context: MemberContext): Promise<MemberSkillView[]> {
    return (await loader(context, skillsLoader).load(context.caller.memberId)).slice(0, 20).map(memberSkillView);
  }
}

function memberSkillView({ trade, level, since }: MemberSkill): MemberSkillView {
  return Object.assign(new MemberSkillView(), { trade, level, since });
}
