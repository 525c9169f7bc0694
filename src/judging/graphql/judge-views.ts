import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { EvidenceFileView, evidenceFileView, numberedFileViews } from '../../evidence/graphql/admin-views.ts';
import { evidenceLoader } from '../../evidence/loaders.ts';
import { type AdminContext, loader } from '../../identity/context.ts';
import { connectionType } from '../../platform/graphql/connection.ts';
import { IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import { criteriaOfJudge } from '../assignment/sections.ts';
import type { Judge, JudgeState } from '../judges/judge.entity.ts';
import type { Firm } from '../judges/queries.ts';
import { MOST_CONFLICTS, MOST_CRITERIA } from '../limits.ts';
import { conflictsLoader, criteriaLoader, loadLoader } from '../loaders.ts';
import { type PanelState, takesScores } from '../panels/panel.entity.ts';
import type { Seat } from '../scope.ts';
import type { OwnSheet } from '../sheets/queries.ts';
import type { SheetState } from '../sheets/sheet.entity.ts';
import { unionOf } from './admin-judge-views.ts';
import { CriterionView, criterionView } from './criterion-view.ts';
import { ScoreScalar } from './score.ts';
import { JudgeStateWord, PanelStateWord, SheetStateWord } from './words.ts';

@ObjectType('MyConflict', { description: '回避: a firm whose candidates you do not judge.', simpleResolvers: true })
class MyConflictView {
  @Field(() => IdScalar)
  unionId!: string;

  @Field(() => String, { description: 'Why, as it was declared.' })
  reason!: string;

  @Field(() => String)
  async unionName(@Ctx() context: AdminContext): Promise<string> {
    return (await unionOf(context, this.unionId)).name;
  }
}

@ObjectType('MyPanel', { description: '评审组: a panel on which you are or were to judge.', simpleResolvers: true })
export class MyPanelView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => PanelStateWord)
  state!: PanelState;

  @Field(() => JudgeStateWord, { description: 'With INVITED: answer by answerInvitation.' })
  invitation!: JudgeState;

  @Field(() => Boolean, { description: 'Whether you see numbers instead of names.' })
  blind!: boolean;

  @Field(() => InstantScalar, { nullable: true, description: 'From then on nobody scores any more.' })
  scoreUntil!: Date | null;

  @Field(() => Boolean, { description: 'Whether sheets can be saved and submitted now.' })
  takesScores(@Ctx() { deps }: AdminContext): boolean {
    return this.invitation === 'accepted' && takesScores(this, deps.clock.now());
  }

  unionId!: string;
  judge!: Judge;

  @Field(() => String, { description: 'The union that runs it.' })
  async unionName(@Ctx() context: AdminContext): Promise<string> {
    return (await unionOf(context, this.unionId)).name;
  }

  @Field(() => [CriterionView], { description: `What you score, in order; ${MOST_CRITERIA} at the most.` })
  async criteria(@Ctx() context: AdminContext): Promise<CriterionView[]> {
    const ofPanel = await loader(context, criteriaLoader).load(this.id);
    return criteriaOfJudge(this.judge, ofPanel).map(criterionView);
  }

  @Field(() => Int, { description: 'How many candidates are assigned to you.' })
  async assigned(@Ctx() context: AdminContext): Promise<number> {
    return (await loader(context, loadLoader).load(this.judge)).assigned;
  }

  @Field(() => Int, { description: 'How many of their sheets you have submitted.' })
  async submitted(@Ctx() context: AdminContext): Promise<number> {
    return (await loader(context, loadLoader).load(this.judge)).submitted;
  }

  @Field(() => [MyConflictView], {
    description: `The conflicts that were declared, ${MOST_CONFLICTS} at the most; your own firm is one without.`,
  })
  async conflicts(@Ctx() context: AdminContext): Promise<MyConflictView[]> {
    return (await loader(context, conflictsLoader).load(this.judge.id)).map(({ unionId, reason }) =>
      Object.assign(new MyConflictView(), { unionId, reason }),
    );
  }
}

export const MyPanelConnection = connectionType(MyPanelView, 'MyPanel');

export function myPanelView({ judge, panel }: Seat): MyPanelView {
  const { id, name, state, blind, scoreUntil, unionId } = panel;
  return Object.assign(new MyPanelView(), {
    ...{ id, name, state, blind, scoreUntil, unionId, invitation: judge.state, judge },
  });
}

@ObjectType('CriterionScore', { description: 'The score that was given for a criterion.', simpleResolvers: true })
class CriterionScoreView {
  @Field(() => Int, { description: 'The number of the criterion.' })
  criterion!: number;

  @Field(() => ScoreScalar, { description: 'Within the scale of the criterion.' })
  score!: number;
}

@ObjectType('MySheet', { description: '评分表: your score sheet for a candidate.', simpleResolvers: true })
export class MySheetView {
  @Field(() => Int, { description: 'The number by which you know the candidate; unique in the panel.' })
  number!: number;

  @Field(() => String, { nullable: true, description: 'The name of the candidate; null where the panel is blind.' })
  label!: string | null;

  @Field(() => SheetStateWord, { nullable: true, description: 'Null when you have not begun; never VOID.' })
  state!: SheetState | null;

  @Field(() => Boolean, { description: 'Whether the candidate has withdrawn, so that there is nothing to score.' })
  isWithdrawn!: boolean;

  @Field(() => [CriterionScoreView], {
    description: 'What you have saved or submitted, one for each criterion at the most.',
  })
  scores!: CriterionScoreView[];

  @Field(() => InstantScalar, { nullable: true })
  submittedAt!: Date | null;

  evidenceOf!: string | null;

  @Field(() => [EvidenceFileView], {
    description:
      'What the candidate handed in, nine files at the most; in a blind panel under numbers in the place of their names.',
  })
  async evidence(@Ctx() context: AdminContext): Promise<EvidenceFileView[]> {
    if (this.evidenceOf === null) return [];
    const files = await loader(context, evidenceLoader).load(this.evidenceOf);
    return this.label === null ? numberedFileViews(files) : files.map(evidenceFileView);
  }
}

export const MySheetConnection = connectionType(MySheetView, 'MySheet');

export function mySheetView({ scores, ...sheet }: OwnSheet): MySheetView {
  const given = [...scores].map(([criterion, score]) => Object.assign(new CriterionScoreView(), { criterion, score }));
  return Object.assign(new MySheetView(), { ...sheet, scores: given });
}

@ObjectType('PanelFirm', { description: 'A firm from which candidates of a panel come.', simpleResolvers: true })
export class PanelFirmView {
  @Field(() => IdScalar, { description: 'The id of its union.' })
  id!: string;

  @Field(() => String)
  name!: string;
}

export const PanelFirmConnection = connectionType(PanelFirmView, 'PanelFirm');

export function panelFirmView({ id, name }: Firm): PanelFirmView {
  return Object.assign(new PanelFirmView(), { id, name });
}
