import { accepted, askUntil, type Client, jobLate, REFUSAL } from './client.ts';
import {
  BRANCH,
  BUDGET,
  type DemoEvent,
  type DemoRule,
  type DemoUnion,
  EVENTS,
  FEDERATION,
  PROGRAMME,
  RULES,
  UNIONS,
} from './happiness-account.ts';
import { findImport, importAndWait, uploadRoster, waitUntilChecked } from './hr.ts';
import { type DemoMerchant, MERCHANTS } from './merchants.ts';
import { type DemoOffer, OFFERS, SALE } from './offers.ts';
import { MEMBERS, rosterFile } from './roster.ts';

const ROSTER_NAME = '演示职工名册.csv';
const PAY_SECONDS = 60;

/** The key of the last mutation: its outcome is there once everything has been entered. */
export const LAST_KEY = 'demo:events';

/**
 * Enters the happiness account at the admin door, as an administrator and HR would. Every mutation has a key of its own
 * that is always the same, so what was cut off goes on where it stopped. Throws an Error with the server's words when
 * something is refused or a job does not do its work. `tell` hears a line for each part.
 */
export async function enterEverything(admin: Client, password: string, tell: (line: string) => void): Promise<void> {
  const branchId = await enterUnions(admin);
  tell(`工会 unions: ${UNIONS.length + 1}`);
  const programmeId = await enterProgramme(admin, branchId);
  for (const rule of RULES) await enterRule(admin, programmeId, rule);
  tell(`积分方案与规则 programme ${PROGRAMME.name}, rules: ${RULES.length}`);
  await enterRoster(admin, branchId);
  tell(`会员 members: ${MEMBERS.length}`);
  for (const merchant of MERCHANTS) await enterMerchant(admin, programmeId, merchant, password);
  tell(`商户 merchants: ${MERCHANTS.length}, 兑换商品 offers: ${OFFERS.length}`);
  await enterEvents(admin, programmeId, EVENTS);
  tell(`活动事件 activity events: ${EVENTS.length}`);
}

async function made(admin: Client, mutation: string, variables: Record<string, unknown>): Promise<string> {
  return accepted(await admin.act<{ id: string }>(mutation, variables)).id;
}

/** Makes the unions; resolves with the id of the branch. */
async function enterUnions(admin: Client): Promise<string> {
  const { unions } = await admin.ask<{ unions: { nodes: { id: string; name: string }[] } }>(
    '{ unions(first: 100) { nodes { id name } } }',
  );
  const federation = unions.nodes.find((union) => union.name === FEDERATION);
  if (!federation) throw new Error(`演示管理员的范围内没有${FEDERATION}。 The demo admin's federation is not there.`);
  const ids = new Map<string | undefined, string>([[undefined, federation.id]]);
  for (const union of UNIONS) ids.set(union.slug, await enterUnion(admin, union, ids.get(union.parent)));
  return ids.get(BRANCH)!;
}

function enterUnion(admin: Client, { slug, name, kind }: DemoUnion, parentId: string | undefined): Promise<string> {
  return made(
    admin,
    `mutation ($key: String!, $parentId: Id!, $name: String!, $kind: UnionKind!) {
      createUnion(key: $key, parentId: $parentId, name: $name, kind: $kind) { ${REFUSAL} ... on Union { id } }
    }`,
    { key: `demo:union:${slug}`, parentId, name, kind },
  );
}

async function enterProgramme(admin: Client, unionId: string): Promise<string> {
  const programmeId = await made(
    admin,
    `mutation ($key: String!, $unionId: Id!, $name: String!, $pointPriceFen: Int!, $pointsLiveDays: Int!, $undoMinutes: Int!) {
      createProgramme(
        key: $key, unionId: $unionId, name: $name, pointPriceFen: $pointPriceFen, pointsLiveDays: $pointsLiveDays
        undoMinutes: $undoMinutes
      ) { ${REFUSAL} ... on Programme { id } }
    }`,
    { key: 'demo:programme', unionId, ...PROGRAMME },
  );
  await made(
    admin,
    `mutation ($key: String!, $programmeId: Id!, $budget: Points!) {
      setProgrammeBudget(key: $key, programmeId: $programmeId, budget: $budget) { ${REFUSAL} ... on Programme { id } }
    }`,
    { key: 'demo:budget', programmeId, budget: BUDGET },
  );
  return programmeId;
}

async function enterRule(admin: Client, programmeId: string, rule: DemoRule): Promise<void> {
  const { slug, name, eventType, award, occurrence } = rule;
  await made(
    admin,
    `mutation ($key: String!, $rule: PublishRuleInput!) {
      publishRule(key: $key, rule: $rule) { ${REFUSAL} ... on Rule { id } }
    }`,
    { key: `demo:rule:${slug}`, rule: { newRule: { programmeId, name, eventType }, award, occurrence } },
  );
}

/** Uploads the roster, unless an earlier run did, has it checked, and imports it. */
async function enterRoster(admin: Client, unionId: string): Promise<void> {
  const earlier = await findImport(admin, unionId, ROSTER_NAME);
  const upload = { unionId, fileName: ROSTER_NAME, full: true, file: rosterFile(MEMBERS) };
  const usable = earlier?.state === 'FAILED' ? undefined : earlier?.id;
  const importId = usable ?? accepted(await uploadRoster(admin, upload));
  const checked = await waitUntilChecked(admin, importId);
  if (checked.failure) throw new Error(`${checked.failure.code}: ${checked.failure.message}`);
  const [problem] = checked.problems.nodes;
  if (problem) throw new Error(`${ROSTER_NAME}, ${problem.row}: ${problem.code}: ${problem.message}`);
  const imported = await importAndWait(admin, importId);
  if (imported.failure) throw new Error(`${imported.failure.code}: ${imported.failure.message}`);
}

async function enterMerchant(
  admin: Client,
  programmeId: string,
  merchant: DemoMerchant,
  password: string,
): Promise<void> {
  const { slug, name, category } = merchant;
  const merchantId = await made(
    admin,
    `mutation ($key: String!, $programmeId: Id!, $name: String!, $category: MerchantCategory!) {
      addMerchant(key: $key, programmeId: $programmeId, name: $name, category: $category) { ${REFUSAL} ... on Merchant { id } }
    }`,
    { key: `demo:merchant:${slug}`, programmeId, name, category },
  );
  const owner = { login: `${slug}-owner`, name: '演示店主', role: 'OWNER', password };
  await enterStaff(admin, merchantId, owner);
  const outletIds = new Map<string, string>();
  for (const [i, outlet] of merchant.outlets.entries()) {
    const login = `${slug}-${i + 1}`;
    const outletId = await enterOutlet(admin, merchantId, `demo:outlet:${login}`, outlet);
    outletIds.set(outlet.name, outletId);
    await enterStaff(admin, merchantId, { login, name: '演示收银员', role: 'CASHIER', password, outletId });
  }
  const offers = OFFERS.filter((offer) => offer.merchant === slug);
  for (const offer of offers) await enterOffer(admin, { programmeId, merchantId, outletIds }, offer);
}

function enterOutlet(
  admin: Client,
  merchantId: string,
  key: string,
  outlet: DemoMerchant['outlets'][number],
): Promise<string> {
  return made(
    admin,
    `mutation ($key: String!, $merchantId: Id!, $name: String!, $address: String!) {
      addOutlet(key: $key, merchantId: $merchantId, name: $name, address: $address) { ${REFUSAL} ... on Outlet { id } }
    }`,
    { key, merchantId, ...outlet },
  );
}

async function enterStaff(
  admin: Client,
  merchantId: string,
  person: { login: string; name: string; role: string; password: string; outletId?: string },
): Promise<void> {
  await made(
    admin,
    `mutation ($key: String!, $merchantId: Id!, $outletId: Id, $role: StaffRole!, $login: String!, $name: String!, $password: String!) {
      addStaff(
        key: $key, merchantId: $merchantId, outletId: $outletId, role: $role, login: $login, name: $name
        password: $password
      ) { ${REFUSAL} ... on Staff { id } }
    }`,
    { key: `demo:staff:${person.login}`, merchantId, ...person },
  );
}

async function enterOffer(
  admin: Client,
  of: { programmeId: string; merchantId: string; outletIds: ReadonlyMap<string, string> },
  offer: DemoOffer,
): Promise<void> {
  const { slug, merchant: _merchant, limit, outlets = [...of.outletIds.keys()], ...terms } = offer;
  const offerId = await made(
    admin,
    `mutation (
      $key: String!, $programmeId: Id!, $merchantId: Id!, $outletIds: [Id!]!, $title: String!, $description: String!
      $price: Points!, $stock: Int!, $saleFrom: Instant!, $saleTo: Instant!, $limitCount: Int, $limitPeriod: LimitPeriod!
      $useDays: Int, $useUntil: Day, $lapsePolicy: LapsePolicy!
    ) {
      createOffer(
        key: $key, programmeId: $programmeId, merchantId: $merchantId, outletIds: $outletIds, title: $title
        description: $description, price: $price, stock: $stock, saleFrom: $saleFrom, saleTo: $saleTo
        limitCount: $limitCount, limitPeriod: $limitPeriod, useDays: $useDays, useUntil: $useUntil
        lapsePolicy: $lapsePolicy
      ) { ${REFUSAL} ... on Offer { id } }
    }`,
    {
      ...terms,
      key: `demo:offer:${slug}`,
      programmeId: of.programmeId,
      merchantId: of.merchantId,
      outletIds: outlets.map((name) => of.outletIds.get(name)),
      saleFrom: SALE.from,
      saleTo: SALE.to,
      limitCount: limit?.count,
      limitPeriod: limit?.period ?? 'EVER',
    },
  );
  await made(
    admin,
    `mutation ($key: String!, $offerId: Id!) {
      putOnSale(key: $key, offerId: $offerId) { ${REFUSAL} ... on Offer { id } }
    }`,
    { key: `demo:on-sale:${slug}`, offerId },
  );
}

/** Records events and waits until the job process has paid them. */
async function enterEvents(admin: Client, programmeId: string, events: readonly DemoEvent[]): Promise<void> {
  await made(
    admin,
    `mutation ($key: String!, $programmeId: Id!, $events: [ActivityEventInput!]!) {
      recordEvents(key: $key, programmeId: $programmeId, events: $events) {
        ${REFUSAL} ... on EventsRefused { code message problems { code message at } } ... on Recording { id }
      }
    }`,
    { key: LAST_KEY, programmeId, events },
  );
  const unpaid = async () => {
    const { activityEvents } = await admin.ask<{ activityEvents: { nodes: { id: string }[] } }>(
      'query ($programmeId: Id!) { activityEvents(programmeId: $programmeId, state: RECORDED) { nodes { id } } }',
      { programmeId },
    );
    return activityEvents.nodes.length;
  };
  const left = await askUntil(unpaid, (count) => count === 0, PAY_SECONDS);
  if (left > 0) throw new Error(jobLate(`${left} 件活动事件 activity events`, PAY_SECONDS));
}
