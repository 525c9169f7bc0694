import { verificationLine, verifyLedger } from '../../ledger/verify.ts';
import { beijingDay } from '../../platform/clock.ts';
import { accepted } from '../client.ts';
import { uploadEvidence } from '../evidence.ts';
import { ADMIN, APPROVER } from '../happiness-account.ts';
import { AUDITED_FEN, CLAIMED_FEN, contractOf, REWARD } from '../innovation-terms.ts';
import { type Actors, type People, peopleToday } from '../people.ts';
import {
  acceptBenefit,
  auditBenefit,
  type BenefitSeen,
  benefitOf,
  claimBenefit,
  fundOf,
  makeRewards,
  recordContract,
  releaseRewards,
  rewardFile,
  seasonFigures,
} from '../rewarding.ts';
import { RULES } from '../rules.ts';
import { programmeOf, type Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';
import type { Declared } from './innovation-declaring.ts';
import { authorsArePaid, balancesOf } from './innovation-honours.ts';

const RULE = RULES.find((rule) => rule.slug === 'innovation-reward')!;

/** Today, by the server's clock, what the achievement has brought is accepted and rewarded, in money and in points. */
export async function achievementIsRewarded(
  stage: Stage,
  people: People,
  declared: Declared | undefined,
): Promise<void> {
  const { story } = stage;
  const today = peopleToday(stage);
  const contractId = await contractIsRecorded(stage, today);
  await benefitIsAccepted(stage, today, declared);
  const had = await balancesOf(stage, today).catch(() => undefined);
  await rewardIsReleased(stage, today, { declared, contractId });
  await story.step('奖励积分按份额到账，一分不差', 'the points of the reward arrive by shares', async () => {
    const points = REWARD.pointsOfEach;
    await authorsArePaid(stage, today, { had: needed(had, '余额 the balances'), points, rule: RULE.name });
  });
  await figuresAddUp(stage, today, declared);
  await story.step('ledger:verify：积分账没有差错', 'the ledger is coherent', async () => {
    const verification = await verifyLedger(people.clock.db);
    story.note(verificationLine(verification));
    same('differences', verification.differences, []);
  });
}

async function contractIsRecorded(stage: Stage, today: Actors): Promise<string | undefined> {
  const { story, setting } = stage;
  return story.step(
    '回到今天：创新专项集体合同，按效益 5% 奖励，三成发积分',
    'back to today: the contract on innovation',
    async () => {
      const { unionId } = needed(setting, '工会 the union');
      const year = beijingDay(new Date()).slice(0, 4);
      const contract = contractOf(year, programmeOf(stage));
      return recordContract(await today.admin(ADMIN.login), year, { unionId, contract });
    },
  );
}

async function benefitIsAccepted(stage: Stage, today: Actors, declared: Declared | undefined): Promise<void> {
  const { story, cast } = stage;
  const benefit = await story.step(
    '申报经济效益：没有材料被拒绝，附核算表再报',
    'a benefit is claimed, with evidence',
    async () => {
      const { achievementId, seasonId, days } = needed(declared, '成果 the achievement');
      const declarer = await today.member(cast.busy.staffNumber);
      const period = { periodFrom: days.first, periodUntil: days.scored };
      const given = { achievementId, fen: CLAIMED_FEN, ...period, how: '单台节省工时 × 台数 × 工时单价' };
      const bare = await claimBenefit(stage, declarer, 'bare', { ...given, evidenceIds: [] });
      story.note(refused(bare, 'EVIDENCE_NEEDED').message);
      const evidenceIds = [accepted(await uploadEvidence(declarer, '效益核算表.png'))];
      accepted(await claimBenefit(stage, declarer, 'own', { ...given, evidenceIds }));
      const seen = await benefitOf(await today.admin(ADMIN.login), { seasonId, achievementId });
      return needed<BenefitSeen>(seen, '效益 the benefit');
    },
  );
  const benefitId = () => needed(benefit, '效益 the benefit').id;
  await story.step(
    `审核核减为 ${AUDITED_FEN / 100} 元；审核人不能自己认定`,
    'audited; not accepted by who audited it',
    async () => {
      const admin = await today.admin(ADMIN.login);
      const given = { benefitId: benefitId(), fen: AUDITED_FEN };
      same(
        'state',
        accepted(await auditBenefit(stage, admin, { ...given, note: '扣除夹具制作成本。' })).state,
        'AUDITED',
      );
      story.note(refused(await acceptBenefit(stage, admin, 'own', given), 'SECOND_PERSON_NEEDED').message);
    },
  );
  await story.step('第二人认定', 'accepted by another', async () => {
    const given = { benefitId: benefitId(), fen: AUDITED_FEN };
    const { state, acceptedFen } = accepted(
      await acceptBenefit(stage, await today.admin(APPROVER.login), 'second', given),
    );
    same('state, benefit', [state, acceptedFen], ['ACCEPTED', AUDITED_FEN]);
  });
}

async function rewardIsReleased(
  stage: Stage,
  today: Actors,
  { declared, contractId }: { declared: Declared | undefined; contractId: string | undefined },
): Promise<void> {
  const { story, setting, cast } = stage;
  const listId = await story.step(
    '编制奖励发放表；自己不能复核自己',
    'a list of rewards, which needs two people',
    async () => {
      const admin = await today.admin(ADMIN.login);
      const { unionId } = needed(setting, '工会 the union');
      const { achievementId } = needed(declared, '成果 the achievement');
      const list = accepted(await makeRewards(stage, admin, { unionId, achievementIds: [achievementId] }));
      const { rewardFen, moneyFen, points } = list;
      story.note(`奖励 ${rewardFen / 100} 元：现金 ${moneyFen / 100} 元，积分 ${points}`);
      same('reward, money, points', [rewardFen, moneyFen, points], [REWARD.rewardFen, REWARD.moneyFen, REWARD.points]);
      story.note(refused(await releaseRewards(stage, admin, 'own', list.id), 'SECOND_PERSON_NEEDED').message);
      return list.id;
    },
  );
  await story.step(
    '第二人批准；下载 .xlsx，按份额分到人，合计相符',
    'released by another; the file adds up',
    async () => {
      const approver = await today.admin(APPROVER.login);
      const contract = needed(contractId, '合同 the contract');
      const before = await fundOf(approver, contract);
      const list = accepted(await releaseRewards(stage, approver, 'second', needed(listId, '发放表 the list')));
      same('state', list.state, 'RELEASED');
      const lines = await rewardFile(stage.admin.url, list.fileUrl);
      for (const { payee, yuan, points } of lines) story.note(`${payee ?? '合计 sum'}：${yuan} 元，${points} 分`);
      const names = [cast.busy, cast.claimant, cast.thrifty].map(({ name }) => name);
      same('paid', lines.slice(0, -1), linesOf(names));
      same('sum', lines.at(-1), { payee: null, yuan: REWARD.moneyFen / 100, points: REWARD.points });
      const after = await fundOf(approver, contract);
      same('paid from the fund', after.paidFen - before.paidFen, REWARD.moneyFen);
    },
  );
}

/** What the file says of each author. */
function linesOf(names: readonly string[]) {
  const { fenOfEach, pointsOfEach } = REWARD;
  return names.map((payee, i) => ({ payee, yuan: fenOfEach[i]! / 100, points: pointsOfEach[i] }));
}

async function figuresAddUp(stage: Stage, today: Actors, declared: Declared | undefined): Promise<void> {
  const { story } = stage;
  await story.step('评选的数字：申报、技能等级、效益与奖励', 'the figures of the season', async () => {
    const { seasonId } = needed(declared, '评选 the season');
    const found = await seasonFigures(await today.admin(ADMIN.login), seasonId);
    const { counts, benefits, honours, rewards } = needed(found ?? undefined, '数字 the figures');
    const { entries, authors, highlySkilled, highlySkilledShare } = counts;
    story.note(
      `申报 ${entries} 项，完成人 ${authors} 名，高技能人才 ${highlySkilled} 名，占 ${(highlySkilledShare ?? 0) / 100}%`,
    );
    story.note(`认定效益 ${benefits.acceptedFen / 100} 元，奖励 ${rewards.rewardFen / 100} 元`);
    same('entries, authors, skilled', [entries, authors, highlySkilled], [3, 5, 2]);
    same(
      'honours',
      honours.map((one) => one.honours),
      [1, 1],
    );
    same('benefit', [benefits.claimedFen, benefits.acceptedFen], [CLAIMED_FEN, AUDITED_FEN]);
    const { rewardFen, moneyFen, points } = REWARD;
    same('rewards', rewards, { rewards: 1, rewardFen, moneyFen, points });
  });
}
