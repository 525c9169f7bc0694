import { Args, Ctx, Field, Int, ObjectType } from 'type-graphql';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { maskName } from '../../../identity/personal-data.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { DayScalar, IdScalar } from '../../../platform/graphql/scalars.ts';
import { memberLoader, unionLoader } from '../../../unions/loaders.ts';
import { MOST_TAGS } from '../limits.ts';
import { leaderLoader, peopleLoader, studioMembersLoaders, studioTagsLoader } from '../loaders.ts';
import { namesBorneLoader } from '../naming/loaders.ts';
import type { NamingLevel, StudioNaming } from '../naming/naming.entity.ts';
import { NAMINGS_SHOWN } from '../naming/queries.ts';
import type { LeaderKind, Studio, StudioState } from '../studio.entity.ts';
import type { StudioMember } from '../studio-member.entity.ts';
import { LeaderKindWord, NamingLevelWord, StudioStateWord } from './words.ts';

@ObjectType('StudioMember', { description: 'Somebody who is in a studio.', simpleResolvers: true })
class StudioMemberView {
  memberId!: string;

  @Field(() => String, { description: '分工: what she does there.' })
  duty!: string;

  @Field(() => DayScalar, { description: 'Since when.' })
  joinedOn!: string;

  @Field(() => String, { description: 'With all but the ends hidden; your own in full.' })
  async name(@Ctx() context: MemberContext): Promise<string> {
    const { name } = (await loader(context, memberLoader).load(this.memberId))!;
    return context.caller.memberId === this.memberId ? name : maskName(name);
  }
}

const StudioMemberConnection = connectionType(StudioMemberView, 'StudioMember');

@ObjectType('StudioName', { description: '命名: a name that a studio bears or has borne.', simpleResolvers: true })
class StudioNameView {
  row!: StudioNaming;

  @Field(() => NamingLevelWord)
  level!: NamingLevel;

  @Field(() => String, { description: '命名编号, as on the plaque.' })
  number!: string;

  @Field(() => DayScalar, { description: 'The first day of its term.' })
  namedOn!: string;

  @Field(() => DayScalar, { description: 'The last day of its term.' })
  endsOn!: string;

  @Field(() => DayScalar, {
    nullable: true,
    description:
      'The last day on which it was borne, be it for a renewal, at the end of the term, or because it was withdrawn; null while it is borne.',
  })
  endedOn!: string | null;

  @Field(() => String, { description: 'The union that gave it.' })
  async unionName(@Ctx() context: MemberContext): Promise<string> {
    return (await loader(context, unionLoader).load(this.row.namingUnionId))!.name;
  }
}

@ObjectType('Studio', {
  description: '创新工作室: an innovation studio that bears or has borne a name, or your own.',
  simpleResolvers: true,
})
export class StudioView {
  row!: Studio;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: '领域: what it works on, e.g. 焊接.' })
  field!: string;

  @Field(() => String, { description: '场所: where it is.' })
  premises!: string;

  @Field(() => String, { description: 'What it is about.' })
  about!: string;

  @Field(() => LeaderKindWord)
  leaderKind!: LeaderKind;

  @Field(() => StudioStateWord)
  state!: StudioState;

  @Field(() => [String], { description: `Kinds of studio, e.g. 女职工, 人工智能: ${MOST_TAGS} at the most.` })
  tags(@Ctx() context: MemberContext): Promise<string[]> {
    return loader(context, studioTagsLoader).load(this.id);
  }

  @Field(() => String, { description: 'The union at whose firm it is.' })
  async unionName(@Ctx() context: MemberContext): Promise<string> {
    return (await loader(context, unionLoader).load(this.row.unionId))!.name;
  }

  @Field(() => String, {
    nullable: true,
    description: '领衔人: who leads it, by her full name, as it is honoured by that; null once it is dissolved.',
  })
  async leaderName(@Ctx() context: MemberContext): Promise<string | null> {
    const part = await loader(context, leaderLoader).load(this.id);
    return part && (await loader(context, memberLoader).load(part.memberId))!.name;
  }

  @Field(() => Int, { description: 'How many are in it now, the leader counted.' })
  peopleCount(@Ctx() context: MemberContext): Promise<number> {
    return loader(context, peopleLoader).load(this.id);
  }

  @Field(() => StudioMemberConnection, {
    description: 'Who is in it now besides the leader, in the order of their coming.',
  })
  async members(
    @Ctx() context: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<StudioMemberView>> {
    const found = await loader(context, studioMembersLoaders)(pageAsked(page)).load(this.id);
    return connection(found, ({ id }) => id, studioMemberView);
  }

  @Field(() => [StudioNameView], {
    description: `The names that it bears and has borne, the newest first; the newest ${NAMINGS_SHOWN}.`,
  })
  async names(@Ctx() context: MemberContext): Promise<StudioNameView[]> {
    return (await loader(context, namesBorneLoader).load(this.id)).map(studioNameView);
  }
}

export const StudioConnection = connectionType(StudioView, 'Studio');

export function studioView(row: Studio): StudioView {
  const { id, name, field, premises, about, leaderKind, state } = row;
  return Object.assign(new StudioView(), { row, id, name, field, premises, about, leaderKind, state });
}

function studioMemberView({ memberId, duty, joinedOn }: StudioMember): StudioMemberView {
  return Object.assign(new StudioMemberView(), { memberId, duty, joinedOn });
}

function studioNameView(row: StudioNaming): StudioNameView {
  const { level, number, namedOn, endsOn, endedOn } = row;
  return Object.assign(new StudioNameView(), { row, level, number, namedOn, endsOn, endedOn });
}
