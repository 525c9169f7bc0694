import { beijingDay } from '../../platform/clock.ts';
import { type Answer, accepted, askUntil, type Client, REFUSAL } from '../client.ts';
import { OFFERS } from '../offers.ts';
import { balanceOf, keyOf, PAY_SECONDS, type Stage } from '../stage.ts';
import { atLeast, needed, refused, type Story, same } from '../story.ts';

interface Offer {
  id: string;
  title: string;
  price: number;
  merchant: { name: string; category: string };
}

export interface Redemption {
  id: string;
  points: number;
  voucher: { code: string; state: string; validUntil: string };
}

/** What the members' part of the story leaves for the merchant's. */
export interface Bought {
  toUse?: Redemption | undefined;
  cancelled?: Redemption | undefined;
}

/** The member looks at the offers, buys two, and gives one of them back; another member has too few points. */
export async function membersRedeem(stage: Stage): Promise<Bought> {
  const { story, busy } = stage;
  const offers = await story.step('浏览幸福产品', 'the member browses the offers', () => browse(story, busy));
  const toUse = await redeemOne(stage, offers);
  await refuseThePoor(stage, offers);
  const cancelled = await story.step(
    '兑换鲜果茶又取消：180 分退回',
    'one is cancelled, its points come back',
    async () => {
      const had = await balanceOf(stage, busy);
      const bought = accepted(await redeem(stage, busy, 'fruit-tea', offerOf(offers, 'fruit-tea')));
      same('balance once redeemed', await balanceOf(stage, busy), had - 180);
      const back = accepted(await cancel(stage, bought.id));
      same('voucher', back.voucher.state, 'CANCELLED');
      same('balance once cancelled', await balanceOf(stage, busy), had);
      return back;
    },
  );
  return { toUse, cancelled };
}

/** The offers that a member is shown, the cheapest first. */
export async function offersFor(member: Client): Promise<Offer[]> {
  const { offers } = await member.ask<{ offers: { nodes: Offer[] } }>(
    '{ offers(first: 100, order: PRICE) { nodes { id title price merchant { name category } } } }',
  );
  return offers.nodes;
}

async function browse(story: Story, member: Client): Promise<Offer[]> {
  const offers = await offersFor(member);
  const merchants = new Map(offers.map(({ merchant }) => [merchant.name, merchant.category]));
  const outside = [...merchants.values()].filter((category) => category !== 'OWN_RESOURCES').length;
  story.note(`${offers.length} 种商品 offers，${outside} 家外部商户 outside merchants；例如 such as`);
  for (const { title, price, merchant } of offers.slice(0, 5)) story.note(`${price} 分  ${title}  ${merchant.name}`);
  atLeast('offers', offers.length, 25);
  atLeast('outside merchants', outside, 13);
  return offers;
}

/** The id of an offer of the demo programme among those that a member was shown. */
export function offerOf(offers: readonly Offer[] | undefined, slug: string): string {
  const title = OFFERS.find((offer) => offer.slug === slug)!.title;
  return needed(
    offers?.find((offer) => offer.title === title),
    `商品“${title}” the offer`,
  ).id;
}

/** Redeems an offer, sends the same again, and asks afterwards what became of it. */
async function redeemOne(stage: Stage, offers: readonly Offer[] | undefined): Promise<Redemption | undefined> {
  const { story, busy } = stage;
  const bought = await story.step('兑换奶茶一杯（150 分），得到兑换码', 'one is redeemed for 150 points', async () => {
    const had = await balanceOf(stage, busy);
    const redemption = accepted(await redeem(stage, busy, 'milk-tea', offerOf(offers, 'milk-tea')));
    const { points, voucher } = redemption;
    const lastDay = beijingDay(new Date(Date.parse(voucher.validUntil) - 1));
    story.note(`兑换码 voucher ${voucher.code}，可用至 can be used until ${lastDay}`);
    same('points, voucher', [points, voucher.state], [150, 'UNUSED']);
    same('balance', await balanceOf(stage, busy), had - 150);
    return redemption;
  });
  await story.step(
    '没收到答复，同一个 key 再发一次：还是那一次兑换',
    'the same key gives the same redemption',
    async () => {
      const had = await balanceOf(stage, busy);
      const again = accepted(await redeem(stage, busy, 'milk-tea', offerOf(offers, 'milk-tea')));
      same('redemption', again, needed(bought, '兑换 the redemption'));
      same('balance', await balanceOf(stage, busy), had);
    },
  );
  await story.step('事后询问这个 key 的结果', 'outcome(key) tells what became of it', async () => {
    const { id } = needed(bought, '兑换 the redemption');
    same('outcome', await outcomeOf(stage, 'milk-tea'), { operation: 'redeem', accepted: true, id });
    same('outcome of a key that was never sent', await outcomeOf(stage, 'never-sent'), null);
  });
  return bought;
}

async function refuseThePoor(stage: Stage, offers: readonly Offer[] | undefined): Promise<void> {
  const { story, thrifty, cast } = stage;
  const { name, staffNumber } = cast.thrifty;
  await story.step(`${name}只有 200 分，换不了 600 分的肩颈按摩`, 'one is refused for lack of points', async () => {
    accepted(await thrifty.signInAsMember(staffNumber));
    const balance = await askUntil(
      () => balanceOf(stage, thrifty),
      (seen) => seen > 0,
      PAY_SECONDS,
    );
    same('balance', balance, 200);
    const answer = await redeem(stage, thrifty, 'massage', offerOf(offers, 'neck-massage-30'));
    story.note(refused(answer, 'NOT_ENOUGH_POINTS').message);
    same('balance', await balanceOf(stage, thrifty), 200);
  });
}

const REDEMPTION = `${REFUSAL} ... on Redemption { id points voucher { code state validUntil } }`;

/** A member buys one piece of an offer, under a key of this run. */
export function redeem(stage: Stage, member: Client, key: string, offerId: string): Promise<Answer<Redemption>> {
  return member.act(
    `mutation ($key: String!, $offerId: Id!) { redeem(key: $key, offerId: $offerId) { ${REDEMPTION} } }`,
    { key: keyOf(stage, key), offerId },
  );
}

function cancel(stage: Stage, redemptionId: string): Promise<Answer<Redemption>> {
  return stage.busy.act(
    `mutation ($key: String!, $redemptionId: Id!) {
      cancelVoucher(key: $key, redemptionId: $redemptionId) { ${REDEMPTION} }
    }`,
    { key: keyOf(stage, 'cancel'), redemptionId },
  );
}

async function outcomeOf(stage: Stage, key: string): Promise<object | null> {
  const { outcome } = await stage.busy.ask<{ outcome: object | null }>(
    'query ($key: String!) { outcome(key: $key) { operation accepted id } }',
    { key: keyOf(stage, key) },
  );
  return outcome;
}
