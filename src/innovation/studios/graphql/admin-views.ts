import { Args, Ctx, Field, Int, ObjectType } from 'type-graphql';
import { EvidenceFileView, evidenceFileView } from '../../../evidence/graphql/admin-views.ts';
import { evidenceLoader } from '../../../evidence/loaders.ts';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { DayScalar, IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { UnionView, unionView } from '../../../unions/graphql/admin-views.ts';
import { memberLoader, unionLoader } from '../../../unions/loaders.ts';
import { MOST_TAGS } from '../limits.ts';
import { leaderLoader, peopleLoader, studioMembersLoaders, studioTagsLoader } from '../loaders.ts';
import type { LeaderKind, Studio, StudioState } from '../studio.entity.ts';
import { leaderEvidence, type StudioMember } from '../studio-member.entity.ts';
import { LeaderKindWord, StudioStateWord } from './words.ts';

@ObjectType('StudioMember', { description: 'Somebody who is in a studio.', simpleResolvers: true })
class StudioMemberView {
  partId!: string;

  @Field(() => IdScalar)
  memberId!: string;

  @Field(() => String, { nullable: true, description: '分工: what she does there; null for the leader.' })
  duty!: string | null;

  @Field(() => DayScalar, { description: 'Since when she is what she is there.' })
  joinedOn!: string;

  @Field(() => String)
  async name(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, memberLoader).load(this.memberId))!.name;
  }

  @Field(() => [EvidenceFileView], {
    description: 'Of the leader: what proves her standing, nine at the most; of others none.',
  })
  async evidence(@Ctx() context: AdminContext): Promise<EvidenceFileView[]> {
    return (await loader(context, evidenceLoader).load(leaderEvidence(this.partId))).map(evidenceFileView);
  }
}

const StudioMemberConnection = connectionType(StudioMemberView, 'StudioMember');

@ObjectType('Studio', { description: '创新工作室: an innovation studio at a firm.', simpleResolvers: true })
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

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => InstantScalar, { nullable: true })
  dissolvedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was dissolved; null while it goes on.' })
  dissolveReason!: string | null;

  @Field(() => [String], { description: `Kinds of studio, e.g. 女职工, 人工智能: ${MOST_TAGS} at the most.` })
  tags(@Ctx() context: AdminContext): Promise<string[]> {
    return loader(context, studioTagsLoader).load(this.id);
  }

  @Field(() => UnionView, { description: 'The union at whose firm it is.' })
  async union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionView((await loader(context, unionLoader).load(this.row.unionId))!);
  }

  @Field(() => StudioMemberView, { nullable: true, description: '领衔人: who leads it; null once it is dissolved.' })
  async leader(@Ctx() context: AdminContext): Promise<StudioMemberView | null> {
    const part = await loader(context, leaderLoader).load(this.id);
    return part && studioMemberView(part);
  }

  @Field(() => Int, { description: 'How many are in it now, the leader counted.' })
  peopleCount(@Ctx() context: AdminContext): Promise<number> {
    return loader(context, peopleLoader).load(this.id);
  }

  @Field(() => StudioMemberConnection, {
    description: 'Who is in it now besides the leader, in the order of their coming.',
  })
  async members(
    @Ctx() context: AdminContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<StudioMemberView>> {
    const found = await loader(context, studioMembersLoaders)(pageAsked(page)).load(this.id);
    return connection(found, ({ id }) => id, studioMemberView);
  }
}

export const StudioConnection = connectionType(StudioView, 'Studio');

export function studioView(row: Studio): StudioView {
  const { id, name, field, premises, about, leaderKind, state, createdAt, dissolvedAt, dissolveReason } = row;
  return Object.assign(new StudioView(), {
    ...{ row, id, name, field, premises, about, leaderKind, state, createdAt, dissolvedAt, dissolveReason },
  });
}

function studioMemberView({ id: partId, memberId, duty, joinedOn }: StudioMember): StudioMemberView {
  return Object.assign(new StudioMemberView(), { partId, memberId, duty, joinedOn });
}
