import { Args, Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../identity/context.ts';
import { type Connection, connection, connectionType } from '../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import { UnionView } from '../../unions/graphql/admin-views.ts';
import { MOST_CRITERIA, MOST_JUDGES } from '../limits.ts';
import { candidatesLoaders, criteriaLoader, judgesLoader, progressLoader, taskLoader } from '../loaders.ts';
import type {
  Aggregation,
  LatenessRule,
  Normalisation,
  Panel,
  PanelKind,
  PanelState,
  TieBreak,
} from '../panels/panel.entity.ts';
import { CandidateConnection, type CandidateView, candidateView } from './admin-candidate-views.ts';
import { PanelJudgeView, panelJudgeView, unionOf } from './admin-judge-views.ts';
import { CriterionView, criterionView } from './criterion-view.ts';
import { PanelTaskView, panelTaskView } from './task-view.ts';
import {
  AggregationWord,
  LatenessRuleWord,
  NormalisationWord,
  PanelKindWord,
  PanelStateWord,
  TieBreakKindWord,
} from './words.ts';

@ObjectType('TieBreak', {
  description: 'Which of two candidates with the same total stands first.',
  simpleResolvers: true,
})
export class TieBreakView {
  @Field(() => TieBreakKindWord)
  kind!: TieBreak['kind'];

  @Field(() => Int, { nullable: true, description: 'With CRITERION: the number of the criterion; else null.' })
  number!: number | null;
}

@ObjectType('Panel', {
  description: '评审组: judges who score the candidates of a stage or season by criteria.',
  simpleResolvers: true,
})
export class PanelView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => PanelKindWord)
  kind!: PanelKind;

  @Field(() => IdScalar, { description: 'The stage or season for which it judges.' })
  subjectId!: string;

  unionId!: string;

  @Field(() => UnionView, { description: 'The union that runs it.' })
  union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionOf(context, this.unionId);
  }

  @Field(() => PanelStateWord)
  state!: PanelState;

  @Field(() => Int, { description: 'How many judges score each candidate.' })
  judgesPerEntry!: number;

  @Field(() => Int, { description: 'How many of them suffice with WITHOUT once the deadline is over.' })
  judgesNeeded!: number;

  @Field(() => Boolean, { description: 'Whether judges see numbers instead of names.' })
  blind!: boolean;

  @Field(() => NormalisationWord)
  normalise!: Normalisation;

  @Field(() => AggregationWord)
  aggregate!: Aggregation;

  @Field(() => LatenessRuleWord)
  late!: LatenessRule;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'From then on nobody scores any more; null while it is not set.',
  })
  scoreUntil!: Date | null;

  @Field(() => InstantScalar, { nullable: true })
  openedAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true })
  closedAt!: Date | null;

  @Field(() => [TieBreakView], { description: 'In the order in which they are tried; each kind and criterion once.' })
  tieBreaks!: TieBreakView[];

  @Field(() => [CriterionView], { description: `In order, ${MOST_CRITERIA} at the most.` })
  async criteria(@Ctx() context: AdminContext): Promise<CriterionView[]> {
    return (await loader(context, criteriaLoader).load(this.id)).map(criterionView);
  }

  @Field(() => [PanelJudgeView], {
    description: `Everybody who was invited, in that order, those who declined or withdrew too: ${MOST_JUDGES} at the most.`,
  })
  async judges(@Ctx() context: AdminContext): Promise<PanelJudgeView[]> {
    return (await loader(context, judgesLoader).load(this.id)).map(panelJudgeView);
  }

  @Field(() => Boolean, {
    description:
      'Whether a sheet was declared void, or results were imported, since the newest version of its ranking: rank it again, or that version neither is published nor becomes final.',
  })
  rankingOutdated!: boolean;

  @Field(() => PanelTaskView, {
    nullable: true,
    description: 'What is done in the background for it, or could not be done the last time; else null.',
  })
  async task(@Ctx() context: AdminContext): Promise<PanelTaskView | null> {
    const task = await loader(context, taskLoader).load(this.id);
    return task && panelTaskView(task);
  }

  @Field(() => Int, { description: 'How many candidates it was given, those who withdrew among them.' })
  candidateCount!: number;

  @Field(() => CandidateConnection, { description: 'Its candidates, in the order of their numbers.' })
  async candidates(
    @Ctx() context: AdminContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<CandidateView>> {
    const candidates = await loader(context, candidatesLoaders)(pageAsked(page)).load(this.id);
    return connection(candidates, ({ number }) => String(number), candidateView);
  }

  @Field(() => Int, { description: 'How many score sheets its judges are to submit.' })
  async assigned(@Ctx() context: AdminContext): Promise<number> {
    return (await loader(context, progressLoader).load(this.id)).assigned;
  }

  @Field(() => Int, { description: 'How many of them were submitted.' })
  async submitted(@Ctx() context: AdminContext): Promise<number> {
    return (await loader(context, progressLoader).load(this.id)).submitted;
  }
}

export function tieBreakView(one: TieBreak): TieBreakView {
  return Object.assign(new TieBreakView(), { kind: one.kind, number: one.kind === 'criterion' ? one.number : null });
}

export const PanelConnection = connectionType(PanelView, 'Panel');

export function panelView(panel: Panel): PanelView {
  const { id, name, kind, subjectId, unionId, state, judgesPerEntry, judgesNeeded, blind, normalise } = panel;
  const { aggregate, late, scoreUntil, openedAt, closedAt, candidateCount, rankingOutdated } = panel;
  const tieBreaks = panel.tieBreaks.map(tieBreakView);
  return Object.assign(new PanelView(), {
    ...{ id, name, kind, subjectId, unionId, state, judgesPerEntry, judgesNeeded, blind, normalise },
    ...{ aggregate, late, scoreUntil, openedAt, closedAt, candidateCount, rankingOutdated, tieBreaks },
  });
}
