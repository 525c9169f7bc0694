import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AdminCaller } from '../../../src/identity/caller.ts';
import { newId } from '../../../src/platform/ids.ts';
import { pathOf } from '../../../src/unions/roster/stored-file.ts';
import { receiveRoster } from '../../../src/unions/roster/upload-roster.ts';
import { rosterUploadRoute } from '../../../src/unions/roster/upload-route.ts';
import { accepted, anAdmin, aTree, auditTrail, refused } from '../tree.ts';
import { inventedId, xlsx } from './files.ts';
import { theImport } from './people.ts';

let tree: Awaited<ReturnType<typeof aTree>>;
let caller: AdminCaller;
let app: FastifyInstance;
let address: string;

beforeEach(async () => {
  tree = await aTree();
  rmSync(tree.deps.config.storageDir, { recursive: true, force: true });
  caller = await anAdmin(tree.deps, [tree.east]);
  app = fastify();
  rosterUploadRoute(app, tree.deps, async (authorization) => (authorization === 'Bearer good' ? caller : undefined));
  address = await app.listen({ host: '127.0.0.1', port: 0 });
});

afterEach(() => app.close());

const bytes = (size: number) => Readable.from(chunks(size), { objectMode: false });

function* chunks(size: number): Generator<Buffer> {
  for (let left = size; left > 0; left -= 1_000_000) yield Buffer.alloc(Math.min(left, 1_000_000), 'a');
}

/** The files that are kept. */
function stored(): string[] {
  const folder = join(tree.deps.config.storageDir, 'rosters');
  return existsSync(folder) ? readdirSync(folder) : [];
}

async function expectNothing(): Promise<void> {
  expect(stored()).toEqual([]);
  expect(await tree.deps.db.query('SELECT id FROM roster_import')).toEqual([]);
  expect(await tree.deps.db.query('SELECT id FROM outbox')).toEqual([]);
  expect(await auditTrail(tree.deps)).toEqual([]);
}

test('an upload is kept for this process alone, hashed, waits for its check, and is in the audit trail', async () => {
  const { deps, eastWorks } = tree;
  const content = await xlsx([
    ['姓名', '工号'],
    ['测试甲', 'A1'],
  ]);
  const upload = { unionId: eastWorks, fileName: 'C:\\文件\\名册 (1).xlsx', isFull: true };
  const id = accepted(await receiveRoster(deps, caller, upload, Readable.from([content])));
  const one = await theImport(deps, id);
  const sha256 = createHash('sha256').update(content).digest();
  expect(one).toMatchObject({
    unionId: eastWorks,
    requestedBy: caller.actor,
    fileName: '名册 (1).xlsx',
    fileSha256: sha256,
    isFull: true,
    state: 'checking',
    rowsRead: 0,
    createdAt: deps.clock.now(),
  });
  expect(readFileSync(pathOf(deps.config, one))).toEqual(content);
  expect(statSync(pathOf(deps.config, one)).mode & 0o777).toBe(0o600);
  expect(await deps.db.query('SELECT job, payload FROM outbox')).toEqual([
    { job: 'check-roster', payload: JSON.stringify({ importId: id }) },
  ]);
  expect(await auditTrail(deps)).toMatchObject([
    { actor: caller.actor, action: 'uploadRoster', targetId: id, unionId: eastWorks },
  ]);
});

test('an upload for another branch, without the permission, of no name, of nothing or of too much leaves nothing', async () => {
  const { deps, east, west, eastWorks } = tree;
  const receive = (who: AdminCaller, unionId: string, fileName: string, body: Readable) =>
    receiveRoster(deps, who, { unionId, fileName, isFull: false }, body);
  const clerk = await anAdmin(deps, [east], ['members:write']);
  expect(await receive(caller, west, 'a.csv', bytes(10))).toMatchObject(refused('UNION_UNKNOWN'));
  expect(await receive(caller, newId(), 'a.csv', bytes(10))).toMatchObject(refused('UNION_UNKNOWN'));
  expect(await receive(clerk, eastWorks, 'a.csv', bytes(10))).toMatchObject(refused('UNION_UNKNOWN'));
  for (const name of ['', ' ', '名册/', 'a\nb', 'x'.repeat(201)])
    expect(await receive(caller, eastWorks, name, bytes(10))).toMatchObject(refused('FILE_NAME_MALFORMED'));
  expect(await receive(caller, eastWorks, 'a.csv', bytes(0))).toMatchObject(refused('FILE_EMPTY'));
  expect(await receive(caller, eastWorks, 'a.csv', bytes(50_000_001))).toMatchObject(refused('FILE_TOO_LARGE'));
  await expectNothing();
  expect(await receive(caller, eastWorks, 'a.csv', bytes(50_000_000))).toMatchObject({ ok: true });
});

test('an upload that breaks off leaves nothing', async () => {
  const { deps, eastWorks } = tree;
  async function* breaksOff() {
    yield Buffer.alloc(1000);
    throw new Error('the line is dead');
  }
  const upload = { unionId: eastWorks, fileName: 'a.csv', isFull: false };
  await expect(receiveRoster(deps, caller, upload, Readable.from(breaksOff()))).rejects.toThrow('the line is dead');
  await expectNothing();
});

async function put(query: Record<string, string>, body: BodyInit, headers: Record<string, string> = {}) {
  const response = await fetch(`${address}/uploads/roster?${new URLSearchParams(query)}`, {
    method: 'PUT',
    headers: { authorization: 'Bearer good', ...headers },
    body,
    duplex: 'half',
  } as RequestInit);
  return { status: response.status, body: await response.json() };
}

test('PUT takes a body of any content type and answers with the import', async () => {
  const { deps, eastWorks } = tree;
  const text = `姓名,工号\n测试甲,${inventedId(1)}`;
  for (const type of ['text/csv', 'application/json', 'application/octet-stream']) {
    const query = { unionId: eastWorks, fileName: '名册.csv', full: 'true' };
    const { status, body } = await put(query, text, { 'content-type': type });
    expect(status).toBe(200);
    const one = await theImport(deps, body.importId);
    expect(one).toMatchObject({ fileName: '名册.csv', isFull: true });
    expect(readFileSync(pathOf(deps.config, one), 'utf8')).toBe(text);
  }
});

test('PUT refuses in the body and in the language of the caller, whatever was still to come, and keeps nothing', async () => {
  const { eastWorks, west } = tree;
  const query = { unionId: eastWorks, fileName: 'a.csv' };
  const code = async (...args: Parameters<typeof put>) => {
    const { status, body } = await put(...args);
    return [status, body.refusal.code];
  };
  expect(await code(query, 'a', { authorization: 'Bearer bad' })).toEqual([401, 'UNAUTHENTICATED']);
  expect(await code({ ...query, unionId: 'x' }, 'a')).toEqual([422, 'UPLOAD_MALFORMED']);
  expect(await code({ ...query, full: 'yes' }, 'a')).toEqual([422, 'UPLOAD_MALFORMED']);
  expect(await code({ ...query, unionId: west }, 'a')).toEqual([422, 'UNION_UNKNOWN']);
  expect(await code(query, '')).toEqual([422, 'FILE_EMPTY']);
  // With and without a length that is told beforehand.
  expect(await code(query, Buffer.alloc(51_000_000))).toEqual([422, 'FILE_TOO_LARGE']);
  expect(await code(query, Readable.toWeb(bytes(51_000_000)) as BodyInit)).toEqual([422, 'FILE_TOO_LARGE']);
  const { body } = await put(query, '', { 'accept-language': 'en' });
  expect(body.refusal).toEqual({
    code: 'FILE_EMPTY',
    message: 'The file is empty. Choose the roster and upload it again.',
    at: null,
  });
  await expectNothing();
});
