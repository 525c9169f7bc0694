import { accepted } from '../client.ts';
import { achievementNow, check, declare, possibleDuplicates, rewrite, submitAchievement } from '../declaring.ts';
import { uploadEvidence } from '../evidence.ts';
import { ADMIN } from '../happiness-account.ts';
import { COPIER, copied, MISSING, oven, RIVAL, RULED_OUT } from '../innovation-terms.ts';
import type { People } from '../people.ts';
import type { Stage } from '../stage.ts';
import { atLeast, needed, refused, same } from '../story.ts';
import { morningOf } from './competition-plan.ts';
import { type Declared, declareAndSubmit, ownAchievement } from './innovation-declaring.ts';

const ALIKE_PERCENT = 70;

/** One achievement is returned and completed, a copy of it is found and ruled out, and a third is another. */
export async function achievementsAreChecked(
  stage: Stage,
  people: People,
  declared: Declared | undefined,
): Promise<void> {
  const { story } = stage;
  await isCompleted(stage, people, declared);
  await copyIsFound(stage, people, declared);
  await story.step('资格审查：另有一项，两项都通过', 'another one is declared; both are eligible', async () => {
    const { seasonId, achievementId, days } = needed(declared, '成果 the achievement');
    const rival = await people.member(RIVAL.staffNumber);
    const evidenceIds = [accepted(await uploadEvidence(rival, '应用证明.png'))];
    const given = { seasonId, achievement: { ...oven(stage.cast.run), evidenceIds } };
    const { id, number } = await declareAndSubmit(stage, rival, 'oven', given);
    same('number', number, 3);
    const admin = await people.admin(ADMIN.login);
    for (const one of [achievementId, id]) {
      const { state } = accepted(await check(stage, admin, 'admitAchievement', { achievementId: one }));
      same('state', state, 'ELIGIBLE');
    }
    people.moveTo(morningOf(days.review));
  });
  await story.step('截止之后申报：被拒绝', 'a declaration after the deadline is refused', async () => {
    const { seasonId } = needed(declared, '评选 the season');
    const rival = await people.member(RIVAL.staffNumber);
    const answer = await declare(stage, rival, 'late', { seasonId, achievement: oven(stage.cast.run) });
    story.note(refused(answer, 'SEASON_CLOSED').message);
  });
}

async function isCompleted(stage: Stage, people: People, declared: Declared | undefined): Promise<void> {
  const { story, cast } = stage;
  await story.step('退回补正，写明缺什么', 'it is returned with what is missing', async () => {
    const { achievementId } = needed(declared, '成果 the achievement');
    const given = { achievementId, missing: [MISSING] };
    const admin = await people.admin(ADMIN.login);
    same('state', accepted(await check(stage, admin, 'returnAchievement', given)).state, 'RETURNED');
  });
  await story.step(
    '申报人补上证明，重新提交，申报编号不变',
    'the declarer completes it; it keeps its number',
    async () => {
      const { achievementId, evidenceId } = needed(declared, '成果 the achievement');
      const declarer = await people.member(cast.busy.staffNumber);
      const before = await achievementNow(declarer, achievementId);
      story.note(before.steps.at(-1)?.missing.join('；') ?? '');
      const evidenceIds = [evidenceId, accepted(await uploadEvidence(declarer, '实测证明.png'))];
      const { studios } = before;
      const achievement = ownAchievement(stage, { studios, evidenceIds });
      accepted(await rewrite(stage, declarer, { achievementId, achievement }));
      const after = accepted(await submitAchievement(stage, declarer, 'completed', achievementId));
      const steps = after.steps.map(({ what }) => what);
      same('state, number', [after.state, after.number], ['SUBMITTED', 1]);
      same('history', steps, ['SUBMITTED', 'RETURNED', 'RESUBMITTED']);
    },
  );
}

async function copyIsFound(stage: Stage, people: People, declared: Declared | undefined): Promise<void> {
  const { story, cast } = stage;
  const copyId = await story.step(
    `${COPIER.name}申报的内容几乎相同：审查时提示疑似重复`,
    'somebody declares nearly the same: the checker is shown what it is like',
    async () => {
      const { seasonId, achievementId } = needed(declared, '成果 the achievement');
      const copier = await people.member(COPIER.staffNumber);
      const evidenceIds = [accepted(await uploadEvidence(copier, '照片.png'))];
      const given = { seasonId, achievement: { ...copied(cast.run), evidenceIds } };
      const { id } = await declareAndSubmit(stage, copier, 'copy', given);
      const found = await possibleDuplicates(await people.admin(ADMIN.login), id);
      const original = needed(
        found.find((one) => one.achievementId === achievementId),
        '疑似重复 the duplicate',
      );
      const { number, title, textAlike, titleAlike } = original;
      story.note(`${number} 号 ${title}：正文相同 text ${textAlike}%，名称相同 title ${titleAlike}%`);
      atLeast('text alike', textAlike, ALIKE_PERCENT);
      return id;
    },
  );
  await story.step('核实后不予通过，理由申报人可见', 'it is ruled out, for a reason', async () => {
    const given = { achievementId: needed(copyId, '成果 the achievement'), reason: RULED_OUT };
    const admin = await people.admin(ADMIN.login);
    same('state', accepted(await check(stage, admin, 'ruleOutAchievement', given)).state, 'INELIGIBLE');
  });
}
