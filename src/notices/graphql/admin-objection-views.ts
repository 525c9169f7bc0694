import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { EvidenceFileView, evidenceFileView } from '../../evidence/graphql/admin-views.ts';
import { evidenceLoader } from '../../evidence/loaders.ts';
import { type AdminContext, loader } from '../../identity/context.ts';
import { beijingDay } from '../../platform/clock.ts';
import { connectionType } from '../../platform/graphql/connection.ts';
import { DayScalar, IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import { MemberView, memberView } from '../../unions/graphql/admin-views.ts';
import { memberLoader } from '../../unions/loaders.ts';
import { lineLoader, noticeLoader } from '../loaders.ts';
import type { NoticeLine } from '../notice-line.entity.ts';
import { evidenceTarget, isOverdue, type Objection, type ObjectionState } from '../objection.entity.ts';
import { ObjectionStateWord } from './words.ts';

async function memberOf(context: AdminContext, id: string): Promise<MemberView> {
  const member = await loader(context, memberLoader).load(id);
  if (!member) throw new Error(`the member ${id} has gone`);
  return memberView(member);
}

@ObjectType('NoticeLine', { description: 'A line of a notice, as it was published.', simpleResolvers: true })
export class NoticeLineView {
  @Field(() => Int, { description: '1 for the first.' })
  number!: number;

  @Field(() => String, { description: 'Whom or what it names, as the public reads it: 张*｜第三机械厂工会.' })
  label!: string;

  @Field(() => String, { description: 'What it gives them, e.g. 二等奖｜500 积分; may be empty.' })
  detail!: string;

  memberId!: string | null;

  @Field(() => MemberView, {
    nullable: true,
    description: 'The member whom it concerns, whom the public does not see; null when nobody in particular.',
  })
  async member(@Ctx() context: AdminContext): Promise<MemberView | null> {
    return this.memberId === null ? null : memberOf(context, this.memberId);
  }
}

export const NoticeLineConnection = connectionType(NoticeLineView, 'NoticeLine');

export function noticeLineView({ number, label, detail, memberId }: NoticeLine): NoticeLineView {
  return Object.assign(new NoticeLineView(), { number, label, detail, memberId });
}

@ObjectType('Objection', { description: '异议: a member’s challenge to a notice.', simpleResolvers: true })
export class ObjectionView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar, { description: 'The version of the notice to which it was filed.' })
  noticeId!: string;

  @Field(() => String, { description: 'What the member says is wrong. The public does not see it.' })
  text!: string;

  @Field(() => ObjectionStateWord)
  state!: ObjectionState;

  @Field(() => InstantScalar)
  filedAt!: Date;

  @Field(() => DayScalar, { description: 'The Beijing day by which it should be decided.' })
  dueOn!: string;

  @Field(() => Boolean, { description: 'Whether it waits for a decision and that day is over.' })
  isOverdue(@Ctx() { deps }: AdminContext): boolean {
    return isOverdue(this, beijingDay(deps.clock.now()));
  }

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'When it was decided, withdrawn or became moot; null while it waits.',
  })
  settledAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Who decided: operator:<id>; null when it was not decided.' })
  decidedBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was decided so; null when it was not decided.' })
  reason!: string | null;

  @Field(() => IdScalar, {
    nullable: true,
    description: 'With UPHELD: the version of the notice that answers it; null until there is one.',
  })
  answeredBy!: string | null;

  @Field(() => String, { description: 'The title of its notice.' })
  async noticeTitle(@Ctx() context: AdminContext): Promise<string> {
    const notice = await loader(context, noticeLoader).load(this.noticeId);
    if (!notice) throw new Error(`the notice ${this.noticeId} has gone`);
    return notice.title;
  }

  lineNumber!: number | null;

  @Field(() => NoticeLineView, { nullable: true, description: 'The line; null for the notice as a whole.' })
  async line(@Ctx() context: AdminContext): Promise<NoticeLineView | null> {
    if (this.lineNumber === null) return null;
    const line = await loader(context, lineLoader).load({ noticeId: this.noticeId, number: this.lineNumber });
    return line && noticeLineView(line);
  }

  memberId!: string;

  @Field(() => MemberView, { description: 'Who filed it.' })
  member(@Ctx() context: AdminContext): Promise<MemberView> {
    return memberOf(context, this.memberId);
  }

  @Field(() => [EvidenceFileView], { description: 'The files that are attached, nine at the most.' })
  async evidence(@Ctx() context: AdminContext): Promise<EvidenceFileView[]> {
    return (await loader(context, evidenceLoader).load(evidenceTarget(this.id))).map(evidenceFileView);
  }
}

export const ObjectionConnection = connectionType(ObjectionView, 'Objection');

export function objectionView(objection: Objection): ObjectionView {
  const { id, noticeId, memberId, lineNumber, text, state, filedAt, dueOn, settledAt, decidedBy, reason, answeredBy } =
    objection;
  return Object.assign(new ObjectionView(), {
    ...{ id, noticeId, memberId, lineNumber, text, state, filedAt, dueOn, settledAt, decidedBy, reason, answeredBy },
  });
}
