import 'reflect-metadata';
import { type ExecutionResult, type GraphQLSchema, graphql } from 'graphql';
import { buildSchema } from 'type-graphql';
import { expect } from 'vitest';
import type { AdminCaller, Caller, MemberCaller } from '../../src/identity/caller.ts';
import type { RequestContext } from '../../src/identity/context.ts';
import { createLimits, type Limits } from '../../src/identity/limits.ts';
import { addMerchant } from '../../src/marketplace/add-merchant.ts';
import { addOutlet } from '../../src/marketplace/add-outlet.ts';
import { AdminCodePoolsResolver } from '../../src/marketplace/code-pools/graphql/admin.ts';
import { createOffer, type NewOffer } from '../../src/marketplace/create-offer.ts';
import { AdminMarketplaceResolver } from '../../src/marketplace/graphql/admin.ts';
import { AdminOffersResolver } from '../../src/marketplace/graphql/admin-offers.ts';
import { MemberMarketplaceResolver } from '../../src/marketplace/graphql/member.ts';
import { MerchantMarketplaceResolver } from '../../src/marketplace/graphql/merchant.ts';
import { AdminOfferReviewResolver } from '../../src/marketplace/offers/graphql/admin.ts';
import { putOnSale } from '../../src/marketplace/put-on-sale.ts';
import { AdminReleasesResolver } from '../../src/marketplace/releases/graphql/admin.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import type { Page, PageRequest } from '../../src/platform/graphql/connection.ts';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import { createProgramme } from '../../src/unions/create-programme.ts';
import { createUnion, type NewUnion } from '../../src/unions/create-union.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { accepted } from '../support/market.ts';

const WRITER = ['merchants:read', 'merchants:write', 'offers:read', 'offers:write'];

/** An admin with these permissions in one branch. */
export function adminOf(unionPath: string, permissions: readonly string[] = WRITER): AdminCaller {
  const operatorId = newId();
  const granted = new Set(permissions);
  return {
    door: 'admin',
    actor: `operator:${operatorId}`,
    operatorId,
    sessionId: newId(),
    permissions: granted,
    grants: [{ unionPath, permissions: granted }],
  };
}

/** A city with two districts, a programme in each district, and an admin of each of the three. */
export async function aCity() {
  const deps = await testDeps();
  const now = deps.clock.now();
  const make = async (union: NewUnion) => accepted(await inTransaction(deps.db, (tx) => createUnion(tx, union, now)));
  const cityId = await make({ parentId: null, name: '市总工会', kind: 'city' });
  const eastId = await make({ parentId: cityId, name: '东区', kind: 'district' });
  const westId = await make({ parentId: cityId, name: '西区', kind: 'district' });
  const terms = { name: '幸福账户', pointPriceFen: 10, pointsLiveDays: 365, undoMinutes: 10 };
  const programme = async (unionId: string) =>
    accepted(await inTransaction(deps.db, (tx) => createProgramme(tx, { ...terms, unionId }, now)));
  return {
    deps,
    cityId,
    eastId,
    westId,
    eastProgrammeId: await programme(eastId),
    westProgrammeId: await programme(westId),
    cityAdmin: adminOf(`/${cityId}/`),
    eastAdmin: adminOf(`/${cityId}/${eastId}/`),
    westAdmin: adminOf(`/${cityId}/${westId}/`),
  };
}

/** A merchant with one outlet in a programme. */
export async function aMerchant(deps: TestDeps, admin: AdminCaller, programmeId: string, name = '悦来茶楼') {
  const merchantId = accepted(await addMerchant(deps, admin, newId(), { programmeId, name, category: 'dining' }));
  const outlet = { merchantId, name: '总店', address: '人民路1号' };
  return { merchantId, outletId: accepted(await addOutlet(deps, admin, newId(), outlet)) };
}

/** The input of an offer that nothing is wrong with. */
export function offerInput(
  ids: { programmeId: string; merchantId: string; outletId: string },
  fields: Partial<NewOffer> = {},
): NewOffer {
  return {
    programmeId: ids.programmeId,
    merchantId: ids.merchantId,
    title: '奶茶一杯',
    description: '中杯，任选口味',
    price: points(100),
    saleFrom: new Date('2026-08-01T04:00:00.000Z'),
    saleTo: new Date('2026-09-01T00:00:00.000Z'),
    limitCount: 2,
    limitPeriod: 'month',
    useUntil: null,
    useDays: 30,
    lapsePolicy: 'refund',
    codeSource: 'made',
    eligibleUnionIds: null,
    eligibleTags: null,
    outletIds: [ids.outletId],
    stock: 100,
    ...fields,
  };
}

/** An offer on sale. */
export async function anOfferOnSale(deps: TestDeps, admin: AdminCaller, input: NewOffer): Promise<string> {
  const offerId = accepted(await createOffer(deps, admin, newId(), input));
  return accepted(await putOnSale(deps, admin, newId(), { offerId }));
}

export function memberCaller(memberId: string): MemberCaller {
  return { door: 'member', actor: `member:${memberId}`, memberId, sessionId: newId(), permissions: new Set(['self']) };
}

const resolvers = {
  member: [MemberMarketplaceResolver],
  merchant: [MerchantMarketplaceResolver],
  admin: [
    AdminMarketplaceResolver,
    AdminOffersResolver,
    AdminOfferReviewResolver,
    AdminReleasesResolver,
    AdminCodePoolsResolver,
  ],
} as const;
const schemas = new Map<string, Promise<GraphQLSchema>>();

function schemaOf(door: Caller['door']): Promise<GraphQLSchema> {
  let schema = schemas.get(door);
  if (!schema) {
    schema = buildSchema({
      resolvers: [...resolvers[door]] as never,
      validate: false,
      authChecker: ({ context }, [permission]) => context.caller.permissions.has(permission),
    });
    schemas.set(door, schema);
  }
  return schema;
}

/** Runs an operation at the caller's door of the marketplace. */
export async function ask(
  deps: TestDeps,
  caller: Caller,
  source: string,
  variableValues: Record<string, unknown> = {},
  limits: Limits = createLimits(undefined),
): Promise<ExecutionResult> {
  const contextValue = contextOf(deps, caller, limits);
  return graphql({ schema: await schemaOf(caller.door), source, contextValue, variableValues });
}

/** The context of a request that this caller makes. */
export function contextOf<C extends Caller>(
  deps: TestDeps,
  caller: C,
  limits: Limits = createLimits(undefined),
): RequestContext & { caller: C } {
  return { deps, limits, caller, rejected: undefined, language: 'en', ip: '127.0.0.1', requestId: newId() };
}

/** The data of an operation that has no errors. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
export async function data(...asked: Parameters<typeof ask>): Promise<any> {
  const answer = await ask(...asked);
  expect(answer.errors).toBeUndefined();
  return answer.data;
}

/** The code of a refusal; fails the test on an acceptance. */
export function refusal(outcome: { ok: boolean; refusal?: { code: string; at?: string } }) {
  if (outcome.ok) throw new Error('accepted');
  const { code, at } = outcome.refusal!;
  return at === undefined ? code : `${code} at ${at}`;
}

/** How many rows a table has. */
export async function rowsIn(deps: TestDeps, table: string): Promise<number> {
  const [row] = await deps.db.query(`SELECT COUNT(*) AS n FROM ${table}`);
  return Number(row.n);
}

/** The actions of the audit trail, oldest first. */
export async function audited(deps: TestDeps): Promise<string[]> {
  const rows: { action: string }[] = await deps.db.query('SELECT action FROM audit_record ORDER BY number');
  return rows.map((row) => row.action);
}

/** The SQL that a piece of work sends. */
export async function statements(deps: TestDeps, work: () => Promise<unknown>): Promise<string[]> {
  const usual = deps.db.logger;
  const sent: string[] = [];
  deps.db.logger = new Proxy(usual, {
    get(logger, name) {
      if (name === 'logQuery') return (query: string) => sent.push(query);
      const member = Reflect.get(logger, name);
      return typeof member === 'function' ? member.bind(logger) : member;
    },
  });
  try {
    await work();
    return sent;
  } finally {
    deps.db.logger = usual;
  }
}

/** Walks a list page by page; `between` runs after each page. */
export async function walk<T>(
  first: number,
  read: (page: PageRequest) => Promise<Page<T>>,
  cursor: (item: T) => string,
  between: () => Promise<unknown> = async () => {},
): Promise<string[]> {
  const seen: string[] = [];
  for (let after: string | undefined; ; after = seen.at(-1)) {
    const page = await read({ first, after });
    seen.push(...page.items.map(cursor));
    if (!page.hasNextPage) return seen;
    expect(page.items).toHaveLength(first);
    await between();
  }
}
