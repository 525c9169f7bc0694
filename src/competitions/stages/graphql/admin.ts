import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { answer } from '../../../unions/graphql/admin-answers.ts';
import { StageView, stageView } from '../../plan/graphql/admin-part-views.ts';
import { LONGEST_REASON } from '../../plan/limits.ts';
import { closeStage } from '../close-stage.ts';
import { disqualifyEntry } from '../disqualify-entry.ts';
import { leaveVacant } from '../leave-vacant.ts';
import { nameWildCard } from '../name-wild-card.ts';
import { openStage } from '../open-stage.ts';
import { publishRanking } from '../publish-ranking.ts';
import { rankAgain } from '../rank-again.ts';
import { reopenStage } from '../reopen-stage.ts';
import { stageInScope } from '../scope.ts';
import { startScoring } from '../start-scoring.ts';
import { StageRunView, stageRunView } from './admin-views.ts';

const OpenStageResult = resultType('OpenStage', StageRunView);
const StartScoringResult = resultType('StartScoring', StageRunView);
const CloseStageResult = resultType('CloseStage', StageRunView);
const PublishRankingResult = resultType('PublishRanking', StageRunView);
const ReopenStageResult = resultType('ReopenStage', StageRunView);
const RankAgainResult = resultType('RankAgain', StageRunView);
const DisqualifyEntryResult = resultType('DisqualifyEntry', StageRunView);
const LeaveStageVacantResult = resultType('LeaveStageVacant', StageView);
const NameWildCardResult = resultType('NameWildCard', StageRunView);

const STAGE_REFUSALS = 'STAGE_UNKNOWN, COMPETITION_DRAFT, COMPETITION_OVER, STAGE_BUSY';
const LARGE =
  'Where there are more than 5,000 candidates it is done in the background: see `task`, which also says why it could not be done.';
const REASON = { description: `Members will read it: 1 to ${LONGEST_REASON} characters.` };

/** How the stages of competitions are run. */
@Resolver()
export class AdminStagesResolver {
  @Permission('competitions:read')
  @Query(() => StageRunView, {
    nullable: true,
    description: 'How a stage of your branches is run; null before it was opened, and for any other id.',
  })
  async stageRun(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('stageId', () => IdScalar) stageId: string,
  ): Promise<StageRunView | null> {
    const found = await stageInScope(deps.db.manager, caller, 'competitions:read', stageId);
    return found.ok && found.value.run ? stageRunView(found.value) : null;
  }

  @Permission('competitions:write')
  @Mutation(() => OpenStageResult, {
    description: `Opens a stage: makes its panel with everybody who begins there or advanced to it, to which judges can be invited then. ${LARGE} Refusals: ${STAGE_REFUSALS}, STAGE_BEGUN, CHANGES_STILL_OPEN, STAGE_TOO_EARLY, ADVANCE_TOO_EARLY, IMPORT_UNDER_WAY, ENTRIES_MISSING, ${KEY_REFUSALS}.`,
  })
  async openStage(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('stageId', () => IdScalar) stageId: string,
  ): Promise<StageRunView | RefusalView> {
    return stageRun(context, await openStage(context.deps, context.caller, key, { stageId }));
  }

  @Permission('competitions:write')
  @Mutation(() => StartScoringResult, {
    description: `Lets the judges of an open stage score, once they were assigned. ${LARGE} Refusals: ${STAGE_REFUSALS}, STAGE_NOT_OPEN, WEIGHTS_NOT_WHOLE, DEADLINE_OVER, CANDIDATES_MISSING, CRITERIA_OVERLAP, NOT_ENOUGH_JUDGES, JUDGE_IN_CONFLICT, ${KEY_REFUSALS}.`,
  })
  async startScoring(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('stageId', () => IdScalar) stageId: string,
  ): Promise<StageRunView | RefusalView> {
    return stageRun(context, await startScoring(context.deps, context.caller, key, { stageId }));
  }

  @Permission('competitions:write')
  @Mutation(() => CloseStageResult, {
    description: `Ends the scoring of a stage and ranks it. ${LARGE} Refusals: ${STAGE_REFUSALS}, STAGE_NOT_SCORING, SCORES_MISSING, CONFLICT_SCORED, ${KEY_REFUSALS}.`,
  })
  async closeStage(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('stageId', () => IdScalar) stageId: string,
  ): Promise<StageRunView | RefusalView> {
    return stageRun(context, await closeStage(context.deps, context.caller, key, { stageId }));
  }

  @Permission('competitions:write')
  @Mutation(() => PublishRankingResult, {
    description: `Puts the ranking of a stage in public view, in place of the version before. It becomes final by itself once the notice is over, no objection is open and no score has changed since; who advances goes on then, and awards are given. Refusals: ${STAGE_REFUSALS}, STAGE_NOT_RANKED, RANKING_PUBLISHED, RANKING_OUTDATED, OBJECTION_UNANSWERED, ${KEY_REFUSALS}.`,
  })
  async publishRanking(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('stageId', () => IdScalar) stageId: string,
  ): Promise<StageRunView | RefusalView> {
    return stageRun(context, await publishRanking(context.deps, context.caller, key, { stageId }));
  }

  @Permission('competitions:write')
  @Mutation(() => ReopenStageResult, {
    description: `Lets the judges of a stage whose ranking is not final score again what was declared void; close the stage again for a new version. Refusals: ${STAGE_REFUSALS}, STAGE_NOT_RANKED, REASON_NEEDED, DEADLINE_OVER, ${KEY_REFUSALS}.`,
  })
  async reopenStage(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('stageId', () => IdScalar) stageId: string,
    @Arg('scoreUntil', () => InstantScalar, { description: 'From then on nobody scores any more.' }) scoreUntil: Date,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<StageRunView | RefusalView> {
    const input = { stageId, scoreUntil, reason };
    return stageRun(context, await reopenStage(context.deps, context.caller, key, input));
  }

  @Permission('competitions:write')
  @Mutation(() => RankAgainResult, {
    description: `Makes a new version of a ranking that is not final from the scores as they are now; publish it then, which answers the objections that were upheld. ${LARGE} Refusals: ${STAGE_REFUSALS}, STAGE_NOT_RANKED, REASON_NEEDED, SCORES_MISSING, ${KEY_REFUSALS}.`,
  })
  async rankAgain(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('stageId', () => IdScalar) stageId: string,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<StageRunView | RefusalView> {
    return stageRun(context, await rankAgain(context.deps, context.caller, key, { stageId, reason }));
  }

  @Permission('competitions:write')
  @Mutation(() => DisqualifyEntryResult, {
    description: `Takes an entry out of a ranking that is not final and makes a new version without it; publish it then. ${LARGE} Refusals: ${STAGE_REFUSALS}, STAGE_NOT_RANKED, REASON_NEEDED, ENTRY_UNKNOWN, OWN_ENTRY, SCORES_MISSING, ${KEY_REFUSALS}.`,
  })
  async disqualifyEntry(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('stageId', () => IdScalar) stageId: string,
    @Arg('entryId', () => IdScalar) entryId: string,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<StageRunView | RefusalView> {
    const input = { stageId, entryId, reason };
    return stageRun(context, await disqualifyEntry(context.deps, context.caller, key, input));
  }

  @Permission('competitions:write')
  @Mutation(() => NameWildCardResult, {
    description: `Lets an entry go on that the rule does not take, once the ranking is final and before the next stage begins, as often as the plan has wild cards. Refusals: ${STAGE_REFUSALS}, STAGE_IS_LAST, ADVANCE_TOO_EARLY, STAGE_BEGUN, WILD_CARDS_USED, REASON_NEEDED, ENTRY_UNKNOWN, ENTRY_ADVANCED, OWN_ENTRY, ${KEY_REFUSALS}.`,
  })
  async nameWildCard(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('stageId', () => IdScalar) stageId: string,
    @Arg('entryId', () => IdScalar) entryId: string,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<StageRunView | RefusalView> {
    const input = { stageId, entryId, reason };
    return stageRun(context, await nameWildCard(context.deps, context.caller, key, input));
  }

  @Permission('competitions:write')
  @Mutation(() => LeaveStageVacantResult, {
    description: `Leaves a stage vacant that was not opened and to which nobody came, once its heats are final: nobody goes on from it and its awards are not given. One to which nobody can come any more, as no wild card could be named either, is passed over by itself. Refusals: ${STAGE_REFUSALS}, STAGE_BEGUN, ADVANCE_TOO_EARLY, STAGE_HAS_ENTRIES, REASON_NEEDED, ${KEY_REFUSALS}.`,
  })
  async leaveStageVacant(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('stageId', () => IdScalar) stageId: string,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<StageView | RefusalView> {
    const { deps, caller } = context;
    const outcome = await leaveVacant(deps, caller, key, { stageId, reason });
    const find = (id: string) => stageInScope(deps.db.manager, caller, 'competitions:write', id);
    return answer(context, outcome, find, ({ stage }) => stageView(stage));
  }
}

/** What a mutation of a stage answers with: its run read anew. */
function stageRun(context: AdminContext, outcome: Outcome): Promise<StageRunView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => stageInScope(deps.db.manager, caller, 'competitions:write', id);
  return answer(context, outcome, find, stageRunView);
}
