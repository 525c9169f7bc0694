import { type Answer, accepted, type Client, REFUSAL } from '../client.ts';
import { uploadEvidence } from '../evidence.ts';
import { findMember } from '../hr.ts';
import { event, recordEvents } from '../recording.ts';
import { accountOf, arrived, keyOf, programmeOf, type Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';
import { tellLines } from './points.ts';
import { offerOf, offersFor, redeem } from './redemption.ts';

const MISTAKE = '荣誉登记有误：表彰的是同名职工。';
const ADJUSTMENT = '补发 2025 年春运保障奖励。';

/** An event recorded by mistake is taken back when its points are spent in part; a hand adjustment needs two admins. */
export async function adminsCorrect(stage: Stage): Promise<void> {
  const { story, claimant, cast } = stage;
  const mistaken = await story.step(
    `误登记：${cast.claimant.name}得分会荣誉，1000 分到账`,
    'an honour is recorded by mistake and paid',
    async () => {
      const honour = event(cast.claimant, 'honour', '荣誉', { 荣誉: '年度服务之星' });
      const { eventIds } = accepted(await recordEvents(stage, 'mistake', [honour]));
      await arrived(stage, claimant, 1200);
      return needed(eventIds[0], '事件 the event');
    },
  );
  await story.step('会员已用 600 分兑换肩颈按摩', 'the member has spent 600 points', async () => {
    const offerId = offerOf(await offersFor(claimant), 'neck-massage-30');
    same('points', accepted(await redeem(stage, claimant, 'claimant-massage', offerId)).points, 600);
  });
  await story.step('撤销这次登记：收回 1000 分，不足的 400 分记为欠分', 'it is revoked: 400 are owed', async () => {
    const { state } = accepted(await revokeEvent(stage, needed(mistaken, '荣誉 the honour')));
    same('state', state, 'REVOKED');
    const { balance, owed, statement } = await accountOf(stage, claimant);
    tellLines(story, statement.nodes.slice(0, 2));
    same('balance, owed', [balance, owed], [0, 400]);
    same(
      'reasons',
      statement.nodes.slice(0, 2).map((line) => line.reason),
      [MISTAKE, MISTAKE],
    );
  });
  await adjust(stage);
}

/** Beyond 500 points a month for one member a second admin confirms what the first one asks for. */
async function adjust(stage: Stage): Promise<void> {
  const { story, admin, approver, claimant } = stage;
  const adjustment = await story.step('人工补发 600 分，超过限额：待第二人确认', 'an adjustment waits', async () => {
    const asked = accepted(await adjustPoints(stage));
    same('state', asked.state, 'WAITING');
    same('balance', (await accountOf(stage, claimant)).balance, 0);
    return asked.id;
  });
  await story.step('提出的人自己不能确认', 'who asked for it cannot confirm it', async () => {
    const answer = await confirm(stage, admin, 'confirm-own', needed(adjustment, '调整 the adjustment'));
    story.note(refused(answer, 'SECOND_PERSON_NEEDED').message);
  });
  await story.step('第二位管理员确认：先还欠分 400，余 200', 'the second admin confirms it', async () => {
    const { state } = accepted(await confirm(stage, approver, 'confirm', needed(adjustment, '调整 the adjustment')));
    same('state', state, 'POSTED');
    const { balance, owed, statement } = await accountOf(stage, claimant);
    const latest = statement.nodes.slice(0, 2);
    tellLines(story, latest);
    same('balance, owed', [balance, owed], [200, 0]);
    const lines = latest.map(({ kind, points, reason }) => [kind, points, reason]);
    same('latest lines', lines, [
      ['REPAYMENT', -400, ADJUSTMENT],
      ['ADJUSTMENT', 600, ADJUSTMENT],
    ]);
  });
}

function revokeEvent(stage: Stage, eventId: string): Promise<Answer<{ state: string }>> {
  return stage.admin.act(
    `mutation ($key: String!, $eventId: Id!, $reason: String!) {
      revokeEvent(key: $key, eventId: $eventId, reason: $reason) { ${REFUSAL} ... on ActivityEvent { state } }
    }`,
    { key: keyOf(stage, 'revoke'), eventId, reason: MISTAKE },
  );
}

async function adjustPoints(stage: Stage): Promise<Answer<{ id: string; state: string }>> {
  const { admin, cast } = stage;
  const memberId = await findMember(admin, cast.claimant.staffNumber);
  const document = accepted(await uploadEvidence(admin, '春运保障奖励通知.png'));
  return admin.act(
    `mutation (
      $key: String!, $programmeId: Id!, $memberId: Id!, $points: Points!, $reason: String!, $evidenceIds: [Id!]!
    ) {
      adjustPoints(
        key: $key, programmeId: $programmeId, memberId: $memberId, points: $points, reason: $reason
        evidenceIds: $evidenceIds
      ) { ${REFUSAL} ... on Adjustment { id state } }
    }`,
    {
      key: keyOf(stage, 'adjust'),
      programmeId: programmeOf(stage),
      memberId,
      points: 600,
      reason: ADJUSTMENT,
      evidenceIds: [document],
    },
  );
}

function confirm(stage: Stage, by: Client, key: string, adjustmentId: string): Promise<Answer<{ state: string }>> {
  return by.act(
    `mutation ($key: String!, $adjustmentId: Id!) {
      confirmAdjustment(key: $key, adjustmentId: $adjustmentId) { ${REFUSAL} ... on Adjustment { state } }
    }`,
    { key: keyOf(stage, key), adjustmentId },
  );
}
