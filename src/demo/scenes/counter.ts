import { beijingDay } from '../../platform/clock.ts';
import { type Answer, accepted, REFUSAL } from '../client.ts';
import { keyOf, type Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';
import type { Bought, Redemption } from './redemption.ts';

const LOGIN = 'milktea-1';

interface Verification {
  id: string;
  offerTitle: string;
  memberName: string;
  points: number;
  verifiedAt: string;
}

/**
 * A cashier verifies the voucher: a retry gets the first answer, a second request number and a cancelled voucher a
 * refusal. Resolves with the id of the cashier's outlet.
 */
export async function cashierVerifies(stage: Stage, { toUse, cancelled }: Bought): Promise<string | undefined> {
  const { story, cashier } = stage;
  const outletId = await story.step(`半糖云茶基地店的收银员 ${LOGIN} 登录`, 'the cashier signs in', () =>
    signIn(stage),
  );
  const verify = (request: number, voucher: Redemption | undefined): Promise<Answer<Verification>> =>
    cashier.act(
      `mutation ($requestNumber: String!, $outletId: Id!, $code: String!) {
        verifyVoucher(requestNumber: $requestNumber, outletId: $outletId, code: $code) {
          ${REFUSAL} ... on Verification { id offerTitle memberName points verifiedAt }
        }
      }`,
      {
        requestNumber: keyOf(stage, String(request)),
        outletId: needed(outletId, '门店 the outlet'),
        code: needed(voucher, '兑换券 the voucher').voucher.code,
      },
    );
  const verified = await story.step('核销兑换码', 'the voucher is verified', async () => {
    const verification = accepted(await verify(1, toUse));
    const { offerTitle, memberName, points } = verification;
    story.note(`${memberName}：${offerTitle}，${points} 分`);
    same('what to hand over', [offerTitle, points], ['奶茶一杯（中杯）', 150]);
    return verification;
  });
  await story.step('线路不好，同一请求号重发：得到第一次的结果', 'the retry gets the first answer', async () => {
    same('verification', accepted(await verify(1, toUse)), needed(verified, '核销 the verification'));
  });
  await story.step('换一个请求号再核销：已使用', 'a second request number is refused as used', async () => {
    story.note(refused(await verify(2, toUse), 'VOUCHER_USED').message);
  });
  await story.step('已取消的兑换码不能核销', 'the cancelled voucher is refused', async () => {
    story.note(refused(await verify(3, cancelled), 'VOUCHER_CANCELLED').message);
  });
  await story.step('查看本店当天的核销', "the outlet's list of the day has it once", async () => {
    const { id, verifiedAt } = needed(verified, '核销 the verification');
    const { verifications } = await cashier.ask<{ verifications: { nodes: { id: string }[] } }>(
      'query ($day: Day!, $outletId: Id) { verifications(day: $day, outletId: $outletId, first: 100) { nodes { id } } }',
      { day: beijingDay(new Date(verifiedAt)), outletId },
    );
    same('times listed', verifications.nodes.filter((one) => one.id === id).length, 1);
  });
  return outletId;
}

/** Signs the cashier in; resolves with the id of the outlet, which is the only one. */
async function signIn({ cashier, password }: Stage): Promise<string> {
  accepted(await cashier.signIn(LOGIN, password));
  const { outlets } = await cashier.ask<{ outlets: { nodes: { id: string }[] } }>('{ outlets { nodes { id } } }');
  same('outlets', outlets.nodes.length, 1);
  return outlets.nodes[0]!.id;
}
