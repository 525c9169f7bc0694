import { beijingDay } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { groupBy } from '../../platform/group-by.ts';
import { newId } from '../../platform/ids.ts';
import type { Attributes } from '../../rules/attributes.ts';
import { EVENTS_AT_ONCE } from '../../rules/job-definitions.ts';
import { type NamedEvent, writeEvents } from '../../rules/write-events.ts';
import { type ReachedLevel, recordSkillLevels } from '../../unions/skill/record-skill-levels.ts';
import type { Competition } from '../plan/competition.entity.ts';
import type { Division } from '../plan/division.entity.ts';
import type { Stage } from '../plan/stage.entity.ts';
import type { NewWin } from './give-awards.ts';

/** What was won at. */
export interface WonAt {
  competition: Competition;
  stage: Stage;
  division: Division | null;
}

/**
 * Gives those who are part of the entries that won what is theirs: an activity event each where the award gives points,
 * and the skill level where it raises one. Substitutes who never came in get neither.
 */
export async function rewardMembers(tx: Tx, at: WonAt, wins: readonly NewWin[], now: Date): Promise<void> {
  const rewarding = wins.filter(({ award }) => award.givesPoints || award.skillLevel !== null);
  const members = await membersOf(
    tx,
    rewarding.map(({ entryId }) => entryId),
  );
  const each = rewarding.flatMap((win) => (members.get(win.entryId) ?? []).map(({ memberId }) => ({ win, memberId })));
  const today = beijingDay(now);
  await recordWins(
    tx,
    at.competition.programmeId,
    each.filter(({ win }) => win.award.givesPoints).map((one) => eventOf(at, one, today)),
    now,
  );
  const trade = at.division?.trade ?? at.competition.trade;
  const reached = each.flatMap(({ win, memberId }): ReachedLevel[] => {
    const { skillLevel: level } = win.award;
    if (level === null || trade === null) return [];
    return [{ memberId, trade, level, since: today, source: 'competition', causeId: win.id }];
  });
  await recordSkillLevels(tx, reached, now);
}

async function membersOf(tx: Tx, entryIds: readonly string[]): Promise<Map<string, { memberId: string }[]>> {
  const rows = await tx.query<{ entryId: string; memberId: string }[]>(
    `SELECT entry_id AS entryId, member_id AS memberId FROM entry_member
     WHERE entry_id IN (?) AND left_at IS NULL AND role <> 'substitute' ORDER BY entry_id, id`,
    [['', ...entryIds]],
  );
  return groupBy(rows, ({ entryId }) => entryId);
}

function eventOf(
  { competition, stage, division }: WonAt,
  { win, memberId }: { win: NewWin; memberId: string },
  occurredOn: string,
): NamedEvent {
  const attributes: Attributes = {
    竞赛: competition.name,
    赛项: stage.name,
    ...(division && { 组别: division.name }),
    名次: win.place,
    奖项: win.award.name,
  };
  // A reference stands for one event, and each of a team has her own.
  return { memberId, type: 'contest.award', attributes, occurredOn, reference: `${win.id}:${memberId}` };
}

async function recordWins(tx: Tx, programmeId: string | null, events: readonly NamedEvent[], now: Date): Promise<void> {
  if (programmeId === null) return;
  for (let from = 0; from < events.length; from += EVENTS_AT_ONCE) {
    const recorder = { programmeId, recordingId: newId(), recordedBy: 'system:competitions' };
    await writeEvents(tx, recorder, events.slice(from, from + EVENTS_AT_ONCE), now);
  }
}
