import { accepted } from '../client.ts';
import { enterTeam } from '../competing.ts';
import { CONFLICT, JUDGES } from '../competition-terms.ts';
import { ADMIN } from '../happiness-account.ts';
import { assignJudges, declareConflict, inviteJudges, type PanelSeen } from '../judging.ts';
import type { People } from '../people.ts';
import { actOnStage, stageReaches, teamOf } from '../running-stages.ts';
import type { Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';
import { morningOf, type PlayedCompetition } from './competition-plan.ts';

/** The heat opens after the deadline; judges are invited, one declares a conflict, and teams are shared out among them. */
export async function judgesAreAssigned(
  stage: Stage,
  people: People,
  played: PlayedCompetition | undefined,
): Promise<string | undefined> {
  const { story } = stage;
  const panelId = await heatOpens(stage, people, played);
  await story.step(
    `邀请三位评委；${JUDGES[0].name}申报回避${CONFLICT.union}`,
    'judges are invited, one declares a conflict',
    async () => {
      const of = { panelId: needed(panelId, '评审组 the panel'), union: CONFLICT.union, reason: '曾任该部教员' };
      await inviteJudges(stage, people, await people.admin(ADMIN.login), of.panelId);
      same('named', await declareConflict(stage, await people.admin(JUDGES[0].login), of), [CONFLICT.union]);
    },
  );
  await story.step('自动分配：每队两位评委，任务均衡，回避照办', 'assigned evenly, and never in conflict', async () => {
    const admin = await people.admin(ADMIN.login);
    const panel = await assignJudges(stage, admin, needed(panelId, '评审组 the panel'));
    const seen = judgesOfTeams(panel);
    for (const [team, judges] of seen) story.note(`${team}：${judges.join('、')}`);
    same('judges of each', new Set([...seen.values()].map(({ length }) => length)), new Set([2]));
    same('the one in conflict', seen.get(CONFLICT.name)?.includes(JUDGES[0].name), false);
    same('loads', panel.judges.map(({ assigned }) => assigned).sort(), [2, 3, 3]);
  });
  return panelId;
}

function judgesOfTeams({ judges, candidates }: PanelSeen): Map<string, string[]> {
  const nameOf = (judgeId: string) => JUDGES[judges.findIndex(({ id }) => id === judgeId)]!.name;
  return new Map(candidates.nodes.map((one) => [teamOf(one), one.sheets.map(({ judgeId }) => nameOf(judgeId))]));
}

async function heatOpens(
  stage: Stage,
  people: People,
  played: PlayedCompetition | undefined,
): Promise<string | undefined> {
  const { story, cast } = stage;
  await story.step('截止之后报名：被拒绝，以服务器时间为准', 'an entry after the deadline is refused', async () => {
    const { competitionId, days } = needed(played, '竞赛 the competition');
    people.moveTo(morningOf(days.heat));
    const member = await people.member(cast.thrifty.staffNumber);
    const answer = await enterTeam(stage, member, 'late', { competitionId, name: '迟到队', colleagues: [] });
    story.note(refused(answer, 'ENTRY_CLOSED').message);
  });
  return story.step('初赛开赛：四队进入评审组', 'the heat opens with four teams', async () => {
    const { heatId: stageId } = needed(played, '竞赛 the competition');
    const admin = await people.admin(ADMIN.login);
    accepted(await actOnStage(stage, admin, 'openStage', { stageId, key: 'heat' }));
    return (await stageReaches(admin, stageId, 'OPEN')).panelId;
  });
}
