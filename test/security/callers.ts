import type { Door } from '../../src/identity/caller.ts';
import { createApiToken } from '../../src/identity/create-api-token.ts';
import { hashPassword } from '../../src/identity/passwords.ts';
import {
  ADMIN_ROLE_NAMES,
  API_TOKEN_PERMISSIONS,
  APPLICANT_PERMISSIONS,
  adminPermissions,
  MEMBER_PERMISSIONS,
  SIGNED_IN_ADMIN_PERMISSIONS,
  staffPermissions,
} from '../../src/identity/roles.ts';
import { newId } from '../../src/platform/ids.ts';
import { accepted, anAdmin, aUnion, PASSWORD, type Union } from '../identity/world.ts';
import type { aCounter } from '../marketplace/counter/world.ts';
import { tokenFor } from '../support/api.ts';
import type { TestDeps } from '../support/deps.ts';
import { members } from '../support/ledger.ts';

/** A kind of caller at a door: how it comes in, and the permissions with which it may. */
export interface Kind {
  name: string;
  /** Null for nobody. `fresh` makes another, for acts that end the session. */
  token: string | null;
  fresh?: () => Promise<string>;
  /** What it is told where it may not pass. */
  denial: 'UNAUTHENTICATED' | 'UNAUTHORIZED';
  may: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();

type Counter = Awaited<ReturnType<typeof aCounter>>;

/** Every kind of caller at each door, around a counter's union, members and staff. */
export async function everyKind(deps: TestDeps, counter: Counter): Promise<Record<Door, Kind[]>> {
  const { memberIds, unionId } = counter;
  const [memberId] = memberIds;
  const owner = await staffOf(deps, counter.merchantId, 'owner');
  const cashier = await staffOf(deps, counter.merchantId, 'cashier');
  const union = { id: unionId, path: `/${unionId}/` };
  const federation = await anAdmin(deps, 'federation', [[union, 'federation-admin']]);
  const foreign = {
    member: await tokenFor(deps, 'member', memberId!),
    merchant: await tokenFor(deps, 'merchant', owner),
    admin: await tokenFor(deps, 'admin', federation.operatorId),
  };
  const subjects = { member: memberId!, merchant: owner, admin: federation.operatorId };
  const kinds = {
    member: await memberKinds(deps, memberId!),
    merchant: await staffKinds(deps, owner, cashier),
    admin: await adminKinds(deps, union, federation),
  };
  for (const door of ['member', 'merchant', 'admin'] as const) {
    kinds[door].push(...(await shutOut(deps, door, subjects[door])));
    for (const other of ['member', 'merchant', 'admin'] as const)
      if (other !== door) kinds[door].push(denied(`a token of the ${other} door`, foreign[other]));
  }
  return kinds;
}

function denied(name: string, token: string | null): Kind {
  return { name, token, denial: 'UNAUTHENTICATED', may: NOTHING };
}

async function letIn(
  deps: TestDeps,
  door: Door,
  name: string,
  subjectId: string,
  may: Iterable<string>,
): Promise<Kind> {
  const fresh = () => tokenFor(deps, door, subjectId);
  return { name, token: await fresh(), fresh, denial: 'UNAUTHORIZED', may: new Set(may) };
}

/** Those who come in nowhere: nobody, and who came in once. */
async function shutOut(deps: TestDeps, door: Door, subjectId: string): Promise<Kind[]> {
  const ended = await tokenFor(deps, door, subjectId);
  await deps.db.query("UPDATE session SET revoked_at = ?, revoked_why = 'signed-out' ORDER BY id DESC LIMIT 1", [
    deps.clock.now(),
  ]);
  const now = deps.clock.now().toISOString();
  deps.clock.advance({ minutes: -11 });
  const expired = await tokenFor(deps, door, subjectId);
  deps.clock.set(now);
  return [
    denied('nobody', null),
    denied('an expired token', expired),
    denied('a revoked session', ended),
    denied('a made-up token', 'made.up.token'),
  ];
}

async function memberKinds(deps: TestDeps, memberId: string): Promise<Kind[]> {
  const [away] = await members(deps.db, (await aUnion(deps, '别处工会')).id, 2);
  const [, left] = await members(deps.db, (await aUnion(deps, '旧工会')).id, 2);
  await deps.db.query("UPDATE member SET state = 'left' WHERE id = ?", [left]);
  return [
    await letIn(deps, 'member', 'a member', memberId, MEMBER_PERMISSIONS),
    await letIn(deps, 'member', 'another member', away!, MEMBER_PERMISSIONS),
    denied('a member who left', await tokenFor(deps, 'member', left!)),
  ];
}

async function staffKinds(deps: TestDeps, owner: string, cashier: string): Promise<Kind[]> {
  const stranger = await staffOf(deps, await aMerchant(deps, 'active'), 'owner');
  const applicant = await staffOf(deps, await aMerchant(deps, 'applied'), 'owner');
  return [
    await letIn(deps, 'merchant', 'an owner', owner, staffPermissions('owner')),
    await letIn(deps, 'merchant', 'a cashier', cashier, staffPermissions('cashier')),
    await letIn(deps, 'merchant', 'an owner of another merchant', stranger, staffPermissions('owner')),
    await letIn(deps, 'merchant', 'an owner who applies', applicant, APPLICANT_PERMISSIONS),
  ];
}

async function adminKinds(deps: TestDeps, union: Union, federation: Awaited<ReturnType<typeof anAdmin>>) {
  const kinds: Kind[] = [];
  const signedIn = (permissions: Iterable<string>) => new Set([...permissions, ...SIGNED_IN_ADMIN_PERMISSIONS]);
  for (const role of ADMIN_ROLE_NAMES) {
    const { operatorId } = await anAdmin(deps, `of-${role}`, [[union, role]]);
    kinds.push(await letIn(deps, 'admin', role, operatorId, signedIn(adminPermissions(role))));
  }
  const elsewhere = await anAdmin(deps, 'elsewhere', [[await aUnion(deps, '外市总工会'), 'federation-admin']]);
  const may = signedIn(adminPermissions('federation-admin'));
  kinds.push(await letIn(deps, 'admin', 'federation-admin of another branch', elsewhere.operatorId, may));
  const { operatorId } = await anAdmin(deps, 'without', []);
  kinds.push(await letIn(deps, 'admin', 'an admin without a role', operatorId, signedIn([])));
  const permissions = ['unions:read'];
  const expiresAt = new Date(deps.clock.now().getTime() + 86_400_000);
  const asked = { unionId: union.id, name: '外部系统', permissions, expiresAt };
  const made = accepted(await createApiToken(deps, federation, newId(), asked));
  const revoked = accepted(await createApiToken(deps, federation, newId(), asked));
  await deps.db.query('UPDATE api_token SET revoked_at = ? WHERE id = ?', [deps.clock.now(), revoked.id]);
  const held = new Set([...permissions, ...API_TOKEN_PERMISSIONS]);
  kinds.push({ name: 'an API token with unions:read', token: made.token, denial: 'UNAUTHORIZED', may: held });
  kinds.push(denied('a revoked API token', revoked.token));
  return kinds;
}

async function aMerchant({ db, clock }: TestDeps, state: string): Promise<string> {
  const id = newId();
  await db.query("INSERT INTO merchant (id, name, category, state, created_at) VALUES (?, ?, 'dining', ?, ?)", [
    id,
    `商户${id}`,
    state,
    clock.now(),
  ]);
  return id;
}

let hash: Promise<string> | undefined;

/** Somebody who works at a merchant, with PASSWORD. */
export async function staffOf({ db, clock }: TestDeps, merchantId: string, role: 'owner' | 'cashier'): Promise<string> {
  const id = newId();
  hash ??= hashPassword(PASSWORD);
  const row = [id, 'merchant', id.toLowerCase(), '店员', await hash, clock.now()];
  await db.query('INSERT INTO operator (id, door, login, name, password_hash, created_at) VALUES (?)', [row]);
  await db.query('INSERT INTO merchant_staff (operator_id, merchant_id, outlet_id, role) VALUES (?, ?, NULL, ?)', [
    id,
    merchantId,
    role,
  ]);
  return id;
}
