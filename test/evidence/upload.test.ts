import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createApiToken } from '../../src/identity/create-api-token.ts';
import { addStaff } from '../../src/marketplace/add-staff.ts';
import { newId } from '../../src/platform/ids.ts';
import { anAdmin, twoCities } from '../identity/world.ts';
import { adminOf } from '../marketplace/support.ts';
import { startApi, type TestApi, tokenFor } from '../support/api.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { aMarket } from '../support/market.ts';
import { aMember, aUnion } from '../unions/tree.ts';
import { jpeg, pdf, png } from './files.ts';
import { accepted, emptyDisk, onDisk, onRecord, theFile } from './world.ts';

const faults: string[] = [];
let deps: TestDeps;
let api: TestApi;
let memberId: string;
let token: string;

beforeAll(async () => {
  const log = pino({ level: 'error' }, { write: (line: string) => faults.push(line) });
  deps = { ...(await testDeps()), log };
  api = await startApi(deps);
});
afterAll(() => api.close());

beforeEach(async () => {
  emptyDisk(deps);
  faults.length = 0;
  memberId = await aMember(deps, await aUnion(deps, null, '市总工会', 'city'));
  token = await tokenFor(deps, 'member', memberId);
});

async function put(query: string, body: BodyInit, headers: Record<string, string> = {}) {
  const response = await fetch(`${api.url}/uploads/evidence${query}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, ...headers },
    body,
    duplex: 'half',
  } as RequestInit);
  return { status: response.status, body: await response.json() };
}

async function expectNothing(): Promise<void> {
  expect(onDisk(deps)).toEqual([]);
  expect(await onRecord(deps)).toEqual([]);
  expect(faults).toEqual([]);
}

test('PUT takes a body of any content type and answers with the id of the evidence', async () => {
  for (const type of [
    'image/png',
    'application/json',
    'text/plain',
    'application/octet-stream',
    'multipart/form-data',
  ]) {
    const { status, body } = await put(`?fileName=${encodeURIComponent('证书 1.png')}`, png(), {
      'content-type': type,
    });
    expect(status).toBe(200);
    expect(body).toEqual({ evidenceId: expect.any(String) });
    expect(await theFile(deps, body.evidenceId)).toMatchObject({
      owner: `member:${memberId}`,
      fileName: '证书 1.png',
      mediaType: 'image/png',
    });
  }
});

test('a file that comes in small pieces is one file', async () => {
  const pieces = Readable.toWeb(Readable.from([...pdf()].map((byte) => Buffer.from([byte])))) as BodyInit;
  const { body } = await put('?fileName=a.pdf', pieces);
  expect(await theFile(deps, body.evidenceId)).toMatchObject({ mediaType: 'application/pdf', size: pdf().length });
});

test('an admin and a system with an API token upload for themselves', async () => {
  const { deps: others, province, root } = await twoCities();
  const admin = await anAdmin(others, 'clerk', [[province, 'claims-approver']]);
  const bearer = async (accessToken: string) => {
    const { body } = await put('?fileName=a.jpg', jpeg(), { authorization: `Bearer ${accessToken}` });
    return (await theFile(deps, body.evidenceId)).owner;
  };
  expect(await bearer(admin.tokens.accessToken)).toBe(`operator:${admin.operatorId}`);
  const input = {
    unionId: province.id,
    name: 'HR',
    permissions: ['events:record'],
    expiresAt: new Date(deps.clock.now().getTime() + 86_400_000),
  };
  const made = accepted(await createApiToken(deps, root, newId(), input));
  expect(await bearer(made.token)).toBe(`api-token:${made.id}`);
});

test('nobody, merchant staff and a token that is worth nothing are turned away', async () => {
  const { unionId, merchantId, outletId } = await aMarket({ memberCount: 0, earned: 0 });
  const person = { login: 'cashier-1', name: '小李', password: 'tea-house-42' };
  const staff = { merchantId, outletId, role: 'cashier' as const, ...person };
  const cashier = accepted(await addStaff(deps, adminOf(`/${unionId}/`), newId(), staff));
  const merchantToken = await tokenFor(deps, 'merchant', cashier);
  const welcome = await api.ask('merchant', '{ outcome(key: "key-00000001") { key } }', { token: merchantToken });
  expect(welcome.errors).toEqual([]);

  for (const authorization of ['', 'Bearer x', `Basic ${token}`, `Bearer ${merchantToken}`]) {
    const { status, body } = await put('?fileName=a.png', png(), { authorization });
    expect([status, body.refusal.code]).toEqual([401, 'UNAUTHENTICATED']);
  }
  const response = await fetch(`${api.url}/uploads/evidence?fileName=a.png`, { method: 'PUT', body: png() });
  expect(response.status).toBe(401);
  await expectNothing();
});

test('a member who has left is turned away', async () => {
  await deps.db.query("UPDATE member SET state = 'left' WHERE id = ?", [memberId]);
  expect((await put('?fileName=a.png', png())).status).toBe(401);
  await expectNothing();
});

test('PUT refuses in the body and in the language of the caller, whatever was still to come, and keeps nothing', async () => {
  const code = async (...args: Parameters<typeof put>) => {
    const { status, body } = await put(...args);
    return [status, body.refusal.code];
  };
  const large = Buffer.concat([pdf(), Buffer.alloc(11_000_000)]);
  expect(await code('', png())).toEqual([422, 'EVIDENCE_NAME_MALFORMED']);
  expect(await code('?fileName=a.png&fileName=b.png', png())).toEqual([422, 'EVIDENCE_NAME_MALFORMED']);
  expect(await code('?fileName=a%0Ab.png', png())).toEqual([422, 'EVIDENCE_NAME_MALFORMED']);
  expect(await code('?fileName=a.png', '')).toEqual([422, 'EVIDENCE_EMPTY']);
  expect(await code('?fileName=a.pdf', png())).toEqual([422, 'EVIDENCE_NOT_WHAT_IT_SAYS']);
  expect(await code('?fileName=a.html', '<script>')).toEqual([422, 'EVIDENCE_TYPE_REFUSED']);
  // With and without a length that is told beforehand.
  expect(await code('?fileName=a.pdf', large)).toEqual([422, 'EVIDENCE_TOO_LARGE']);
  const untold = Readable.toWeb(Readable.from([large], { objectMode: false })) as BodyInit;
  expect(await code('?fileName=a.pdf', untold)).toEqual([422, 'EVIDENCE_TOO_LARGE']);
  const { body } = await put('?fileName=a.png', '', { 'accept-language': 'en' });
  expect(body).toEqual({
    refusal: {
      code: 'EVIDENCE_EMPTY',
      message: 'The file is empty. Choose the file and upload it again.',
      at: null,
    },
  });
  await expectNothing();
});

/** Begins an upload of 100,000 bytes and sends no more than the first of them. */
async function anUploadUnderWay(): Promise<Socket> {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  const head = [
    'PUT /uploads/evidence?fileName=a.png HTTP/1.1',
    'host: xingfu',
    `authorization: Bearer ${token}`,
    'content-length: 100000',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  socket.write(png());
  await expect.poll(() => onDisk(deps)).toHaveLength(1);
  return socket;
}

test('a connection that breaks leaves nothing, and is no fault', async () => {
  const socket = await anUploadUnderWay();
  socket.destroy();
  await expect.poll(() => onDisk(deps)).toEqual([]);
  await expectNothing();
});
