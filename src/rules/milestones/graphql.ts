import { Arg, Args, Ctx, Field, Int, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { type Connection, connection, connectionType } from '../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { DayScalar, IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import { partOfProgramme } from '../scope.ts';
import { type RunState, runsOf } from './runs.ts';

const RunStateWord = { RUNNING: 'running', DONE: 'done' } as const satisfies Record<string, RunState>;

registerEnumType(RunStateWord, {
  name: 'MilestoneRunState',
  description: 'How far the search for the milestones of a day is.',
  valuesConfig: {
    RUNNING: { description: '查找中: milestones are being recorded; a process that ended amid it goes on later.' },
    DONE: { description: '已完成: all milestones of the day are recorded.' },
  },
});

@ObjectType('MilestoneRun', {
  description: '人生节点登记: the search for what members lived on one day: birthdays, years of service and the like.',
  simpleResolvers: true,
})
class MilestoneRunView {
  @Field(() => DayScalar, { description: 'The Beijing day whose milestones it is about.' })
  day!: string;

  @Field(() => RunStateWord)
  state!: RunState;

  @Field(() => Int, {
    description: 'How many events it recorded so far, late ones of the weeks before the day among them.',
  })
  recorded!: number;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was done; null while it runs.' })
  finishedAt!: Date | null;
}

const MilestoneRunConnection = connectionType(MilestoneRunView, 'MilestoneRun');

@Resolver()
export class AdminMilestonesResolver {
  @Permission('events:read')
  @Query(() => MilestoneRunConnection, {
    description:
      'The days whose milestones were looked for in a programme that covers members of the branch, newest first.',
  })
  async milestoneRuns(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<MilestoneRunView>> {
    const asked = pageAsked(page);
    const { manager } = deps.db;
    const part = await partOfProgramme(manager, caller, 'events:read', programmeId);
    const runs = part.ok ? await runsOf(manager, programmeId, asked) : { items: [], hasNextPage: false };
    return connection(
      runs,
      (run) => run.day,
      (run) => Object.assign(new MilestoneRunView(), run),
    );
  }
}
