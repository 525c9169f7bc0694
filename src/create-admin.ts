import { parseArgs } from 'node:util';
import { recordAudit } from './identity/audit.ts';
import { createOperator } from './identity/create-operator.ts';
import { inTransaction, type Tx } from './platform/db/transaction.ts';
import { accept, type Refusal, type Result, refuse } from './platform/result.ts';
import { start } from './start.ts';
import { createUnion } from './unions/create-union.ts';

const USAGE = `Makes the first admin of an installation, with the role federation-admin on the root union.

  ADMIN_PASSWORD=… node --import tsx src/create-admin.ts --login LOGIN --name NAME [--union NAME]

--union names the root union: it is made (as a city federation) when there is none yet.`;

const adminExists: Refusal = {
  code: 'ADMIN_EXISTS',
  message: {
    zh: '已有管理员，请由其在管理端创建其他管理员。',
    en: 'There is an admin already, who can make others at the admin door.',
  },
};

const rootUnclear: Refusal = {
  code: 'ROOT_UNCLEAR',
  message: {
    zh: '请用 --union 指定根工会的名称：目前没有根工会，或不止一个。',
    en: 'Name the root union with --union: there is none yet, or more than one, or none of that name.',
  },
};

interface FirstAdmin {
  login: string;
  name: string;
  password: string;
  union: string | undefined;
}

async function createFirstAdmin(
  tx: Tx,
  { login, name, password, union }: FirstAdmin,
  now: Date,
): Promise<Result<string>> {
  // Held to the end, so that of two who run this at once the second sees the first one's admin.
  await tx.query('SELECT number FROM audit_head FOR UPDATE');
  const [existing] = await tx.query<unknown[]>("SELECT id FROM operator WHERE door = 'admin' LIMIT 1");
  if (existing) return refuse(adminExists);
  const root = await rootUnion(tx, union, now);
  if (!root.ok) return root;
  const admin = await createOperator(tx, { door: 'admin', login, name, password }, now);
  if (!admin.ok) return admin;
  const role = 'federation-admin';
  await tx.query('INSERT INTO admin_role (operator_id, union_id, role) VALUES (?, ?, ?)', [
    admin.value,
    root.value,
    role,
  ]);
  const target = { targetKind: 'admin', targetId: admin.value, unionId: root.value };
  await recordAudit(tx, { actor: 'system', action: 'createAdmin', ...target, after: { login, name, role } }, now);
  return admin;
}

/** The root union of this name, or the only one; made when there is none at all. Refusal ROOT_UNCLEAR, those of `createUnion`. */
async function rootUnion(tx: Tx, name: string | undefined, now: Date): Promise<Result<string>> {
  const roots = await tx.query<{ id: string; name: string }[]>(
    'SELECT id, name FROM union_node WHERE parent_id IS NULL',
  );
  const named = name === undefined ? roots : roots.filter((root) => root.name === name);
  if (named.length === 1) return accept(named[0]!.id);
  if (roots.length > 0 || name === undefined) return refuse(rootUnclear);
  return createUnion(tx, { parentId: null, name, kind: 'city' }, now);
}

/** What stopped the transaction: thrown, so that a root union made on the way is not kept. */
class Stopped extends Error {
  constructor(readonly refusal: Refusal) {
    super(`${refusal.message.zh}\n${refusal.message.en}`);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { login: { type: 'string' }, name: { type: 'string' }, union: { type: 'string' } },
  });
  const { login, name, union } = values;
  const password = process.env.ADMIN_PASSWORD;
  if (!login || !name || !password) throw new Error(USAGE);
  const deps = await start();
  try {
    await inTransaction(deps.db, async (tx) => {
      const made = await createFirstAdmin(tx, { login, name, password, union }, deps.clock.now());
      if (!made.ok) throw new Stopped(made.refusal);
    });
    console.log(`The admin ${login} can sign in now.`);
  } finally {
    await deps.db.destroy();
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
