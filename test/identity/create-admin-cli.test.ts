import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { verifyAudit } from '../../src/identity/audit.ts';
import { signInWithPassword } from '../../src/identity/sign-in.ts';
import { databaseUrl } from '../support/database.ts';
import { testDeps, workerDatabase } from '../support/deps.ts';
import { aUnion, PASSWORD, someLimits } from './world.ts';

const run = promisify(execFile);

async function createAdmin(args: string[], password: string | undefined = PASSWORD) {
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl(workerDatabase()),
    REDIS_URL: process.env.REDIS_URL,
    TOKEN_SECRET: '11'.repeat(32),
    PERSONAL_DATA_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
    PERSONAL_DATA_HASH_KEY: '22'.repeat(32),
    VOUCHER_KEY: '33'.repeat(32),
    EVIDENCE_KEY: '44'.repeat(32),
    CARD_KEY: '55'.repeat(32),
    STORAGE_DIR: '/tmp',
    ADMIN_PASSWORD: password,
  };
  try {
    const { stdout } = await run('node', ['--import', 'tsx', 'src/create-admin.ts', ...args], { env });
    return { code: 0, output: stdout };
  } catch (error) {
    const failed = error as { code: number; stderr: string };
    return { code: failed.code, output: failed.stderr };
  }
}

test('the first admin of an installation gets the root union made and the whole of it', async () => {
  const deps = await testDeps();
  const made = await createAdmin(['--login', 'Chief', '--name', '王主席', '--union', '市总工会']);
  expect(made).toMatchObject({ code: 0 });
  const credentials = { login: 'chief', password: PASSWORD, device: '', ip: '192.0.2.1' };
  expect(await signInWithPassword(deps, someLimits(), 'admin', credentials)).toMatchObject({ ok: true });
  expect(
    await deps.db.query('SELECT u.name, u.kind, r.role FROM admin_role r JOIN union_node u ON u.id = r.union_id'),
  ).toEqual([{ name: '市总工会', kind: 'city', role: 'federation-admin' }]);
  expect(await verifyAudit(deps.db)).toMatchObject({ broken: null });

  const second = await createAdmin(['--login', 'rival', '--name', '李四', '--union', '市总工会']);
  expect(second.code).toBe(1);
  expect(second.output).toContain('There is an admin already');
  expect(await deps.db.query('SELECT id FROM operator')).toHaveLength(1);
});

test('a root union that is there is used, without being named', async () => {
  const deps = await testDeps();
  const root = await aUnion(deps, '市总工会');
  expect(await createAdmin(['--login', 'chief', '--name', '王主席'])).toMatchObject({ code: 0 });
  expect(await deps.db.query('SELECT union_id FROM admin_role')).toEqual([{ union_id: root.id }]);
});

test('what is missing or does not fit is said, and nothing is made', async () => {
  const deps = await testDeps();
  const named = ['--login', 'chief', '--name', '王主席'];
  const usage = await createAdmin(named, '');
  expect(usage.output).toContain('ADMIN_PASSWORD=');
  const unclear = await createAdmin(named);
  expect(unclear.output).toContain('Name the root union with --union');
  const weak = await createAdmin([...named, '--union', '市总工会'], '1234567890');
  expect(weak.output).toContain('A password has 10 to 200 characters');
  for (const { code } of [usage, unclear, weak]) expect(code).toBe(1);
  expect(await deps.db.query('SELECT id FROM operator')).toEqual([]);
  expect(await deps.db.query('SELECT id FROM union_node')).toEqual([]);
});
