import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { LONGEST_NAME } from '../../judging/limits.ts';
import { addCandidates } from '../../judging/panels/add-candidates.ts';
import { createPanel } from '../../judging/panels/create-panel.ts';
import { deadlineOver } from '../../judging/panels/refusals.ts';
import { minuteInBeijing } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { Category } from '../seasons/category.entity.ts';
import { categoriesOf } from '../seasons/queries.ts';
import { seasonOver } from '../seasons/refusals.ts';
import { lockSeasonInScope } from '../seasons/scope.ts';
import { Season } from '../seasons/season.entity.ts';
import { readCandidates } from './read-candidates.ts';
import { achievementsMissing, checksWaiting, declarationsStillOpen, reviewBegun, seasonNotOpened } from './refusals.ts';

/**
 * Opens the review of a season (achievements:check in its union) once its time for declarations is over and every
 * achievement was checked: makes a panel for each category in which any may be judged, to which judges can be invited
 * then, and who score until `scoreUntil`. From now on the firm of an achievement counts as it is now. What was returned
 * and not submitted again takes no part. Resolves with the season's id; audited. Refusals: SEASON_UNKNOWN, SEASON_DRAFT,
 * SEASON_OVER, REVIEW_BEGUN, DECLARATIONS_STILL_OPEN, CHECKS_WAITING, DEADLINE_OVER, ACHIEVEMENTS_MISSING.
 */
export async function openReview(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { seasonId: string; scoreUntil: Date },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'openReview', key, input }, async (tx, now) => {
    const { seasonId, scoreUntil } = input;
    const found = await lockSeasonInScope(tx, caller, seasonId);
    if (!found.ok) return found;
    const { season, union } = found.value;
    const trouble = await troubleWith(tx, season, now);
    if (trouble) return refuse(trouble);
    if (scoreUntil <= now) return refuse(deadlineOver('scoreUntil'));
    const opened: Record<string, number> = {};
    for (const category of (await categoriesOf(tx, [seasonId])).get(seasonId) ?? []) {
      const added = await openCategory(tx, season, category, scoreUntil, now);
      if (!added.ok) return added;
      if (added.value > 0) opened[category.number] = added.value;
    }
    if (Object.keys(opened).length === 0) return refuse(achievementsMissing);
    await tx.update(Season, { id: seasonId, state: 'open' }, { state: 'reviewing', reviewingAt: now });
    const target = { targetKind: 'season', targetId: seasonId, unionId: union.id };
    const change = { before: { state: 'open' }, after: { state: 'reviewing', candidates: opened, scoreUntil } };
    await recordAudit(tx, { actor: caller.actor, action: 'openReview', ...target, ...change }, now);
    return accept(seasonId);
  });
}

async function troubleWith(tx: Tx, { id, state, declareUntil }: Season, now: Date): Promise<Refusal | undefined> {
  if (state === 'draft') return seasonNotOpened;
  if (state === 'final' || state === 'cancelled') return seasonOver;
  if (state !== 'open') return reviewBegun;
  if (now < declareUntil) return declarationsStillOpen(minuteInBeijing(declareUntil));
  const [row]: { waiting: string }[] = await tx.query(
    "SELECT COUNT(*) AS waiting FROM achievement WHERE season_id = ? AND state = 'submitted'",
    [id],
  );
  const waiting = Number(row!.waiting);
  return waiting > 0 ? checksWaiting(waiting) : undefined;
}

/** Makes the panel of a category with its candidates; resolves with how many, and with 0 makes none. */
async function openCategory(
  tx: Tx,
  season: Season,
  category: Category,
  scoreUntil: Date,
  now: Date,
): Promise<Result<number>> {
  const { id, seasonId, number, criteria, judging } = category;
  let count = 0;
  let panelId = '';
  for await (const candidates of readCandidates(tx, category)) {
    if (count === 0) {
      const name = `${season.name}｜${category.name}`.slice(0, LONGEST_NAME);
      const terms = { ...judging, criteria, name, scoreUntil };
      const panel = await createPanel(tx, { unionId: season.unionId, kind: 'season', subjectId: id, terms }, now);
      if (!panel.ok) return panel;
      panelId = panel.value;
    }
    await addCandidates(tx, panelId, candidates);
    await insertRows(
      tx,
      'season_candidate',
      ['achievement_id', 'season_id', 'category_number', 'reserve_number'],
      candidates.map((one) => [one.id, seasonId, number, one.reserve]),
    );
    count += candidates.length;
  }
  if (count > 0) await tx.update(Category, { id }, { state: 'open', panelId });
  return accept(count);
}
