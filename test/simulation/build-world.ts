import { writeCards } from '../../src/cards/write-cards.ts';
import type { AdminCaller, StaffCaller } from '../../src/identity/caller.ts';
import { ADMIN_PERMISSIONS, staffPermissions } from '../../src/identity/roles.ts';
import { setBudget } from '../../src/ledger/budget.ts';
import { post } from '../../src/ledger/post.ts';
import { insertRows, type SqlValue } from '../../src/platform/db/sql.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import { setProgrammePolicy } from '../../src/rules/corrections/set-policy.ts';
import type { TestDeps } from '../support/deps.ts';
import { accepted } from '../support/market.ts';
import { publishRules } from './rules.ts';
import {
  ADJUSTED_ALONE,
  chargeLimitOf,
  firstBudget,
  isAsked,
  PROGRAMMES,
  type Till,
  UNDO_MINUTES,
  type World,
} from './world.ts';

const UNIONS_EACH = 4;
const MERCHANTS = 3;
const CASHIERS = 3;
const ADMINS = 4;
const PARTIES = 3;
const CARDS = { id: newId(), prefix: '888800' };

/** Fills an empty, migrated database: a city with two programmes, their unions, members, merchants and rules. */
export async function buildWorld(deps: TestDeps, memberCount: number): Promise<World> {
  const tree = await enterUnions(deps);
  const { cityId, programmeIds } = tree;
  const admins = Array.from({ length: ADMINS }, () => anAdmin(cityId));
  const parties = Array.from({ length: PARTIES }, () => anAdmin(cityId));
  const operators = [...admins, ...parties].map(({ operatorId: id }) => [id, 'admin', id!.toLowerCase()]);
  const rest = ['管理员', 'x', deps.clock.now()];
  const columns = 'id door login name password_hash created_at';
  await insert(
    deps,
    'operator',
    columns,
    operators.map((operator) => [...operator, ...rest]),
  );
  for (const [i, programmeId] of programmeIds.entries()) {
    await inTransaction(deps.db, (tx) => setBudget(tx, programmeId, points(firstBudget(memberCount))));
    const overspent = i === 0 ? ('owe' as const) : ('write_off' as const);
    const policy = { programmeId, overspent, adjustmentLimit: points(ADJUSTED_ALONE) };
    accepted(await setProgrammePolicy(deps, admins[0]!, newId(), policy));
  }
  const people = await enterMembers(deps, tree, memberCount);
  const shops = await enterMerchants(deps, programmeIds);
  const rules = await publishRules(deps, admins[0]!, programmeIds, memberCount);
  const world: World = { deps, processes: [deps, { ...deps }], ...tree, ...people, ...shops, admins, parties, rules };
  await giveEveryone(world, 90, 100);
  await giveEveryone(world, 50, 400);
  return world;
}

/** `columns` with blanks between them. */
function insert({ db }: TestDeps, table: string, columns: string, rows: SqlValue[][]): Promise<void> {
  return inTransaction(db, (tx) => insertRows(tx, table, columns.split(' '), rows));
}

/** A city over a district for each programme, with grass-roots unions below them. */
async function enterUnions(deps: TestDeps) {
  const now = deps.clock.now();
  const cityId = newId();
  const districts = Array.from({ length: PROGRAMMES }, newId);
  const programmeIds = Array.from({ length: PROGRAMMES }, newId);
  const unions = districts.flatMap((_, programme) =>
    Array.from({ length: UNIONS_EACH }, () => ({ id: newId(), programme })),
  );
  await insert(deps, 'union_node', 'id parent_id name kind path created_at', [
    [cityId, null, '市总工会', 'city', `/${cityId}/`, now],
    ...districts.map((id, i) => [id, cityId, `第${i + 1}区`, 'district', `/${cityId}/${id}/`, now]),
    ...unions.map(({ id, programme }, i) => {
      const parentId = districts[programme]!;
      return [id, parentId, `第${i + 1}工会`, 'enterprise', `/${cityId}/${parentId}/${id}/`, now];
    }),
  ]);
  await insert(
    deps,
    'programme',
    'id union_id name point_price_fen points_live_days undo_minutes created_at',
    programmeIds.map((id, i) => [id, districts[i]!, `方案${i + 1}`, 10, 120, UNDO_MINUTES, now]),
  );
  return { cityId, programmeIds, unions };
}

/** Members of the unions in turn, each with a card. */
async function enterMembers(
  deps: TestDeps,
  { cityId, unions }: { cityId: string; unions: World['unions'] },
  count: number,
): Promise<Pick<World, 'memberIds' | 'cardIds'>> {
  const now = deps.clock.now();
  const memberIds = Array.from({ length: count }, newId);
  await insert(
    deps,
    'member',
    'id union_id name staff_number state created_at updated_at',
    memberIds.map((id, i) => [id, unions[i % unions.length]!.id, '职工', `S${i}`, 'active', now, now]),
  );
  const asked = memberIds.flatMap((id, i) => (isAsked(i) ? [[id, chargeLimitOf(i)]] : []));
  await insert(deps, 'member_charge_limit', 'member_id points', asked);
  const issuer = [CARDS.id, cityId, '会员卡', CARDS.prefix, now];
  await insert(deps, 'card_issuer', 'id union_id name prefix created_at', [issuer]);
  const wanted = memberIds.map((memberId) => ({ memberId, replacesId: null, batchId: null }));
  const cardIds = await inTransaction(deps.db, (tx) => writeCards(tx, CARDS, wanted, 'system', now));
  return { memberIds, cardIds };
}

/** Merchants with two outlets each, under contract with every programme, and who stands at their tills. */
async function enterMerchants(
  deps: TestDeps,
  programmeIds: readonly string[],
): Promise<Pick<World, 'merchants' | 'tills'>> {
  const now = deps.clock.now();
  const merchants = Array.from({ length: MERCHANTS }, () => {
    const id = newId();
    return { id, outletIds: [newId(), newId()], owner: aClerk(id, 'owner', null) };
  });
  const shops = merchants.map(({ id }, i) => [id, `商户${i}`, 'dining', 'active', now]);
  await insert(deps, 'merchant', 'id name category state created_at', shops);
  const served = programmeIds.flatMap((programmeId) => merchants.map(({ id }) => [programmeId, id]));
  await insert(deps, 'programme_merchant', 'programme_id merchant_id', served);
  const terms = ['2020-01-01', 'postpaid', 'system', now];
  await insert(
    deps,
    'contract',
    'id programme_id merchant_id number from_day settlement signed_by signed_at',
    served.map(([programmeId, id], i) => [newId(), programmeId!, id!, `HT-${i}`, ...terms]),
  );
  await insert(
    deps,
    'outlet',
    'id merchant_id name address created_at',
    merchants.flatMap(({ id, outletIds }) =>
      outletIds.map((outletId, i) => [outletId, id, `${i + 1}店`, '和平路1号', now]),
    ),
  );
  const tills = merchants.flatMap(({ id, outletIds, owner }, merchant): Till[] => [
    { merchant, outlet: 0, caller: owner },
    ...Array.from({ length: CASHIERS }, (_, i) => {
      const outlet = i % outletIds.length;
      return { merchant, outlet, caller: aClerk(id, 'cashier', outletIds[outlet]!) };
    }),
  ]);
  return { merchants, tills };
}

function anAdmin(cityId: string): AdminCaller {
  const operatorId = newId();
  const permissions: ReadonlySet<string> = new Set(ADMIN_PERMISSIONS);
  const grants = [{ unionPath: `/${cityId}/`, permissions }];
  return { door: 'admin', actor: `operator:${operatorId}`, operatorId, sessionId: null, permissions, grants };
}

function aClerk(merchantId: string, role: 'owner' | 'cashier', outletId: string | null): StaffCaller {
  const operatorId = newId();
  const permissions = staffPermissions(role);
  return {
    door: 'merchant',
    actor: `operator:${operatorId}`,
    operatorId,
    merchantId,
    outletId,
    sessionId: null,
    permissions,
  };
}

/** Points for everybody, so that the first months are not poor. */
async function giveEveryone(
  { deps, memberIds, unions, programmeIds }: World,
  each: number,
  days: number,
): Promise<void> {
  const now = deps.clock.now();
  const proposals = memberIds.map((memberId, i) => {
    const programmeId = programmeIds[unions[i % unions.length]!.programme]!;
    return {
      programmeId,
      kind: 'adjustment' as const,
      debit: { kind: 'issuance' as const, ownerId: programmeId },
      credit: { kind: 'member' as const, ownerId: memberId },
      points: points(each),
      key: `adjustment:${newId()}`,
      causeId: newId(),
      expiresAt: new Date(now.getTime() + days * 86_400_000),
    };
  });
  await inTransaction(deps.db, (tx) => post(tx, proposals, now));
}
