import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { evidenceUrl } from '../../src/evidence/address.ts';
import { evidenceFileView as adminView } from '../../src/evidence/graphql/admin-views.ts';
import { evidenceFileView as memberView } from '../../src/evidence/graphql/member-views.ts';
import type { AdminContext, MemberContext } from '../../src/identity/context.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { pdf } from './files.ts';
import { accepted, anOwner, emptyDisk, folderOf, receive, theFile } from './world.ts';

const NAME = "王小明's 证书 (1)*.pdf";
let deps: TestDeps;
let api: TestApi;
let id: string;

beforeAll(async () => {
  deps = await testDeps();
  api = await startApi(deps);
});
afterAll(() => api.close());

beforeEach(async () => {
  emptyDisk(deps);
  deps.clock.set('2026-08-03T02:00:00.000Z');
  id = accepted(await receive(deps, anOwner(), NAME, pdf()));
});

const url = (of = id) => evidenceUrl(deps.config, of, deps.clock.now());
const get = (path: string, init?: RequestInit) => fetch(`${api.url}${path}`, init);

test('the address that a view gives opens the file without a token, and with headers that let nothing in it run', async () => {
  const file = await theFile(deps, id);
  const context: { deps: Deps } = { deps };
  const member = memberView(file).url(context as MemberContext);
  const admin = adminView(file).url(context as AdminContext);
  for (const path of [member, admin]) {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(pdf());
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(pdf().length),
      'content-disposition':
        "inline; filename*=UTF-8''%E7%8E%8B%E5%B0%8F%E6%98%8E%27s%20%E8%AF%81%E4%B9%A6%20%281%29%2A.pdf",
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  }
});

test('a view shows what a front-end needs of a file, and not who owns it or where it lies', async () => {
  const file = await theFile(deps, id);
  for (const view of [memberView(file), adminView(file)])
    expect({ ...view }).toEqual({
      id,
      fileName: NAME,
      mediaType: 'application/pdf',
      size: pdf().length,
      uploadedAt: deps.clock.now(),
    });
});

test('HEAD tells what GET would send', async () => {
  const response = await get(url(), { method: 'HEAD' });
  expect([response.status, response.headers.get('content-length')]).toEqual([200, String(pdf().length)]);
  expect(await response.text()).toBe('');
});

test('an address is good for five minutes; then it says to ask for a new one', async () => {
  const path = url();
  deps.clock.advance({ minutes: 4, seconds: 59 });
  expect((await get(path)).status).toBe(200);
  deps.clock.advance({ seconds: 1 });
  const expired = await get(path, { headers: { 'accept-language': 'en' } });
  expect(expired.status).toBe(410);
  expect(await expired.json()).toEqual({
    refusal: {
      code: 'EVIDENCE_ADDRESS_EXPIRED',
      message: 'This address has expired. Ask for the file’s url again to get a new one.',
      at: null,
    },
  });
  expect((await get(url())).status).toBe(200);
});

test('every address that this server did not make answers like one that never was', async () => {
  const other = accepted(await receive(deps, anOwner(), 'b.pdf', pdf()));
  const path = url();
  const [, until, signature] = /until=(\d+)&signature=(.+)$/.exec(path)!;
  const otherKey = { ...deps.config, evidenceKey: Buffer.alloc(32, 9) };
  const forged = [
    evidenceUrl(otherKey, id, deps.clock.now()),
    `/evidence/${id}`,
    `/evidence/${id}?until=${until}`,
    `/evidence/${id}?until=${until}&signature=`,
    `/evidence/${id}?until=${Number(until) + 60}&signature=${signature}`,
    `/evidence/${id}?until=${until}.0&signature=${signature}`,
    `/evidence/${id}?until=0${until}&signature=${signature}`,
    `/evidence/${other}?until=${until}&signature=${signature}`,
    `/evidence/${id.toLowerCase()}?until=${until}&signature=${signature}`,
    path.slice(0, -1),
    `${path}A`,
    `${path}%3D`,
    // The last character of 43 carries four bits: its neighbour decodes to the same bytes.
    `${path.slice(0, -1)}${String.fromCharCode(path.charCodeAt(path.length - 1) + 1)}`,
    path.replace('signature=', 'signature=é'),
    `${path}&until=${until}`,
    `${path}&signature=${signature}`,
    `/evidence/..%2Fevidence%2F${id}?until=${until}&signature=${signature}`,
    `/evidence/%00?until=${until}&signature=${signature}`,
    // Well signed, but of no file.
    url(newId()),
  ];
  const never = await (await get('/nothing-here')).text();
  for (const address of forged) {
    const response = await get(address);
    expect([address, response.status, await response.text()]).toEqual([address, 404, never]);
  }
});

test('an expired address that was tampered with is forged, not expired', async () => {
  const path = url();
  deps.clock.advance({ minutes: 6 });
  expect((await get(path)).status).toBe(410);
  expect((await get(path.replace(id, newId()))).status).toBe(404);
});

test('a file that the database knows and the disk has lost is a fault', async () => {
  rmSync(join(folderOf(deps), id));
  const response = await get(url());
  expect([response.status, (await response.json()).errors[0].extensions.code]).toEqual([500, 'INTERNAL']);
});
