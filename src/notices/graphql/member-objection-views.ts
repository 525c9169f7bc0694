import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { EvidenceFileView, evidenceFileView } from '../../evidence/graphql/member-views.ts';
import { evidenceLoader } from '../../evidence/loaders.ts';
import { loader, type MemberContext } from '../../identity/context.ts';
import { maskName } from '../../identity/personal-data.ts';
import { beijingDay } from '../../platform/clock.ts';
import { connectionType } from '../../platform/graphql/connection.ts';
import { DayScalar, IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import { memberLoader } from '../../unions/loaders.ts';
import { lineLoader } from '../loaders.ts';
import type { NoticeLine } from '../notice-line.entity.ts';
import { evidenceTarget, isOverdue, type Objection, type ObjectionState } from '../objection.entity.ts';
import { ObjectionStateWord } from './words.ts';

@ObjectType('NoticeLine', { description: 'A line of a notice, as it was published.', simpleResolvers: true })
export class NoticeLineView {
  @Field(() => Int, { description: '1 for the first; fileObjection takes it as lineNumber.' })
  number!: number;

  @Field(() => String, { description: 'Whom or what it names, personal names masked: 张*｜第三机械厂工会.' })
  label!: string;

  @Field(() => String, { description: 'What it gives them, e.g. 二等奖｜500 积分; may be empty.' })
  detail!: string;

  @Field(() => Boolean, { description: 'Whether it concerns you.' })
  isMine!: boolean;
}

export const NoticeLineConnection = connectionType(NoticeLineView, 'NoticeLine');

export function noticeLineView({ number, label, detail, memberId }: NoticeLine, viewer: string): NoticeLineView {
  return Object.assign(new NoticeLineView(), { number, label, detail, isMine: memberId === viewer });
}

@ObjectType('Objection', {
  description: '异议: a challenge to a notice. Of others you see who (masked), what line, and the decision.',
  simpleResolvers: true,
})
export class ObjectionView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar, { description: 'The version of the notice to which it was filed.' })
  noticeId!: string;

  @Field(() => Boolean, { description: 'Whether you filed it.' })
  isMine!: boolean;

  @Field(() => String, { nullable: true, description: 'What you said; null for an objection of somebody else.' })
  text!: string | null;

  @Field(() => ObjectionStateWord)
  state!: ObjectionState;

  @Field(() => InstantScalar)
  filedAt!: Date;

  @Field(() => DayScalar, { description: 'The Beijing day by which it should be decided.' })
  dueOn!: string;

  @Field(() => Boolean, { description: 'Whether it waits for a decision and that day is over.' })
  isOverdue(@Ctx() { deps }: MemberContext): boolean {
    return isOverdue(this, beijingDay(deps.clock.now()));
  }

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'When it was decided, withdrawn or became moot; null while it waits.',
  })
  settledAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was decided so; null when it was not decided.' })
  reason!: string | null;

  @Field(() => IdScalar, {
    nullable: true,
    description: 'With UPHELD: the version of the notice that answers it; null until there is one.',
  })
  answeredBy!: string | null;

  lineNumber!: number | null;

  @Field(() => NoticeLineView, { nullable: true, description: 'The line; null for the notice as a whole.' })
  async line(@Ctx() context: MemberContext): Promise<NoticeLineView | null> {
    if (this.lineNumber === null) return null;
    const line = await loader(context, lineLoader).load({ noticeId: this.noticeId, number: this.lineNumber });
    return line && noticeLineView(line, context.caller.memberId);
  }

  memberId!: string;

  @Field(() => String, { description: 'Who filed it, masked: 张*.' })
  async objector(@Ctx() context: MemberContext): Promise<string> {
    const member = await loader(context, memberLoader).load(this.memberId);
    if (!member) throw new Error(`the member ${this.memberId} has gone`);
    return maskName(member.name);
  }

  @Field(() => [EvidenceFileView], {
    description: 'The files that you attached, nine at the most; empty for an objection of somebody else.',
  })
  async evidence(@Ctx() context: MemberContext): Promise<EvidenceFileView[]> {
    if (!this.isMine) return [];
    return (await loader(context, evidenceLoader).load(evidenceTarget(this.id))).map(evidenceFileView);
  }
}

export const ObjectionConnection = connectionType(ObjectionView, 'Objection');

export function objectionView(objection: Objection, viewer: string): ObjectionView {
  const { id, noticeId, memberId, lineNumber, state, filedAt, dueOn, settledAt, reason, answeredBy } = objection;
  const isMine = memberId === viewer;
  const text = isMine ? objection.text : null;
  return Object.assign(new ObjectionView(), {
    ...{ id, noticeId, memberId, lineNumber, state, filedAt, dueOn, settledAt, reason, answeredBy },
    ...{ isMine, text },
  });
}
