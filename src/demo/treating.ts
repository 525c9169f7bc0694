import { type Answer, type Client, made, REFUSAL } from './client.ts';
import { type MovedClock, operatorAt } from './moved-clock.ts';
import { keyOf, programmeOf, type Stage } from './stage.ts';
import { needed } from './story.ts';

/** What is given on the 15th, at the outlet of each cashier. */
export const TREATS = [
  { cashier: 'noodles-1', outlet: '基地店', what: '牛肉面一碗', quantity: 10 },
  { cashier: 'milktea-1', outlet: '基地店', what: '奶茶一杯', quantity: 4 },
  { cashier: 'coffee-1', outlet: '航站楼店', what: '美式咖啡一杯', quantity: 10 },
] as const;

export const OPENS = '10:00';

/** The id of a cashier's outlet. */
export async function outletOf(cashier: Client, name: string): Promise<string> {
  const { outlets } = await cashier.ask<{ outlets: { nodes: { id: string; name: string }[] } }>(
    '{ outlets { nodes { id name } } }',
  );
  return needed(outlets.nodes.find((outlet) => outlet.name === name)?.id, `门店 ${name} the outlet`);
}

/** Plans a treat of every 15th. Resolves with the id of the plan. */
export async function planTreat(stage: Stage, clock: MovedClock, admin: Client): Promise<string> {
  const lines: { outletId: string; what: string; quantity: number }[] = [];
  for (const { cashier, outlet, what, quantity } of TREATS) {
    const client = await operatorAt(clock, 'merchant', cashier, stage.password);
    lines.push({ outletId: await outletOf(client, outlet), what, quantity });
  }
  return made(
    admin,
    `mutation ($key: String!, $programmeId: Id!, $plan: TreatPlanInput!) {
      createTreatPlan(key: $key, programmeId: $programmeId, plan: $plan) { ${REFUSAL} ... on TreatPlan { id } }
    }`,
    {
      key: keyOf(stage, 'treat-plan'),
      programmeId: programmeOf(stage),
      plan: { name: `十五日暖心礼-${stage.cast.run}`, dayOfMonth: 15, opens: OPENS, lines },
    },
  );
}

/** Puts up no more rounds of the plan: the next run has one of its own. */
export async function pauseTreat(stage: Stage, admin: Client, planId: string): Promise<void> {
  await made(
    admin,
    `mutation ($key: String!, $planId: Id!) {
      pauseTreatPlan(key: $key, planId: $planId) { ${REFUSAL} ... on TreatPlan { id } }
    }`,
    { key: keyOf(stage, 'treat-paused'), planId },
  );
}

/** A round as a member sees it. */
export interface Round {
  name: string;
  day: string;
  opensAt: string;
  closesAt: string;
  offers: { id: string; title: string; remaining: number }[];
}

/** The round that this run has put up. */
export async function roundOf(stage: Stage, member: Client): Promise<Round> {
  const { treats } = await member.ask<{ treats: { nodes: Round[] } }>(
    '{ treats(first: 100) { nodes { name day opensAt closesAt offers { id title remaining } } } }',
  );
  return needed(
    treats.nodes.find((round) => round.name.endsWith(stage.cast.run)),
    '每月礼 the treat',
  );
}

/** What a member took. */
export interface Taken {
  id: string;
  points: number;
  voucher: { code: string; state: string };
}

/** A member takes one of a round. */
export function take(stage: Stage, member: Client, key: string, offerId: string): Promise<Answer<Taken>> {
  return member.act(
    `mutation ($key: String!, $offerId: Id!) {
      redeem(key: $key, offerId: $offerId) { ${REFUSAL} ... on Redemption { id points voucher { code state } } }
    }`,
    { key: keyOf(stage, `treat-${key}`), offerId },
  );
}

/** What was given, used and left of the plan's round, line by line. */
export async function countsOf(
  admin: Client,
  planId: string,
): Promise<{ what: string; given: number; verified: number; left: number }[]> {
  const { treatRounds } = await admin.ask<{
    treatRounds: { nodes: { lines: { what: string; given: number; verified: number; left: number }[] }[] };
  }>('query ($planId: Id!) { treatRounds(planId: $planId) { nodes { lines { what given verified left } } } }', {
    planId,
  });
  return needed(treatRounds.nodes[0], '每月礼 the treat').lines;
}
