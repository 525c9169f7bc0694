import { Args, Ctx, Field, Int, ObjectType } from 'type-graphql';
import { mayIn } from '../../identity/caller.ts';
import { type AdminContext, loader } from '../../identity/context.ts';
import { type Connection, connection, connectionType, type Page } from '../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { DayScalar, FenScalar, IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import { boundAtLoader, childrenLoaders, programmesOfMemberLoader, tagsLoader, unionLoader } from '../loaders.ts';
import type { Member, MemberState } from '../member.entity.ts';
import { maskedIdNumber, maskedPhone } from '../member-data.ts';
import type { Programme } from '../programme.entity.ts';
import type { UnionKind, UnionNode } from '../union-node.entity.ts';
import { MemberStateWord, UnionKindWord } from './words.ts';

@ObjectType('Union', { description: '工会组织: one node of the organisation tree.', simpleResolvers: true })
export class UnionView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => UnionKindWord)
  kind!: UnionKind;

  @Field(() => IdScalar, { nullable: true, description: 'The union above; null for the root of a tree.' })
  parentId!: string | null;

  path!: string;

  @Field(() => UnionConnection, {
    description: 'The unions directly below, oldest first. Empty for a union outside your branch.',
  })
  async children(@Ctx() context: AdminContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<UnionView>> {
    const asked = pageAsked(page);
    // A programme may be shown with its union, and that may stand above the caller's branch.
    if (!mayIn(context.caller, 'unions:read', this.path)) return unionConnection({ items: [], hasNextPage: false });
    return unionConnection(await loader(context, childrenLoaders)(asked).load(this.id));
  }
}

export const UnionConnection = connectionType(UnionView, 'Union');

export function unionConnection(page: Page<UnionNode>): Connection<UnionView> {
  return connection(page, (union) => union.id, unionView);
}

export function unionView({ id, name, kind, parentId, path }: UnionNode): UnionView {
  return Object.assign(new UnionView(), { id, name, kind, parentId, path });
}

async function unionOf(context: AdminContext, id: string): Promise<UnionView> {
  const union = await loader(context, unionLoader).load(id);
  if (!union) throw new Error(`the union ${id} has gone`);
  return unionView(union);
}

@ObjectType('Programme', {
  description: '积分方案: the points scheme of one union; it covers the members of the whole branch below that union.',
  simpleResolvers: true,
})
export class ProgrammeView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => FenScalar, { description: 'What the union pays a merchant for one point, in fen.' })
  pointPriceFen!: number;

  @Field(() => Int, { description: 'Days that points can be spent; the day on which they were earned is day 1.' })
  pointsLiveDays!: number;

  @Field(() => Int, { description: 'Minutes within which a merchant may undo the use of a voucher.' })
  undoMinutes!: number;

  unionId!: string;

  @Field(() => UnionView, { description: 'The union whose programme it is.' })
  union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionOf(context, this.unionId);
  }
}

export const ProgrammeConnection = connectionType(ProgrammeView, 'Programme');

export function programmeView(programme: Programme): ProgrammeView {
  const { id, name, pointPriceFen, pointsLiveDays, undoMinutes, unionId } = programme;
  return Object.assign(new ProgrammeView(), { id, name, pointPriceFen, pointsLiveDays, undoMinutes, unionId });
}

// A member may be shown beside something that the caller may read without being allowed to read members.
async function mayRead(context: AdminContext, { unionId }: Member): Promise<boolean> {
  return mayIn(context.caller, 'members:read', (await unionOf(context, unionId)).path);
}

@ObjectType('Member', {
  description: "会员: a person on a union's roll. Personal data is masked.",
  simpleResolvers: true,
})
export class MemberView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: '工号, unique within the union.' })
  staffNumber!: string | null;

  @Field(() => MemberStateWord)
  state!: MemberState;

  @Field(() => DayScalar, { nullable: true, description: '入职日期: the first day with the employer.' })
  joinedOn!: string | null;

  @Field(() => DayScalar, { nullable: true, description: '入会日期: the day of joining the union.' })
  unionJoinedOn!: string | null;

  row!: Member;

  @Field(() => String, {
    nullable: true,
    description: '138****1234; null when the roster has no phone number, or without members:read in the branch.',
  })
  async maskedPhone(@Ctx() context: AdminContext): Promise<string | null> {
    return (await mayRead(context, this.row)) ? maskedPhone(context.deps.config.personalData, this.row) : null;
  }

  @Field(() => String, {
    nullable: true,
    description: '110*************11; null when the roster has no ID number, or without members:read in the branch.',
  })
  async maskedIdNumber(@Ctx() context: AdminContext): Promise<string | null> {
    return (await mayRead(context, this.row)) ? maskedIdNumber(context.deps.config.personalData, this.row) : null;
  }

  @Field(() => UnionView, { description: 'The union on whose roll the member is.' })
  union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionOf(context, this.row.unionId);
  }

  @Field(() => [ProgrammeView], {
    description: "The programmes that cover the member: those of the unions from the root down to the member's own.",
  })
  async programmes(@Ctx() context: AdminContext): Promise<ProgrammeView[]> {
    return (await loader(context, programmesOfMemberLoader).load(this.id)).map(programmeView);
  }

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'When the member was bound to a WeChat account; null when not bound.',
  })
  boundAt(@Ctx() context: AdminContext): Promise<Date | null> {
    return loader(context, boundAtLoader).load(this.id);
  }

  @Field(() => [String], { description: '标签, 20 at the most, in order; none without members:read in the branch.' })
  async tags(@Ctx() context: AdminContext): Promise<string[]> {
    return (await mayRead(context, this.row)) ? loader(context, tagsLoader).load(this.id) : [];
  }
}

export const MemberConnection = connectionType(MemberView, 'Member');

export function memberView(row: Member): MemberView {
  const { id, name, staffNumber, state, joinedOn, unionJoinedOn } = row;
  return Object.assign(new MemberView(), { id, name, staffNumber, state, joinedOn, unionJoinedOn, row });
}
