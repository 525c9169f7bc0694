import { accepted, askUntil, type Client } from '../client.ts';
import { competitionState } from '../competing.ts';
import { FINAL_SCORES, OWN_TEAM, TEAMS } from '../competition-terms.ts';
import { ADMIN } from '../happiness-account.ts';
import { assignJudges, inviteJudges } from '../judging.ts';
import { noticeNow } from '../notices.ts';
import type { People } from '../people.ts';
import { actOnStage, stageReaches } from '../running-stages.ts';
import { type SheetToFill, sheetsToFill, submitAll } from '../score-sheets.ts';
import type { Stage } from '../stage.ts';
import { needed, same } from '../story.ts';
import { morningOf, type PlayedCompetition } from './competition-plan.ts';
import { isRanked } from './competition-ranking.ts';

const [RIVAL] = TEAMS;

/** The live final: judged before everybody's eyes on a scoreboard, ranked without the extremes, in notice, final. */
export async function finalIsLive(stage: Stage, people: People, played: PlayedCompetition | undefined): Promise<void> {
  const { story } = stage;
  const finalId = () => needed(played, '竞赛 the competition').finalId;
  const sheets = await story.step(
    '决赛日：晋级的两队，三位评委都评',
    'the final: two teams, all three judges',
    async () => {
      const morning = morningOf(needed(played, '竞赛 the competition').days.final);
      // A notice over holidays may end later than the plan has the final.
      if (people.clock.now() < morning) people.moveTo(morning);
      return openFinal(stage, people, finalId());
    },
  );
  await scoreboardIsPolled(stage, people, finalId, sheets);
  await isRanked(stage, people, { stageId: finalId, key: 'final' }, [OWN_TEAM, RIVAL!.name]);
  await story.step('决赛名次公示期满：竞赛结束', 'in notice, then final: the competition is finished', async () => {
    const admin = await people.admin(ADMIN.login);
    accepted(await actOnStage(stage, admin, 'publishRanking', { stageId: finalId(), key: 'final' }));
    const { noticeId } = await stageReaches(admin, finalId(), 'IN_NOTICE');
    const { lines, closesAt } = await noticeNow(await people.member(stage.cast.busy.staffNumber), noticeId);
    for (const { label, detail } of lines.nodes) story.note(`${detail}  ${label}`);
    people.moveTo(new Date(closesAt));
    await people.clock.turn('advance-stages');
    const later = await people.admin(ADMIN.login);
    await stageReaches(later, finalId(), 'FINAL');
    same('state', await competitionState(later, needed(played, '竞赛 the competition').competitionId), 'FINISHED');
  });
}

async function openFinal(stage: Stage, people: People, stageId: string): Promise<SheetToFill[]> {
  const admin = await people.admin(ADMIN.login);
  accepted(await actOnStage(stage, admin, 'openStage', { stageId, key: 'final' }));
  const { panelId } = await stageReaches(admin, stageId, 'OPEN');
  await inviteJudges(stage, people, admin, panelId);
  const panel = await assignJudges(stage, admin, panelId);
  accepted(await actOnStage(stage, admin, 'startScoring', { stageId, key: 'final' }));
  await stageReaches(admin, stageId, 'SCORING');
  const sheets = sheetsToFill(panel, { panelId, scores: FINAL_SCORES, first: 1 });
  same('sheets', sheets.length, 2 * 3);
  return sheets;
}

interface Board {
  version: number;
  scoredCount: number;
  standings: { place: number; name: string; total: number }[];
}

async function boardSince(member: Client, stageId: string, since?: number): Promise<Board | null> {
  const { scoreboard } = await member.ask<{ scoreboard: Board | null }>(
    `query ($stageId: Id!, $since: Int) {
      scoreboard(stageId: $stageId, since: $since) { version scoredCount standings { place name total } }
    }`,
    { stageId, since },
  );
  return scoreboard;
}

// A server shows the same board for a second, however many phones ask.
const POLL_SECONDS = 5;

async function scoreboardIsPolled(
  stage: Stage,
  people: People,
  stageId: () => string,
  sheets: readonly SheetToFill[] | undefined,
): Promise<void> {
  const { story, cast } = stage;
  const scored = async (team: string, since?: number) => {
    const ofTeam = needed(sheets, '评分表 the sheets').filter((sheet) => sheet.team === team);
    await submitAll(stage, people, ofTeam, 'final');
    await people.clock.turn('make-scoreboards');
    const member = await people.member(cast.thrifty.staffNumber);
    const board = await askUntil(
      () => boardSince(member, stageId(), since),
      (seen) => seen !== null,
      POLL_SECONDS,
    );
    for (const { place, name, total } of board?.standings ?? []) story.note(`第 ${place} 名 ${name} ${total} 分`);
    return needed(board ?? undefined, '记分牌 the scoreboard');
  };
  const first = await story.step(
    `${RIVAL!.name}评完：记分牌更新；没有新分不重发`,
    'a live scoreboard is polled',
    async () => {
      const board = await scored(RIVAL!.name);
      same('scored', board.scoredCount, 1);
      const member = await people.member(cast.thrifty.staffNumber);
      same('nothing newer', await boardSince(member, stageId(), board.version), null);
      return board;
    },
  );
  await story.step(`${OWN_TEAM}评完：记分牌换了第一名`, 'the scoreboard has another first', async () => {
    const { version: since } = needed(first, '记分牌 the scoreboard');
    const { version, standings } = await scored(OWN_TEAM, since);
    same('version', version, since + 1);
    same(
      'standings',
      standings.map(({ name }) => name),
      [OWN_TEAM, RIVAL!.name],
    );
  });
}
