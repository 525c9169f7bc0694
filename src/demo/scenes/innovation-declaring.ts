import { beijingDay } from '../../platform/clock.ts';
import { accepted, type Client } from '../client.ts';
import { type AchievementSeen, declare, submitAchievement } from '../declaring.ts';
import { uploadEvidence } from '../evidence.ts';
import { ADMIN } from '../happiness-account.ts';
import {
  brake,
  colleaguesOf,
  type SeasonDays,
  SHARES,
  seasonDays,
  seasonPlan,
  WRONG_PATENT_NUMBER,
  WRONG_SHARES,
} from '../innovation-terms.ts';
import type { People } from '../people.ts';
import { actOnSeason, draftSeason, seasonNow } from '../running-seasons.ts';
import { programmeOf, type Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';

/** The achievement that the story follows: its season, itself, and what was attached to it. */
export interface Declared {
  seasonId: string;
  days: SeasonDays;
  achievementId: string;
  evidenceId: string;
}

/** A season opens, and the leader of the studio declares an achievement in the mini-program. */
export async function achievementIsDeclared(
  stage: Stage,
  people: People,
  studioId: string | undefined,
): Promise<Declared | undefined> {
  const { story, cast } = stage;
  const season = await seasonOpens(stage, people);
  await story.step(
    '小程序申报：份额合计不足 100%、专利号校验位不对，都被拒绝',
    'shares that do not add up, and a patent number that can be none',
    async () => {
      const declarer = await people.member(cast.busy.staffNumber);
      const { seasonId } = needed(season, '评选 the season');
      const short = { seasonId, achievement: ownAchievement(stage, { shares: WRONG_SHARES }) };
      const { at, message } = refused(await declare(stage, declarer, 'short', short), 'SHARES_NOT_WHOLE');
      story.note(`${at}：${message}`);
      const patent = { ...ownAchievement(stage, {}), kind: 'PATENT', patentNumber: WRONG_PATENT_NUMBER };
      const answer = await declare(stage, declarer, 'patent', { seasonId, achievement: patent });
      story.note(refused(answer, 'PATENT_NUMBER_MALFORMED').message);
    },
  );
  return story.step(
    '三人合作、按份额、附检测报告，正式申报',
    'declared by three with their shares, with evidence, and submitted',
    async () => {
      const declarer = await people.member(cast.busy.staffNumber);
      const evidenceId = accepted(await uploadEvidence(declarer, '检测报告.png'));
      const { seasonId, days } = needed(season, '评选 the season');
      const studios = [{ studioId: needed(studioId, '工作室 the studio'), share: 10_000 }];
      const given = { seasonId, achievement: ownAchievement(stage, { studios, evidenceIds: [evidenceId] }) };
      const { id, number, authors } = await declareAndSubmit(stage, declarer, 'own', given);
      for (const { name, share } of authors) story.note(`${name}：${share / 100}%`);
      const shares = authors.map(({ share }) => share);
      same('number, shares', [number, shares], [1, SHARES]);
      return { seasonId, days, achievementId: id, evidenceId };
    },
  );
}

/** The achievement of the studio, with these of its parts. */
export function ownAchievement(
  { cast }: Stage,
  { shares = SHARES, ...parts }: { shares?: readonly number[]; studios?: object[]; evidenceIds?: string[] },
): object {
  const [share, ...others] = shares;
  return { ...brake(cast.run), share, colleagues: colleaguesOf([cast.claimant, cast.thrifty], others), ...parts };
}

/** Drafts and submits an achievement, which nothing keeps from it. */
export async function declareAndSubmit(
  stage: Stage,
  declarer: Client,
  key: string,
  given: { seasonId: string; achievement: object },
): Promise<AchievementSeen> {
  const { id } = accepted(await declare(stage, declarer, key, given));
  return accepted(await submitAchievement(stage, declarer, key, id));
}

async function seasonOpens(stage: Stage, people: People): Promise<{ seasonId: string; days: SeasonDays } | undefined> {
  const { story, cast, setting } = stage;
  return story.step('创新成果评选：计划、开放申报', 'a season is planned and opened', async () => {
    const admin = await people.admin(ADMIN.login);
    const { unionId } = needed(setting, '工会 the union');
    const days = seasonDays(beijingDay(people.clock.now()));
    const plan = seasonPlan(cast.run, programmeOf(stage), days);
    const { id: seasonId, troubles } = accepted(await draftSeason(stage, admin, { unionId, plan }));
    same('troubles', troubles, []);
    accepted(await actOnSeason(stage, admin, 'openSeason', seasonId));
    same('state', (await seasonNow(admin, seasonId)).state, 'OPEN');
    return { seasonId, days };
  });
}
