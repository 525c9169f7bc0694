import { addDays, beijingDay, startOfDay } from '../platform/clock.ts';
import { accepted, Client, made, REFUSAL } from './client.ts';
import { TICKET_RULE, terms, WON_PRODUCT } from './lottery-terms.ts';
import { MEMBERS } from './roster.ts';

const HOUR_MS = 3_600_000;

/** Opens the lottery that is drawn on the next 1st, for whoever is trying it out to buy tickets of. Resolves with its name. */
export async function openNextLottery(admin: Client, programmeId: string): Promise<string> {
  const drawDay = nextFirst(new Date());
  const [offerId, ruleId] = [await wonOffer(admin.url), await ticketRule(admin, programmeId)];
  const name = `每月一日抽奖（${drawDay.slice(0, 7)}，演示）`;
  const lotteryId = await made(
    admin,
    `mutation (
      $key: String!, $programmeId: Id!, $name: String!, $opensAt: Instant!, $freezesAt: Instant!, $drawsAt: Instant!
      $terms: LotteryTermsInput!
    ) {
      createLottery(
        key: $key, programmeId: $programmeId, name: $name, opensAt: $opensAt, freezesAt: $freezesAt, drawsAt: $drawsAt
        terms: $terms
      ) { ${REFUSAL} ... on Lottery { id } }
    }`,
    {
      key: `demo:lottery:${drawDay}`,
      programmeId,
      name,
      opensAt: new Date(startOfDay(drawDay).getTime() - 12 * HOUR_MS),
      freezesAt: startOfDay(drawDay),
      drawsAt: new Date(startOfDay(drawDay).getTime() + 10 * HOUR_MS),
      terms: { ...terms(offerId, ruleId), entropy: 'DRAND' },
    },
  );
  await made(
    admin,
    `mutation ($key: String!, $lotteryId: Id!) {
      openLottery(key: $key, lotteryId: $lotteryId) { ${REFUSAL} ... on Lottery { id } }
    }`,
    { key: `demo:lottery-opened:${drawDay}`, lotteryId },
  );
  return name;
}

/** The first day of the next month that is two days away or more, so that there is time to buy. */
function nextFirst(now: Date): string {
  const soon = addDays(beijingDay(now), 2);
  return `${addDays(`${soon.slice(0, 7)}-01`, 31).slice(0, 7)}-01`;
}

/** The id of the product that is won, as a member finds it. */
export async function wonOffer(url: string): Promise<string> {
  const member = new Client(url, 'member');
  accepted(await member.signInAsMember(MEMBERS[0]!.staffNumber));
  const { offers } = await member.ask<{ offers: { nodes: { id: string; title: string }[] } }>(
    'query ($text: String!) { offers(text: $text, first: 20) { nodes { id title } } }',
    { text: WON_PRODUCT.title },
  );
  const found = offers.nodes.find((offer) => offer.title === WON_PRODUCT.title);
  if (!found) throw new Error(`没有商品“${WON_PRODUCT.title}”。 The product is not on sale.`);
  return found.id;
}

/** The id of the rule that gives tickets. */
export async function ticketRule(admin: Client, programmeId: string): Promise<string> {
  const { rules } = await admin.ask<{ rules: { nodes: { id: string; name: string }[] } }>(
    'query ($programmeId: Id!) { rules(programmeId: $programmeId, first: 100) { nodes { id name } } }',
    { programmeId },
  );
  const found = rules.nodes.find((rule) => rule.name === TICKET_RULE.name);
  if (!found) throw new Error(`没有规则“${TICKET_RULE.name}”。 The rule is not there.`);
  return found.id;
}
