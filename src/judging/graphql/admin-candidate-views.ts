import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { EvidenceFileView, evidenceFileView } from '../../evidence/graphql/admin-views.ts';
import { evidenceLoader } from '../../evidence/loaders.ts';
import { type AdminContext, loader } from '../../identity/context.ts';
import { connectionType } from '../../platform/graphql/connection.ts';
import { IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import { UnionView } from '../../unions/graphql/admin-views.ts';
import { judgesLoader, panelLoader, sheetsLoader } from '../loaders.ts';
import type { Candidate, CandidateState } from '../panels/candidate.entity.ts';
import type { SheetOfCandidate } from '../sheets/queries.ts';
import type { SheetState } from '../sheets/sheet.entity.ts';
import { unionOf } from './admin-judge-views.ts';
import { CandidateStateWord, SheetStateWord } from './words.ts';

@ObjectType('PanelSheet', { description: '评分表: that a judge is to score a candidate.', simpleResolvers: true })
export class PanelSheetView {
  @Field(() => IdScalar, { description: 'One of the panel’s judges.' })
  judgeId!: string;

  @Field(() => SheetStateWord, { nullable: true, description: 'Null when the judge has not begun.' })
  state!: SheetState | null;

  @Field(() => InstantScalar, { nullable: true })
  submittedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'With VOID: why; else null.' })
  voidReason!: string | null;
}

function panelSheetView({ judgeId, state, submittedAt, voidReason }: SheetOfCandidate): PanelSheetView {
  return Object.assign(new PanelSheetView(), { judgeId, state, submittedAt, voidReason });
}

/** Whether a panel is blind and the caller one of its judges, who must not find out whom she judges. */
async function isBlindTo(context: AdminContext, panelId: string): Promise<boolean> {
  const panel = await loader(context, panelLoader).load(panelId);
  if (!panel?.blind) return false;
  const judges = await loader(context, judgesLoader).load(panelId);
  return judges.some(({ operatorId }) => operatorId === context.caller.operatorId);
}

@ObjectType('PanelCandidate', { description: '参评对象: what a panel scores.', simpleResolvers: true })
export class CandidateView {
  @Field(() => IdScalar, { description: 'The id of the entry or achievement.' })
  id!: string;

  @Field(() => Int, { description: 'The number of order, 1 for the first.' })
  number!: number;

  drawnNumber!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The number that the judges of a blind panel see; null before scoring opens, in any other panel, and for who is one of the judges.',
  })
  async blindNumber(@Ctx() context: AdminContext): Promise<number | null> {
    return (await isBlindTo(context, this.panelId)) ? null : this.drawnNumber;
  }

  @Field(() => String, { description: 'Its name, as judges read it where the panel is not blind.' })
  label!: string;

  @Field(() => CandidateStateWord)
  state!: CandidateState;

  unionId!: string;

  @Field(() => UnionView, { description: 'The union of its firm.' })
  union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionOf(context, this.unionId);
  }

  panelId!: string;
  evidenceOf!: string | null;

  @Field(() => [EvidenceFileView], {
    description:
      'What it handed in, nine files at the most. Empty in a blind panel for who is one of the judges, who finds them with her sheet.',
  })
  async evidence(@Ctx() context: AdminContext): Promise<EvidenceFileView[]> {
    if (this.evidenceOf === null || (await isBlindTo(context, this.panelId))) return [];
    return (await loader(context, evidenceLoader).load(this.evidenceOf)).map(evidenceFileView);
  }

  @Field(() => [PanelSheetView], {
    description:
      'One for each judge to whom it is assigned, and those that were declared void. Empty in a blind panel for who is one of the judges.',
  })
  async sheets(@Ctx() context: AdminContext): Promise<PanelSheetView[]> {
    if (await isBlindTo(context, this.panelId)) return [];
    return (await loader(context, sheetsLoader).load(this)).map(panelSheetView);
  }
}

export const CandidateConnection = connectionType(CandidateView, 'PanelCandidate');

export function candidateView(candidate: Candidate): CandidateView {
  const { panelId, id, number, blindNumber, label, state, unionId, evidenceOf } = candidate;
  return Object.assign(new CandidateView(), {
    ...{ panelId, id, number, drawnNumber: blindNumber, label, state, unionId, evidenceOf },
  });
}
