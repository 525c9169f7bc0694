import { In } from 'typeorm';
import { beijingDay } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import type { Attributes } from '../../rules/attributes.ts';
import { EVENTS_AT_ONCE } from '../../rules/job-definitions.ts';
import { type NamedEvent, writeEvents } from '../../rules/write-events.ts';
import { Achievement } from '../achievements/achievement.entity.ts';
import { authorsOf } from '../achievements/queries.ts';
import type { AchievementGroup, AchievementKind } from '../kinds.ts';
import type { Grade } from '../seasons/grade.entity.ts';
import { gradesOf } from '../seasons/queries.ts';
import type { Season } from '../seasons/season.entity.ts';
import type { NewHonour } from './give-honours.ts';

/** As the event type `innovation.achievement` has them. */
const KIND_WORDS: Record<AchievementKind, string> = {
  ...{ technical: '技术成果', technique: '绝招绝技绝活', method: '先进操作法', proposal: '合理化建议' },
  ...{ patent: '专利', improvement: '改进' },
};
const GROUP_WORDS: Record<AchievementGroup, string> = { workers: '职工组', professionals: '专业组' };

/** Records an activity event for each author of what was honoured with a grade that gives points, by the programme's rules. */
export async function rewardAuthors(tx: Tx, season: Season, honours: readonly NewHonour[], now: Date): Promise<void> {
  const { id: seasonId, programmeId } = season;
  if (programmeId === null) return;
  const grades = (await gradesOf(tx, [seasonId])).get(seasonId) ?? [];
  const gradeOf = ({ categoryNumber, gradeNumber }: NewHonour) =>
    grades.find((one) => one.categoryNumber === categoryNumber && one.number === gradeNumber)!;
  const rewarding = honours.filter((honour) => gradeOf(honour).givesPoints);
  const ids = rewarding.map(({ achievementId }) => achievementId);
  const achievements = new Map((await tx.findBy(Achievement, { id: In(ids) })).map((one) => [one.id, one]));
  const authors = await authorsOf(tx, ids);
  const occurredOn = beijingDay(now);
  const events = rewarding.flatMap((honour) => {
    const attributes = attributesOf(achievements.get(honour.achievementId)!, gradeOf(honour));
    return (authors.get(honour.achievementId) ?? []).map(
      ({ memberId }): NamedEvent => ({
        ...{ memberId, type: 'innovation.achievement', attributes, occurredOn },
        // A reference stands for one event, and each of the authors has her own.
        reference: `${honour.id}:${memberId}`,
      }),
    );
  });
  for (let from = 0; from < events.length; from += EVENTS_AT_ONCE) {
    const recorder = { programmeId, recordingId: newId(), recordedBy: 'system:innovation' };
    await writeEvents(tx, recorder, events.slice(from, from + EVENTS_AT_ONCE), now);
  }
}

function attributesOf({ title, kind, group }: Achievement, { name }: Grade): Attributes {
  return { 成果: title, 类别: KIND_WORDS[kind], 组别: GROUP_WORDS[group], 奖项: name };
}
