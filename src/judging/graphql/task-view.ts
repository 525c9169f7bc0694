import { Ctx, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { InstantScalar } from '../../platform/graphql/scalars.ts';
import type { PanelTask, TaskKind } from '../tasks/panel-task.entity.ts';

const TaskKindWord = {
  FILL: 'fill',
  ASSIGN: 'assign',
  START: 'start',
  CLOSE: 'close',
  RANK: 'rank',
  DISQUALIFY: 'disqualify',
} as const satisfies Record<string, TaskKind>;

registerEnumType(TaskKindWord, {
  name: 'PanelTaskKind',
  description: 'What is done in the background for a panel.',
  valuesConfig: {
    FILL: { description: '录入参评对象: its candidates are added.' },
    ASSIGN: { description: '分配评委: judges are assigned to its candidates.' },
    START: { description: '开始评分' },
    CLOSE: { description: '结束评分并排名' },
    RANK: { description: '重新排名' },
    DISQUALIFY: { description: '取消资格并重新排名' },
  },
});

@ObjectType('PanelTask', {
  description:
    '后台任务: what is done in the background for a panel of more than 5,000 candidates. While it is under way nothing else can be done with the panel.',
  simpleResolvers: true,
})
export class PanelTaskView {
  row!: PanelTask;

  @Field(() => TaskKindWord)
  kind!: TaskKind;

  @Field(() => InstantScalar, { description: 'When an admin asked for it.' })
  askedAt!: Date;

  @Field(() => Int, { description: 'Steps done, of `of`; ask again in a few seconds.' })
  done!: number;

  @Field(() => Int, { description: 'Steps in all.' })
  of!: number;

  @Field(() => RefusalView, {
    nullable: true,
    description: 'Why it could not be done, which left everything as it was before; null while it is under way.',
  })
  failure(@Ctx() { language }: AdminContext): RefusalView | null {
    const { failureCode: code, failureZh: zh, failureEn: en } = this.row;
    return code === null ? null : refusalView({ code, message: { zh: zh!, en: en! } }, language);
  }
}

export function panelTaskView(row: PanelTask): PanelTaskView {
  const { kind, askedAt, done, total } = row;
  return Object.assign(new PanelTaskView(), { row, kind, askedAt, done, of: total });
}
