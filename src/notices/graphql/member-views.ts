import { Args, Ctx, Field, Int, ObjectType } from 'type-graphql';
import { loader, type MemberContext } from '../../identity/context.ts';
import { type Connection, connection, connectionType } from '../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { DayScalar, IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import { unionLoader } from '../../unions/loaders.ts';
import { holdUpsLoader, linesLoaders, objectionsLoaders, versionsLoader } from '../loaders.ts';
import { closesAt, type Notice, type NoticeKind, type NoticeState, takesObjections } from '../notice.entity.ts';
import { VERSIONS_SHOWN } from '../queries.ts';
import {
  NoticeLineConnection,
  type NoticeLineView,
  noticeLineView,
  ObjectionConnection,
  type ObjectionView,
  objectionView,
} from './member-objection-views.ts';
import { NoticeKindWord, NoticeStateWord } from './words.ts';

@ObjectType('NoticeVersion', { description: 'A version of a notice.', simpleResolvers: true })
class NoticeVersionView {
  @Field(() => IdScalar, { description: 'Ask notice(id) for all of it.' })
  id!: string;

  @Field(() => Int, { description: '1 for the first.' })
  version!: number;

  @Field(() => NoticeStateWord)
  state!: NoticeState;

  @Field(() => InstantScalar)
  publishedAt!: Date;
}

@ObjectType('Notice', {
  description: '公示: a provisional result in public view, to which you may object until it is final.',
  simpleResolvers: true,
})
export class NoticeView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => NoticeKindWord)
  kind!: NoticeKind;

  @Field(() => IdScalar, { description: 'What it is the result of: with LOTTERY the lottery.' })
  subjectId!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: 'What it is about and by which rules it came to be; may be empty.' })
  about!: string;

  @Field(() => Int, { description: '1 for the first; an objection that is upheld brings about the next.' })
  version!: number;

  @Field(() => NoticeStateWord)
  state!: NoticeState;

  @Field(() => InstantScalar)
  publishedAt!: Date;

  @Field(() => Int, { description: 'For how many working days after that day objections are taken.' })
  workingDays!: number;

  @Field(() => DayScalar, { description: 'The last Beijing day on which objections are taken.' })
  lastDay!: string;

  @Field(() => Boolean, { description: 'Whether you may object now.' })
  takesObjections(@Ctx() { deps }: MemberContext): boolean {
    return takesObjections(this, deps.clock.now());
  }

  @Field(() => InstantScalar, { description: 'The end of lastDay, from which no more objections are taken.' })
  closesAt!: Date;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'When it became final, superseded or withdrawn; null while it is OPEN.',
  })
  settledAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'With WITHDRAWN: why; else null.' })
  withdrawnReason!: string | null;

  @Field(() => Int, { description: 'How many lines it has.' })
  lineCount!: number;

  unionId!: string;
  firstId!: string;

  @Field(() => String, { description: 'The union whose notice it is.' })
  async unionName(@Ctx() context: MemberContext): Promise<string> {
    const union = await loader(context, unionLoader).load(this.unionId);
    if (!union) throw new Error(`the union ${this.unionId} has gone`);
    return union.name;
  }

  @Field(() => NoticeLineConnection, { description: 'Its lines, in order.' })
  async lines(
    @Ctx() context: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<NoticeLineView>> {
    const lines = await loader(context, linesLoaders)(pageAsked(page)).load(this.id);
    return connection(
      lines,
      (line) => String(line.number),
      (line) => noticeLineView(line, context.caller.memberId),
    );
  }

  @Field(() => ObjectionConnection, {
    description: 'The objections to this version, in the order of their filing; those that others withdrew left out.',
  })
  async objections(
    @Ctx() context: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<ObjectionView>> {
    const { memberId } = context.caller;
    const objections = await loader(context, objectionsLoaders)(memberId, pageAsked(page)).load(this.id);
    return connection(
      objections,
      (objection) => objection.id,
      (objection) => objectionView(objection, memberId),
    );
  }

  @Field(() => [NoticeVersionView], {
    description: `All its versions, this one among them, the newest first; the newest ${VERSIONS_SHOWN}.`,
  })
  async versions(@Ctx() context: MemberContext): Promise<NoticeVersionView[]> {
    return (await loader(context, versionsLoader).load(this.firstId)).map(({ id, version, state, publishedAt }) =>
      Object.assign(new NoticeVersionView(), { id, version, state, publishedAt }),
    );
  }

  @Field(() => Int, {
    description: 'Objections to any of its versions that wait for a decision; it cannot be final before.',
  })
  async waitingObjections(@Ctx() context: MemberContext): Promise<number> {
    return (await loader(context, holdUpsLoader).load(this.firstId)).waiting;
  }

  @Field(() => Int, {
    description: 'Objections to any of its versions that were upheld and wait for the version that answers them.',
  })
  async unansweredObjections(@Ctx() context: MemberContext): Promise<number> {
    return (await loader(context, holdUpsLoader).load(this.firstId)).unanswered;
  }
}

export const NoticeConnection = connectionType(NoticeView, 'Notice');

export function noticeView(notice: Notice): NoticeView {
  const { id, firstId, unionId, kind, subjectId, title, about, version, state, publishedAt, workingDays } = notice;
  const { lastDay, settledAt, withdrawnReason, lineCount } = notice;
  return Object.assign(new NoticeView(), {
    ...{ id, firstId, unionId, kind, subjectId, title, about, version, state, publishedAt, workingDays },
    ...{ lastDay, settledAt, withdrawnReason, lineCount, closesAt: closesAt(notice) },
  });
}
