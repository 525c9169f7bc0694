/** The town in which chaos breaks out: members with cards and points, offers, cashiers, an admin, and a rule that pays. */
import { cardKey, unixSecond } from '../../src/cards/card-key.ts';
import { writeCards } from '../../src/cards/write-cards.ts';
import type { AdminCaller, Door } from '../../src/identity/caller.ts';
import { ADMIN_PERMISSIONS } from '../../src/identity/roles.ts';
import { makeAccessToken } from '../../src/identity/tokens.ts';
import { insertRows, type SqlValue } from '../../src/platform/db/sql.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Result } from '../../src/platform/result.ts';
import { publishDraft } from '../../src/rules/publish-draft.ts';
import { saveDraft } from '../../src/rules/save-draft.ts';
import { addIssuer } from '../bench/card-batch-issuer.ts';
import { addOffer, type Cashier, type Market, openAccounts, seedCashiers, seedMarket } from '../bench/market.ts';
import type { KeyOnPhone } from '../support/card-code.ts';

const MEMBERS = 200;
const OFFERS = 6;
const CASHIERS = 26;
const SESSION_MS = 30 * 86_400_000;
/** Older than a clock of an API process is ever behind; that of a job process may be farther behind. */
const RULE_AGE_MS = 5 * 60_000;
/** What each event earns. */
export const EARNED = 7;
export const EVENT_TYPE = 'honour';
/** Of each offer, at first. */
export const STOCK = 1_000_000;

/** Somebody who is signed in. */
export interface Person {
  door: Door;
  subjectId: string;
  sessionId: string;
}

export interface Offer {
  id: string;
  price: number;
  merchantId: string;
}

export interface World {
  deps: Deps;
  programmeId: string;
  members: (Person & { phone: KeyOnPhone })[];
  offers: Offer[];
  cashiers: (Person & Cashier)[];
  admin: Person;
  /** What all members own together before the first round. */
  owned: number;
}

/** Fills an empty, migrated database. */
export async function buildWorld(deps: Deps): Promise<World> {
  const market = await seedMarket(deps, { members: MEMBERS, offers: 0 });
  for (let i = 0; i < OFFERS; i++) market.offerIds.push(await addOffer(deps, market, i, STOCK));
  const cashiers = await seedCashiers(deps, market, CASHIERS);
  const adminId = await addAdmin(deps, market);
  const published = new Date(deps.clock.now().getTime() - RULE_AGE_MS);
  await publishRule({ ...deps, clock: { now: () => published } }, market, adminId);
  await openAccounts(deps, market.programmeId, 'prizes', [market.programmeId]);
  const phones = await handOutCards(deps, market);
  const people = [
    ...market.memberIds.map((subjectId) => ({ door: 'member' as const, subjectId })),
    ...cashiers.map(({ operatorId }) => ({ door: 'merchant' as const, subjectId: operatorId })),
    { door: 'admin' as const, subjectId: adminId },
  ];
  const signedIn = await openSessions(deps, people);
  const [{ owned }] = await deps.db.query("SELECT SUM(balance) AS owned FROM account WHERE kind = 'member'");
  return {
    deps,
    programmeId: market.programmeId,
    members: phones.map((phone, i) => ({ ...signedIn[i]!, phone })),
    offers: await readOffers(deps),
    cashiers: cashiers.map((cashier, i) => ({ ...cashier, ...signedIn[MEMBERS + i]! })),
    admin: signedIn.at(-1)!,
    owned: Number(owned),
  };
}

/** What the Authorization header of somebody says from now on, for ten minutes. */
export function authorizationOf({ deps }: World, person: Person): string {
  return `Bearer ${makeAccessToken(deps.config, person, deps.clock.now()).token}`;
}

const insert = (deps: Deps, table: string, columns: string, rows: SqlValue[][]) =>
  inTransaction(deps.db, (tx) => insertRows(tx, table, columns.split(' '), rows));

async function openSessions(deps: Deps, people: readonly Omit<Person, 'sessionId'>[]): Promise<Person[]> {
  const now = deps.clock.now();
  const signedIn = people.map((person) => ({ ...person, sessionId: newId() }));
  await insert(
    deps,
    'session',
    'id door subject_id generation device created_at rotated_at expires_at',
    signedIn.map(({ sessionId, door, subjectId }) => [
      sessionId,
      door,
      subjectId,
      1,
      'chaos',
      now,
      now,
      new Date(now.getTime() + SESSION_MS),
    ]),
  );
  return signedIn;
}

async function readOffers({ db }: Deps): Promise<Offer[]> {
  const rows: { id: string; price: number; merchantId: string }[] = await db.query(
    'SELECT id, price, merchant_id AS merchantId FROM offer ORDER BY id',
  );
  return rows.map((row) => ({ ...row, price: Number(row.price) }));
}

async function handOutCards(deps: Deps, { programmeId, memberIds }: Market): Promise<KeyOnPhone[]> {
  const now = deps.clock.now();
  const generation = unixSecond(now);
  const issuer = await addIssuer(deps, await unionOf(deps, programmeId));
  const cards = memberIds.map((memberId) => ({ memberId, replacesId: null, batchId: null }));
  const cardIds = await inTransaction(deps.db, (tx) => writeCards(tx, issuer, cards, 'system:chaos', now));
  return cardIds.map((cardId) => ({
    cardId,
    generation,
    key: cardKey(deps.config, cardId, generation).toString('base64url'),
  }));
}

async function unionOf({ db }: Deps, programmeId: string): Promise<string> {
  const [row] = await db.query('SELECT union_id AS unionId FROM programme WHERE id = ?', [programmeId]);
  return row.unionId;
}

async function addAdmin(deps: Deps, { programmeId }: Market): Promise<string> {
  const id = newId();
  const operator = [id, 'admin', 'chaos', '管理员', '!', deps.clock.now()];
  await insert(deps, 'operator', 'id door login name password_hash created_at', [operator]);
  const role = [id, await unionOf(deps, programmeId), 'programme-admin'];
  await insert(deps, 'admin_role', 'operator_id union_id role', [role]);
  return id;
}

async function publishRule(deps: Deps, { programmeId }: Market, operatorId: string): Promise<void> {
  const [{ path }] = await deps.db.query('SELECT path FROM union_node WHERE id = ?', [
    await unionOf(deps, programmeId),
  ]);
  const permissions: ReadonlySet<string> = new Set(ADMIN_PERMISSIONS);
  const grants = [{ unionPath: path, permissions }];
  const actor = `operator:${operatorId}`;
  const admin: AdminCaller = { door: 'admin', actor, operatorId, sessionId: null, permissions, grants };
  const draftId = accepted(
    await saveDraft(deps, admin, newId(), {
      newRule: { programmeId, name: '荣誉', eventType: EVENT_TYPE },
      definition: { award: { kind: 'fixed', points: EARNED }, occurrence: { kind: 'event' } },
    }),
  );
  accepted(await publishDraft(deps, admin, newId(), { draftId }));
}

function accepted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}
