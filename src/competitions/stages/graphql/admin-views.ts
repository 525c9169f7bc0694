import { Args, Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { PanelTaskView, panelTaskView } from '../../../judging/graphql/task-view.ts';
import { taskLoader } from '../../../judging/loaders.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { EntryView, entryView } from '../../entries/graphql/admin-views.ts';
import { StageView, stageView } from '../../plan/graphql/admin-part-views.ts';
import type { Stage } from '../../plan/stage.entity.ts';
import { advancedLoaders, entryLoader } from '../loaders.ts';
import type { StageAtHand } from '../scope.ts';
import type { AdvancedBy, StageAdvance } from '../stage-advance.entity.ts';
import { AdvancedByWord } from './words.ts';

@ObjectType('StageAdvance', { description: '晋级: that an entry goes on to the next stage.', simpleResolvers: true })
class StageAdvanceView {
  entryId!: string;

  @Field(() => Int, { description: 'Its place in the final ranking of the stage.' })
  place!: number;

  @Field(() => AdvancedByWord)
  kind!: AdvancedBy;

  @Field(() => String, { nullable: true, description: 'Why it was named; null for who goes on by the rule.' })
  reason!: string | null;

  @Field(() => InstantScalar)
  advancedAt!: Date;

  @Field(() => EntryView)
  async entry(@Ctx() context: AdminContext): Promise<EntryView> {
    return entryView((await loader(context, entryLoader).load(this.entryId))!);
  }
}

const StageAdvanceConnection = connectionType(StageAdvanceView, 'StageAdvance');

@ObjectType('StageRun', { description: 'How a stage is run, from its opening on.', simpleResolvers: true })
export class StageRunView {
  row!: Stage;

  @Field(() => IdScalar, { description: 'Of its panel: invite judges to it, assign them, import results.' })
  panelId!: string;

  @Field(() => IdScalar, { nullable: true, description: 'The newest version of its ranking; null before the first.' })
  rankingId!: string | null;

  @Field(() => IdScalar, {
    nullable: true,
    description: 'The newest version of it that was put in public view; null before the first.',
  })
  noticeId!: string | null;

  @Field(() => InstantScalar)
  openedAt!: Date;

  @Field(() => String, {
    nullable: true,
    description: 'Why its scoring goes on after a ranking was made; null otherwise.',
  })
  reopenedFor!: string | null;

  @Field(() => InstantScalar, { nullable: true, description: 'Null before its ranking is final.' })
  finalAt!: Date | null;

  @Field(() => PanelTaskView, {
    nullable: true,
    description:
      'What is done in the background for all its candidates, or could not be done the last time; else null. While it is under way, `stage` is as before.',
  })
  async task(@Ctx() context: AdminContext): Promise<PanelTaskView | null> {
    const task = await loader(context, taskLoader).load(this.panelId);
    return task && panelTaskView(task);
  }

  @Field(() => StageView)
  stage(): StageView {
    return stageView(this.row);
  }

  @Field(() => StageAdvanceConnection, { description: 'Who goes on from it, by place; none before it is final.' })
  async advanced(
    @Ctx() context: AdminContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<StageAdvanceView>> {
    const found = await loader(context, advancedLoaders)(pageAsked(page)).load(this.row.id);
    return connection(found, ({ place }) => String(place), stageAdvanceView);
  }
}

function stageAdvanceView({ entryId, place, kind, reason, advancedAt }: StageAdvance): StageAdvanceView {
  return Object.assign(new StageAdvanceView(), { entryId, place, kind, reason, advancedAt });
}

/** A stage that was opened. */
export function stageRunView({ stage, run }: StageAtHand): StageRunView {
  const { panelId, rankingId, noticeId, openedAt, reopenedFor, finalAt } = run!;
  return Object.assign(new StageRunView(), {
    ...{ row: stage, panelId, rankingId, noticeId, openedAt, reopenedFor, finalAt },
  });
}
