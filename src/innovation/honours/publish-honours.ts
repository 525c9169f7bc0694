import { In, MoreThan } from 'typeorm';
import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { LONGEST_TITLE } from '../../notices/limits.ts';
import { Objection } from '../../notices/objection.entity.ts';
import { publishNotice } from '../../notices/publish-notice.ts';
import { upheldObjections } from '../../notices/settle-notice.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { setAchievementState } from '../achievements/set-state.ts';
import { categoriesOf } from '../seasons/queries.ts';
import { seasonOver } from '../seasons/refusals.ts';
import { lockSeasonInScope } from '../seasons/scope.ts';
import { Season } from '../seasons/season.entity.ts';
import { noticeLines } from './list-lines.ts';
import { troubleWithScores } from './outdated.ts';
import { linesOf, newestList, newestPublished } from './queries.ts';
import { honoursNotListed, honoursPublished, objectionUnanswered } from './refusals.ts';
import { SeasonList } from './season-list.entity.ts';

/**
 * Puts the newest version of the list of honours in public view (achievements:check in the season's union) for as many
 * working days as the plan says; the version before, if there is one, is superseded by it and objections that were upheld
 * are answered. Resolves with the season's id; audited. Refusals: SEASON_UNKNOWN, SEASON_OVER, HONOURS_NOT_LISTED,
 * HONOURS_PUBLISHED, RANKING_OUTDATED, OBJECTION_UNANSWERED when one was upheld after the list was made, which it therefore cannot answer.
 */
export async function publishHonours(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { seasonId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'publishHonours', key, input }, async (tx, now) => {
    const { seasonId } = input;
    const found = await lockSeasonInScope(tx, caller, seasonId);
    if (!found.ok) return found;
    const { season, union } = found.value;
    const list = await listToPublish(tx, season);
    if (!list.ok) return list;
    const outdated = await troubleWithScores(tx, seasonId);
    if (outdated) return refuse(outdated);
    const before = await newestPublished(tx, seasonId);
    const unanswered = before === null ? 0 : await objectionsSince(tx, before.noticeId!, list.value.madeAt);
    if (unanswered > 0) return refuse(objectionUnanswered(unanswered));
    const noticeId = await publish(tx, season, { list: list.value, before }, caller.actor, now);
    await markListed(tx, list.value, before, now);
    await tx.update(Season, { id: seasonId }, { state: 'in_notice' });
    const target = { targetKind: 'season', targetId: seasonId, unionId: union.id };
    const change = {
      before: { state: season.state },
      after: { state: 'in_notice', version: list.value.version, noticeId },
    };
    await recordAudit(tx, { actor: caller.actor, action: 'publishHonours', ...target, ...change }, now);
    return accept(seasonId);
  });
}

async function listToPublish(tx: Tx, { id, state }: Season): Promise<Result<SeasonList>> {
  if (state === 'final' || state === 'cancelled') return refuse(seasonOver);
  const list = await newestList(tx, id);
  const trouble = list ? await troubleWith(tx, list) : honoursNotListed;
  return trouble ? refuse(trouble) : accept(list!);
}

async function troubleWith(tx: Tx, { seasonId, state }: SeasonList): Promise<Refusal | undefined> {
  const categories = (await categoriesOf(tx, [seasonId])).get(seasonId) ?? [];
  // Ranked anew or reopened since: the list does not say what the rankings do.
  if (categories.some((one) => one.panelId !== null && one.state !== 'listed')) return honoursNotListed;
  return state === 'provisional' ? undefined : honoursPublished;
}

/** How many objections were upheld, and not answered yet, since an instant. */
async function objectionsSince(tx: Tx, noticeId: string, since: Date): Promise<number> {
  const upheld = await upheldObjections(tx, noticeId);
  if (upheld.length === 0) return 0;
  return tx.countBy(Objection, { id: In(upheld.map(({ id }) => id)), settledAt: MoreThan(since) });
}

async function publish(
  tx: Tx,
  season: Season,
  { list, before }: { list: SeasonList; before: SeasonList | null },
  publishedBy: string,
  now: Date,
): Promise<string> {
  const { seasonId, version, reason } = list;
  const lines = await noticeLines(tx, list);
  const about = [
    `共 ${lines.length} 项成果拟予表彰，这是第 ${version} 版名单。`,
    ...(reason === null ? [] : [`更正原因：${reason}`]),
  ];
  const noticeId = await publishNotice(
    tx,
    {
      ...{ unionId: season.unionId, kind: 'honours', subjectId: seasonId, publishedBy, lines },
      title: `${season.name}表彰名单`.slice(0, LONGEST_TITLE),
      about: about.join('\n'),
      workingDays: season.noticeWorkingDays,
      ...(before !== null && { replaces: before.noticeId! }),
    },
    now,
  );
  await tx.update(SeasonList, { seasonId, version }, { state: 'in_notice', noticeId });
  return noticeId;
}

/** Says of achievements that they are on the list, and of those that were on the one before and are not any more. */
async function markListed(tx: Tx, list: SeasonList, before: SeasonList | null, now: Date): Promise<void> {
  const idsOf = async (one: SeasonList | null) =>
    (one ? await linesOf(tx, one) : []).map(({ achievementId }) => achievementId);
  const [were, are] = [new Set(await idsOf(before)), new Set(await idsOf(list))];
  const gone = [...were].filter((id) => !are.has(id));
  const come = [...are].filter((id) => !were.has(id));
  await setAchievementState(tx, gone, 'listed', 'eligible', now);
  await setAchievementState(tx, come, 'eligible', 'listed', now);
}
