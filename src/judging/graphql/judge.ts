import { Arg, Args, ArgsType, Ctx, Field, InputType, Int, Mutation, Query, Resolver } from 'type-graphql';
import { type AdminContext, loader } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { branchesOf } from '../../identity/queries.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { type Connection, connection, type Page } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar } from '../../platform/graphql/scalars.ts';
import { answer } from '../../unions/graphql/admin-answers.ts';
import { answerInvitation } from '../judges/answer-invitation.ts';
import { declareConflict } from '../judges/declare-conflict.ts';
import { firmsOf, seatsOf } from '../judges/queries.ts';
import { LONGEST_REASON, MOST_CONFLICTS } from '../limits.ts';
import { panelLoader } from '../loaders.ts';
import { ownSeat } from '../scope.ts';
import { ownSheets } from '../sheets/queries.ts';
import { sheetUnknown } from '../sheets/refusals.ts';
import { saveSheet } from '../sheets/save-sheet.ts';
import { submitSheet } from '../sheets/submit-sheet.ts';
import {
  MyPanelConnection,
  MyPanelView,
  MySheetConnection,
  MySheetView,
  myPanelView,
  mySheetView,
  PanelFirmConnection,
  type PanelFirmView,
  panelFirmView,
} from './judge-views.ts';
import { ScoreScalar } from './score.ts';

const AnswerInvitationResult = resultType('AnswerInvitation', MyPanelView);
const DeclareConflictResult = resultType('DeclareConflict', MyPanelView);
const SaveSheetResult = resultType('SaveSheet', MySheetView);
const SubmitSheetResult = resultType('SubmitSheet', MySheetView);

const SHEET_REFUSALS =
  'PERSON_NEEDED (API tokens), PANEL_UNKNOWN, PANEL_BUSY, SHEET_UNKNOWN, SCORING_CLOSED, CANDIDATE_WITHDRAWN, JUDGE_IN_CONFLICT, SHEET_SUBMITTED, CRITERION_UNKNOWN, SCORE_OFF_SCALE (`at` names the score)';

@InputType('CriterionScoreInput', { description: 'The score for a criterion.' })
class CriterionScoreInput {
  @Field(() => Int, { description: 'The number of a criterion that you judge.' })
  criterion!: number;

  @Field(() => ScoreScalar, { description: 'Within the scale of the criterion.' })
  score!: number;
}

@ArgsType()
class MySheetsArgs extends PageArgs {
  @Field(() => IdScalar)
  panelId!: string;

  @Field(() => Boolean, { nullable: true, description: 'Only those that were submitted, or only those that wait.' })
  submitted?: boolean | null;
}

@ArgsType()
class PanelFirmsArgs extends PageArgs {
  @Field(() => IdScalar)
  panelId!: string;
}

@ArgsType()
class SheetArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  panelId!: string;

  @Field(() => Int, { description: 'Of the sheet, as mySheets shows it.' })
  number!: number;

  @Field(() => [CriterionScoreInput], { description: 'Each criterion once, in the place of all that were saved.' })
  scores!: CriterionScoreInput[];
}

@ArgsType()
class DeclareConflictArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  panelId!: string;

  @Field(() => IdScalar, {
    nullable: true,
    description: 'A firm of the panel’s branch, see panelFirms; or else `number`.',
  })
  unionId?: string | null;

  @Field(() => Int, { nullable: true, description: 'Of a sheet of yours, whose candidate’s firm is meant.' })
  number?: number | null;

  @Field(() => String, { description: `1 to ${LONGEST_REASON} characters.` })
  reason!: string;
}

async function myPanel(context: AdminContext, outcome: Outcome): Promise<MyPanelView | RefusalView> {
  const { deps, caller } = context;
  return answer(context, outcome, (id) => ownSeat(deps.db.manager, caller, id), myPanelView);
}

async function mySheet(
  { deps, caller, language }: AdminContext,
  outcome: Outcome,
  { panelId, number }: SheetArgs,
): Promise<MySheetView | RefusalView> {
  const seat = outcome.ok ? await ownSeat(deps.db.manager, caller, panelId) : outcome;
  if (!seat.ok) return refusalView(seat.refusal, language);
  const { items } = await ownSheets(deps.db.manager, seat.value, { number }, { first: 1, after: undefined });
  return items[0] ? mySheetView(items[0]) : refusalView(sheetUnknown, language);
}

/** What a judge sees and does. */
@Resolver()
export class JudgeResolver {
  @Permission('scores:submit')
  @Query(() => MyPanelConnection, { description: 'The panels to which you were invited, the newest first.' })
  async myPanels(@Ctx() context: AdminContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<MyPanelView>> {
    const { deps, caller } = context;
    const branches = branchesOf(caller, 'scores:submit');
    const seats = await seatsOf(deps.db.manager, { operatorId: caller.operatorId ?? '', branches }, pageAsked(page));
    const panels = await loader(context, panelLoader).loadMany(seats.items.map(({ panelId }) => panelId));
    const found = seats.items.flatMap((judge, i) => {
      const panel = panels[i];
      return panel && !(panel instanceof Error) ? [{ judge, panel }] : [];
    });
    return connection({ ...seats, items: found }, ({ judge }) => judge.id, myPanelView);
  }

  @Permission('scores:submit')
  @Query(() => MySheetConnection, {
    description:
      'Your score sheets on a panel, in the order of their numbers; none before scoring opens and you have accepted.',
  })
  async mySheets(
    @Ctx() { deps, caller }: AdminContext,
    @Args(() => MySheetsArgs) { panelId, submitted, ...args }: MySheetsArgs,
  ): Promise<Connection<MySheetView>> {
    const page = pageAsked(args);
    const seat = await ownSeat(deps.db.manager, caller, panelId);
    const sheets = seat.ok
      ? await ownSheets(deps.db.manager, seat.value, { submitted: submitted ?? undefined }, page)
      : { items: [], hasNextPage: false };
    return connection(sheets, ({ number }) => String(number), mySheetView);
  }

  @Permission('scores:submit')
  @Query(() => PanelFirmConnection, {
    description: 'The firms from which the candidates of a panel of yours come, for declaring conflicts.',
  })
  async panelFirms(
    @Ctx() { deps, caller }: AdminContext,
    @Args(() => PanelFirmsArgs) { panelId, ...args }: PanelFirmsArgs,
  ): Promise<Connection<PanelFirmView>> {
    const page = pageAsked(args);
    const seat = await ownSeat(deps.db.manager, caller, panelId);
    const firms: Page<{ id: string; name: string }> = seat.ok
      ? await firmsOf(deps.db.manager, seat.value.panel, page)
      : { items: [], hasNextPage: false };
    return connection(firms, ({ id }) => id, panelFirmView);
  }

  @Permission('scores:submit')
  @Mutation(() => AnswerInvitationResult, {
    description: `Accepts or declines an invitation of yours. Refusals: PERSON_NEEDED (API tokens), PANEL_UNKNOWN, PANEL_BUSY, PANEL_CLOSED, INVITATION_SETTLED, ${KEY_REFUSALS}.`,
  })
  async answerInvitation(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('panelId', () => IdScalar) panelId: string,
    @Arg('accept', () => Boolean, { description: 'True accepts, false declines.' }) accept: boolean,
  ): Promise<MyPanelView | RefusalView> {
    return myPanel(context, await answerInvitation(context.deps, context.caller, key, { panelId, accept }));
  }

  @Permission('scores:submit')
  @Mutation(() => DeclareConflictResult, {
    description: `Declares that you must not judge a firm, with its branches: you are taken off its candidates that you have not scored. Your own firm need not be declared. Refusals: PERSON_NEEDED (API tokens), PANEL_UNKNOWN, PANEL_BUSY, PANEL_CLOSED, CONFLICT_TARGET (name one of unionId and number), UNION_UNKNOWN, SHEET_UNKNOWN, CONFLICTS_TOO_MANY (${MOST_CONFLICTS}), REASON_MISSING, ${KEY_REFUSALS}.`,
  })
  async declareConflict(
    @Ctx() context: AdminContext,
    @Args(() => DeclareConflictArgs) { key, panelId, unionId, number, reason }: DeclareConflictArgs,
  ): Promise<MyPanelView | RefusalView> {
    const input = { panelId, unionId: unionId ?? null, number: number ?? null, reason };
    return myPanel(context, await declareConflict(context.deps, context.caller, key, input));
  }

  @Permission('scores:submit')
  @Mutation(() => SaveSheetResult, {
    description: `Keeps what you have put on a sheet so far, as often as you like. Refusals: ${SHEET_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async saveSheet(
    @Ctx() context: AdminContext,
    @Args(() => SheetArgs) args: SheetArgs,
  ): Promise<MySheetView | RefusalView> {
    return mySheet(context, await saveSheet(context.deps, context.caller, args.key, sheetFilled(args)), args);
  }

  @Permission('scores:submit')
  @Mutation(() => SubmitSheetResult, {
    description: `Hands in a sheet with a score for each of your criteria. Once: it cannot be changed after. Refusals: ${SHEET_REFUSALS}, SHEET_INCOMPLETE, ${KEY_REFUSALS}.`,
  })
  async submitSheet(
    @Ctx() context: AdminContext,
    @Args(() => SheetArgs) args: SheetArgs,
  ): Promise<MySheetView | RefusalView> {
    return mySheet(context, await submitSheet(context.deps, context.caller, args.key, sheetFilled(args)), args);
  }
}

function sheetFilled({ panelId, number, scores }: SheetArgs) {
  return { panelId, number, scores: scores.map((score) => ({ ...score })) };
}
