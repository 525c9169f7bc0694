import { verificationLine, verifyLedger } from '../../ledger/verify.ts';
import { participationIn, skillOf, winsOf } from '../awarding.ts';
import { accepted, askUntil, Client } from '../client.ts';
import { FIRST, HONOUR, OWN_TEAM, SECOND, TEAMS, TRADE } from '../competition-terms.ts';
import { ADMIN } from '../happiness-account.ts';
import type { People } from '../people.ts';
import { RULES } from '../rules.ts';
import { accountOf, balanceOf, PAY_SECONDS, type Stage } from '../stage.ts';
import { needed, same } from '../story.ts';
import { publicFile } from '../verifying.ts';
import type { PlayedCompetition } from './competition-plan.ts';
import { subsidiesArePaid } from './competition-subsidies.ts';

const RULE = RULES.find((rule) => rule.slug === 'competition')!;

/** A member's account before the competition, and the award that her team wins; null for her who left it. */
export interface Purse {
  name: string;
  member: Client;
  had: number;
  award: string | null;
}

/** What the members of the first two teams have before, by the server's clock, by which rules pay. */
export async function pursesBefore(stage: Stage): Promise<Purse[]> {
  const { busy, claimant, thrifty, cast, admin } = stage;
  const [rival] = TEAMS[0]!.people;
  const member = new Client(admin.url, 'member');
  accepted(await member.signInAsMember(rival!.staffNumber));
  const purses = [
    { name: cast.busy.name, member: busy, award: FIRST },
    { name: cast.claimant.name, member: claimant, award: FIRST },
    { name: rival!.name, member, award: SECOND },
    { name: cast.thrifty.name, member: thrifty, award: null },
  ];
  return Promise.all(purses.map(async (one) => ({ ...one, had: await balanceOf(stage, one.member) })));
}

/** Awards: a certificate that anybody checks, points by a rule, a level of skill, subsidies; and who took part. */
export async function awardsAreGiven(
  stage: Stage,
  people: People,
  { played, purses }: { played: PlayedCompetition | undefined; purses: readonly Purse[] | undefined },
): Promise<void> {
  const { story, cast } = stage;
  await story.step('荣誉凭编号可查，证书可下载（PDF）', 'anybody checks the honour, and has its PDF', async () => {
    const { url } = people.clock;
    const [win] = await winsOf(await people.member(cast.busy.staffNumber));
    const { place, awardName, honourNumber, honourPath, honourFilePath } = needed(win, '奖项 the award');
    same('place, award', [place, awardName], [1, FIRST]);
    const honour = JSON.parse((await publicFile(`${url}${honourPath}`)).toString());
    story.note(`${honourNumber}：${honour.name}，${honour.honour}`);
    same('number, name, honour', [honour.number, honour.name, honour.honour], [honourNumber, OWN_TEAM, HONOUR]);
    const pdf = await publicFile(`${url}${honourFilePath}`);
    story.note(`PDF ${pdf.length} 字节 bytes`);
    same('begins with', pdf.subarray(0, 4).toString(), '%PDF');
  });
  await story.step(
    `获奖积分按规则“${RULE.name}”到账；赛前离队的没有`,
    "the winners' points are paid by a rule",
    async () => {
      for (const purse of needed(purses, '账户 the accounts')) await paidByRule(stage, purse);
    },
  );
  await story.step(`${cast.claimant.name}的技能等级升为高级工`, 'the level of skill is raised', async () => {
    const skill = await skillOf(await people.member(cast.claimant.staffNumber), TRADE);
    same('level', skill?.level, 'SENIOR');
    same('who left', await skillOf(await people.member(cast.thrifty.staffNumber), TRADE), undefined);
  });
  await subsidiesArePaid(stage, people, played);
  await figuresAddUp(stage, people, played);
}

async function paidByRule(stage: Stage, { name, member, had, award }: Purse): Promise<void> {
  const { award: given } = RULE.definition;
  const tiers = 'tiered' in given ? given.tiered.tiers : [];
  const points = tiers.find(({ value }) => value === award)?.points ?? 0;
  const balance = await askUntil(
    () => balanceOf(stage, member),
    (seen) => seen >= had + points,
    PAY_SECONDS,
  );
  stage.story.note(`${name}：${award ?? '未获奖 none'} +${points}，余额 balance ${balance}`);
  same('balance', balance, had + points);
  if (award === null) return;
  const [latest] = (await accountOf(stage, member)).statement.nodes;
  same('latest line', [latest?.points, latest?.rule?.ruleName], [points, RULE.name]);
}

async function figuresAddUp(stage: Stage, people: People, played: PlayedCompetition | undefined): Promise<void> {
  const { story, setting } = stage;
  await story.step('参赛情况：各部门、性别、年龄', 'who took part, by branch, sex and age', async () => {
    const { competitionId } = needed(played, '竞赛 the competition');
    const { unionId } = needed(setting, '工会 the union');
    const found = await participationIn(await people.admin(ADMIN.login), { competitionId, unionId });
    const { entries, members, branches, bySex, byAge } = needed(found, '参赛情况 the figures');
    for (const one of branches) story.note(`${one.union.name}：${one.entries} 队 teams，${one.members} 人 people`);
    story.note(bySex.map((one) => `${one.sex} ${one.members}`).join('，'));
    story.note(byAge.map((one) => `${one.ageBand} ${one.members}`).join('，'));
    const sum = (parts: readonly { members: number }[]) => parts.reduce((all, one) => all + one.members, 0);
    same('entries, members, branches', [entries, members, branches.length], [4, 8, 4]);
    same('sums', [sum(branches), sum(bySex), sum(byAge)], [8, 8, 8]);
  });
  await story.step('ledger:verify：积分账没有差错', 'the ledger is coherent', async () => {
    const verification = await verifyLedger(people.clock.db);
    story.note(verificationLine(verification));
    same('differences', verification.differences, []);
  });
}
