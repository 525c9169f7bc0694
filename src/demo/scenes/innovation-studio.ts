import { addDays, beijingDay } from '../../platform/clock.ts';
import { accepted } from '../client.ts';
import { ADMIN, APPROVER } from '../happiness-account.ts';
import { findMember } from '../hr.ts';
import { STATEMENT, studioOf, YEAR_PLAN } from '../innovation-terms.ts';
import { noticeNow } from '../notices.ts';
import type { People } from '../people.ts';
import type { Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';
import { addToStudio, applyForName, foundStudio, planYear, publishRound, roundState, studioPage } from '../studios.ts';
import { morningOf } from './competition-plan.ts';

/** The branch founds a studio under who has the skill, and names it after a notice. Resolves with the studio's id. */
export async function studioIsNamed(stage: Stage, people: People): Promise<string | undefined> {
  const studioId = await studioIsFounded(stage, people);
  const namingId = await nameIsAppliedFor(stage, people, studioId);
  await nameIsGiven(stage, people, { studioId, namingId });
  return studioId;
}

async function studioIsFounded(stage: Stage, people: People): Promise<string | undefined> {
  const { story, cast, setting } = stage;
  const found = async (key: string, leader: typeof cast.busy) => {
    const admin = await people.admin(ADMIN.login);
    const { unionId } = needed(setting, '工会 the union');
    const given = { unionId, studio: studioOf(leader.name, cast.run) };
    return foundStudio(stage, admin, key, { ...given, leaderId: await findMember(admin, leader.staffNumber) });
  };
  await story.step(
    `${cast.thrifty.name}没有技能等级，不能领衔工作室`,
    'who has no level of skill leads no studio',
    async () => {
      people.moveTo(morningOf(addDays(beijingDay(people.clock.now()), 1)));
      story.note(refused(await found('unskilled', cast.thrifty), 'LEADER_UNSKILLED').message);
    },
  );
  const studioId = await story.step(
    `${cast.busy.name}（竞赛晋升的高级工）领衔建立工作室`,
    'a member whom the competition has raised leads one',
    async () => accepted(await found('own', cast.busy)).id,
  );
  await story.step('两名职工加入；年度计划', 'two members join; the plan of the year', async () => {
    const admin = await people.admin(ADMIN.login);
    const id = needed(studioId, '工作室 the studio');
    for (const [duty, { staffNumber }] of Object.entries({ 试验: cast.claimant, 资料: cast.thrifty }))
      await addToStudio(stage, admin, { studioId: id, memberId: await findMember(admin, staffNumber), duty });
    const year = Number(beijingDay(people.clock.now()).slice(0, 4));
    await planYear(stage, admin, { studioId: id, year, text: YEAR_PLAN });
    const page = await studioPage(await people.member(cast.busy.staffNumber), id);
    same('people, names', [page.peopleCount, page.names], [3, []]);
  });
  return studioId;
}

async function nameIsAppliedFor(
  stage: Stage,
  people: People,
  studioId: string | undefined,
): Promise<string | undefined> {
  const { story, setting } = stage;
  return story.step(
    '申请命名：企业工会不能授予市级，改报企业级',
    'a firm gives no name of a city; it gives its own',
    async () => {
      const admin = await people.admin(ADMIN.login);
      const { unionId: namingUnionId } = needed(setting, '工会 the union');
      const given = { studioId: needed(studioId, '工作室 the studio'), namingUnionId, statement: STATEMENT };
      const beyond = await applyForName(stage, admin, { ...given, level: 'CITY' });
      story.note(refused(beyond, 'LEVEL_NOT_OF_UNION').message);
      return accepted(await applyForName(stage, admin, { ...given, level: 'FIRM' })).id;
    },
  );
}

async function nameIsGiven(
  stage: Stage,
  people: People,
  { studioId, namingId }: { studioId: string | undefined; namingId: string | undefined },
): Promise<void> {
  const { story, cast, setting } = stage;
  const listed = await story.step(
    '列入拟命名名单，公示两个工作日',
    'listed, in notice for two working days',
    async () => {
      const given = {
        unionId: needed(setting, '工会 the union').unionId,
        name: `企业级创新工作室拟命名（${cast.run}）`,
      };
      const namingIds = [needed(namingId, '申请 the application')];
      const round = accepted(await publishRound(stage, await people.admin(APPROVER.login), { ...given, namingIds }));
      const notice = await noticeNow(await people.member(cast.claimant.staffNumber), round.noticeId);
      for (const { label, detail } of notice.lines.nodes) story.note(`${label}  ${detail}`);
      story.note(`公示至 until ${notice.lastDay}`);
      return { roundId: round.id, closesAt: notice.closesAt };
    },
  );
  await story.step('公示期满命名，全市会员可看工作室主页', 'named; every member reads its page', async () => {
    const { roundId, closesAt } = needed(listed, '名单 the list');
    await people.clock.turn('advance-innovation');
    same('early', await roundState(await people.admin(ADMIN.login), roundId), 'IN_NOTICE');
    people.moveTo(new Date(closesAt));
    await people.clock.turn('advance-innovation');
    same('state', await roundState(await people.admin(ADMIN.login), roundId), 'FINAL');
    const page = await studioPage(await people.member('D0001'), needed(studioId, '工作室 the studio'));
    for (const { number, namedOn, endsOn } of page.names)
      story.note(`${page.name}：${number}，${namedOn} 至 ${endsOn}`);
    same('leader, levels', [page.leaderName, page.names.map(({ level }) => level)], [cast.busy.name, ['FIRM']]);
  });
}
