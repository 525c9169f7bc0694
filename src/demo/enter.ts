import { CITIES } from './anhui-2025.ts';
import { enterCards } from './cards.ts';
import { CITY_MERCHANTS } from './city-merchants.ts';
import { accepted, askUntil, type Client, jobLate, made, REFUSAL } from './client.ts';
import { JUDGES } from './competition-terms.ts';
import { type AdminToEnter, enterAdmin } from './enter-admin.ts';
import { enterCityMerchants } from './enter-city.ts';
import { enterCompetition } from './enter-competition.ts';
import { enterMerchant } from './enter-merchant.ts';
import { enterUnion } from './enter-union.ts';
import {
  APPROVER,
  BRANCH,
  BUDGET,
  type DemoEvent,
  EVENTS,
  FEDERATION,
  PROGRAMME,
  UNIONS,
} from './happiness-account.ts';
import { findImport, findMember, importAndWait, uploadRoster, waitUntilChecked } from './hr.ts';
import { EXPERT } from './innovation-terms.ts';
import { PARTIES } from './lottery-terms.ts';
import { MERCHANTS } from './merchants.ts';
import { OFFERS } from './offers.ts';
import type { Past } from './past-api.ts';
import { showPastCards } from './past-cards.ts';
import { playPastMonth } from './past-month.ts';
import { MEMBERS, rosterFile } from './roster.ts';
import { type DemoRule, RULES } from './rules.ts';

const ROSTER_NAME = '演示职工名册.csv';
const JUDGE_SECONDS = 60;

/**
 * Enters the happiness account at the admin door, as an administrator and HR would. Every mutation has a key of its own
 * that is always the same, so what was cut off goes on where it stopped. Resolves with the id of the programme. Throws an
 * Error with the server's words when something is refused or a job does not do its work. `past` is the same admin at doors
 * of a past month, in which the programme was made, something was sold and cards were shown. `tell` hears a line for each part.
 */
export async function enterEverything(
  admin: Client,
  past: Past,
  password: string,
  tell: (line: string) => void,
): Promise<string> {
  const { federationId, branchId } = await enterUnions(admin);
  tell(`工会 unions: ${UNIONS.length + 1}`);
  const programmeId = await enterProgramme(past.admin, branchId);
  await enterRules(admin, programmeId);
  tell(`积分方案与规则 programme ${PROGRAMME.name}, rules: ${RULES.length}`);
  await enterRoster(admin, branchId);
  tell(`会员 members: ${MEMBERS.length}`);
  await enterApprover(admin, branchId, password);
  await enterHelpers(admin, branchId, password);
  tell(
    `第二位管理员 second admin: ${APPROVER.login}，抽奖三方 parties of the draw: ${PARTIES.length}，评委 judges: ${JUDGES.length}，专家 experts: 1`,
  );
  for (const merchant of MERCHANTS) await enterMerchant(admin, programmeId, merchant, password);
  tell(`商户 merchants: ${MERCHANTS.length}, 兑换商品 offers: ${OFFERS.length}`);
  await enterCityMerchants(admin, programmeId);
  tell(`普惠商户 merchants of the membership card: ${CITY_MERCHANTS.length}`);
  await playPastMonth(past.admin, programmeId, password);
  await enterCards(admin, { federationId, branchId });
  tell(`会员卡 membership cards: ${MEMBERS.length}`);
  await showPastCards(past, programmeId, password);
  await enterCompetition(admin, federationId);
  tell(`2025 年技能竞赛方案 plan of the skill competition of 2025: ${CITIES.length} 市 cities`);
  await enterEvents(admin, programmeId, EVENTS);
  tell(`活动事件 activity events: ${EVENTS.length}`);
  return programmeId;
}

/** Makes the unions; resolves with the ids of the one at the top and of the branch. */
async function enterUnions(admin: Client): Promise<{ federationId: string; branchId: string }> {
  const { unions } = await admin.ask<{ unions: { nodes: { id: string; name: string }[] } }>(
    '{ unions(first: 100) { nodes { id name } } }',
  );
  const federation = unions.nodes.find((union) => union.name === FEDERATION);
  if (!federation) throw new Error(`演示管理员的范围内没有${FEDERATION}。 The demo admin's federation is not there.`);
  const ids = new Map<string | undefined, string>([[undefined, federation.id]]);
  for (const union of UNIONS) ids.set(union.slug, await enterUnion(admin, union, ids.get(union.parent)));
  return { federationId: federation.id, branchId: ids.get(BRANCH)! };
}

async function enterProgramme(admin: Client, unionId: string): Promise<string> {
  const programmeId = await made(
    admin,
    `mutation ($key: String!, $unionId: Id!, $name: String!, $pointPriceFen: Fen!, $pointsLiveDays: Int!, $undoMinutes: Int!) {
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

/** Drafts and publishes each rule, unless an earlier run did: a draft that was published is gone. */
async function enterRules(admin: Client, programmeId: string): Promise<void> {
  const { rules } = await admin.ask<{ rules: { nodes: { name: string }[] } }>(
    'query ($programmeId: Id!) { rules(programmeId: $programmeId, first: 100) { nodes { name } } }',
    { programmeId },
  );
  const published = new Set(rules.nodes.map((rule) => rule.name));
  for (const rule of RULES) if (!published.has(rule.name)) await enterRule(admin, programmeId, rule);
}

async function enterRule(admin: Client, programmeId: string, rule: DemoRule): Promise<void> {
  const { slug, name, eventType, definition } = rule;
  const draftId = await made(
    admin,
    `mutation ($key: String!, $newRule: NewRuleInput!, $definition: RuleDefinitionInput!) {
      saveRuleDraft(key: $key, newRule: $newRule, definition: $definition) { ${REFUSAL} ... on RuleDraft { id } }
    }`,
    { key: `demo:rule-draft:${slug}`, newRule: { programmeId, name, eventType }, definition },
  );
  await made(
    admin,
    `mutation ($key: String!, $draftId: Id!) {
      publishRuleDraft(key: $key, draftId: $draftId) { ${REFUSAL} ... on Rule { id } }
    }`,
    { key: `demo:rule:${slug}`, draftId },
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

/** Makes the second admin, who decides on claims and confirms adjustments, and writes down which member that is. */
async function enterApprover(admin: Client, unionId: string, password: string): Promise<void> {
  await enterLinked(admin, unionId, { slug: 'approver', ...APPROVER }, password);
}

/** Makes an admin and writes down which member that is. */
async function enterLinked(
  admin: Client,
  unionId: string,
  { staffNumber, ...account }: AdminToEnter & { staffNumber: string },
  password: string,
): Promise<void> {
  const adminId = await enterAdmin(admin, unionId, account, password);
  await made(
    admin,
    `mutation ($key: String!, $adminId: Id!, $memberId: Id!) {
      linkAdminToMember(key: $key, adminId: $adminId, memberId: $memberId) { ${REFUSAL} ... on Admin { id } }
    }`,
    { key: `demo:admin-member:${account.slug}`, adminId, memberId: await findMember(admin, staffNumber) },
  );
}

/** Makes the admins who bring randomness to the draws of the story, and those who judge in it. */
async function enterHelpers(admin: Client, unionId: string, password: string): Promise<void> {
  for (const party of PARTIES)
    await enterAdmin(admin, unionId, { ...party, slug: party.login, role: 'auditor' }, password);
  for (const judge of JUDGES)
    await enterAdmin(admin, unionId, { ...judge, slug: judge.login, role: 'judge' }, password);
  await enterLinked(admin, unionId, EXPERT, password);
}

async function enterEvents(admin: Client, programmeId: string, events: readonly DemoEvent[]): Promise<void> {
  await made(
    admin,
    `mutation ($key: String!, $programmeId: Id!, $events: [ActivityEventInput!]!) {
      recordEvents(key: $key, programmeId: $programmeId, events: $events) {
        ${REFUSAL} ... on EventsRefused { code message problems { code message at } } ... on Recording { id }
      }
    }`,
    { key: 'demo:events', programmeId, events },
  );
  await waitUntilJudged(admin, programmeId);
}

/** Waits until the job process has judged all events of a programme. Throws when that takes more than a minute. */
export async function waitUntilJudged(admin: Client, programmeId: string): Promise<void> {
  const waiting = async () => {
    const { activityEvents } = await admin.ask<{ activityEvents: { nodes: { id: string }[] } }>(
      'query ($programmeId: Id!) { activityEvents(programmeId: $programmeId, state: RECORDED) { nodes { id } } }',
      { programmeId },
    );
    return activityEvents.nodes.length;
  };
  const left = await askUntil(waiting, (count) => count === 0, JUDGE_SECONDS);
  if (left > 0) throw new Error(jobLate(`${left} 件活动事件 activity events`, JUDGE_SECONDS));
}
