import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../identity/context.ts';
import { connectionType } from '../../platform/graphql/connection.ts';
import { IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import { UnionView, unionView } from '../../unions/graphql/admin-views.ts';
import { unionLoader } from '../../unions/loaders.ts';
import type { FitJudge } from '../judges/at-hand.ts';
import type { JudgeConflict } from '../judges/conflict.entity.ts';
import type { Judge, JudgeState } from '../judges/judge.entity.ts';
import { MOST_CONFLICTS } from '../limits.ts';
import { accountNameLoader, conflictsLoader, loadLoader, ownUnionLoader } from '../loaders.ts';
import { JudgeStateWord } from './words.ts';

/** The union of this id. */
export async function unionOf(context: AdminContext, id: string): Promise<UnionView> {
  const union = await loader(context, unionLoader).load(id);
  if (!union) throw new Error(`the union ${id} has gone`);
  return unionView(union);
}

@ObjectType('JudgeConflict', {
  description: '回避: a union whose candidates a judge does not judge, its branches and the firm above neither.',
  simpleResolvers: true,
})
export class JudgeConflictView {
  unionId!: string;

  @Field(() => UnionView, { description: 'The union that was named.' })
  union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionOf(context, this.unionId);
  }

  @Field(() => String, { description: 'Why, as it was declared.' })
  reason!: string;

  @Field(() => String, { description: 'Who declared it: operator:<id>.' })
  declaredBy!: string;

  @Field(() => InstantScalar)
  declaredAt!: Date;
}

export function judgeConflictView({ unionId, reason, declaredBy, declaredAt }: JudgeConflict): JudgeConflictView {
  return Object.assign(new JudgeConflictView(), { unionId, reason, declaredBy, declaredAt });
}

@ObjectType('PanelJudge', { description: '评委: somebody who was invited to a panel.', simpleResolvers: true })
export class PanelJudgeView {
  @Field(() => IdScalar)
  id!: string;

  panelId!: string;

  @Field(() => IdScalar, { description: 'The admin account.' })
  adminId!: string;

  @Field(() => String)
  name(@Ctx() context: AdminContext): Promise<string> {
    return loader(context, accountNameLoader).load(this.adminId);
  }

  @Field(() => JudgeStateWord)
  state!: JudgeState;

  @Field(() => [Int], {
    nullable: true,
    description: 'Numbers of the criteria to judge; null for all that are judged.',
  })
  criteria!: number[] | null;

  @Field(() => InstantScalar)
  invitedAt!: Date;

  @Field(() => InstantScalar, { nullable: true })
  answeredAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'With WITHDRAWN: why; else null.' })
  withdrawnReason!: string | null;

  @Field(() => Int, { description: 'How many candidates are assigned to the judge.' })
  async assigned(@Ctx() context: AdminContext): Promise<number> {
    return (await loader(context, loadLoader).load(this)).assigned;
  }

  @Field(() => Int, { description: 'How many of their sheets were submitted.' })
  async submitted(@Ctx() context: AdminContext): Promise<number> {
    return (await loader(context, loadLoader).load(this)).submitted;
  }

  @Field(() => UnionView, {
    nullable: true,
    description:
      'The union on whose roll the judge is, whose candidates she does not judge; null when the account is linked to no member.',
  })
  async ownUnion(@Ctx() context: AdminContext): Promise<UnionView | null> {
    const own = await loader(context, ownUnionLoader).load(this.id);
    return own && unionOf(context, own.id);
  }

  @Field(() => [JudgeConflictView], { description: `The conflicts that were declared, ${MOST_CONFLICTS} at the most.` })
  async conflicts(@Ctx() context: AdminContext): Promise<JudgeConflictView[]> {
    return (await loader(context, conflictsLoader).load(this.id)).map(judgeConflictView);
  }
}

export function panelJudgeView(judge: Judge): PanelJudgeView {
  const { id, panelId, operatorId, state, criteria, invitedAt, answeredAt, withdrawnReason } = judge;
  return Object.assign(new PanelJudgeView(), {
    ...{ id, panelId, adminId: operatorId, state, criteria, invitedAt, answeredAt, withdrawnReason },
  });
}

@ObjectType('JudgeAtHand', { description: 'An admin who may be invited to judge.', simpleResolvers: true })
export class JudgeAtHandView {
  @Field(() => IdScalar)
  adminId!: string;

  @Field(() => String)
  name!: string;
}

export const JudgeAtHandConnection = connectionType(JudgeAtHandView, 'JudgeAtHand');

export function judgeAtHandView({ adminId, name }: FitJudge): JudgeAtHandView {
  return Object.assign(new JudgeAtHandView(), { adminId, name });
}
