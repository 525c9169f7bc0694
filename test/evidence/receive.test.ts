import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { judgeContent } from '../../src/evidence/judge-content.ts';
import { receiveEvidence } from '../../src/evidence/receive-evidence.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { heif, jpeg, pdf, png, pngChunk, webp } from './files.ts';
import { accepted, anOwner, emptyDisk, filesOf, onDisk, onRecord, receive, refused, theFile } from './world.ts';

let deps: TestDeps;
let owner: string;
beforeEach(async () => {
  deps = await testDeps();
  owner = anOwner();
  emptyDisk(deps);
});

async function expectNothing(): Promise<void> {
  expect(onDisk(deps)).toEqual([]);
  expect(await onRecord(deps)).toEqual([]);
}

test('a file is kept for this process alone, as it came, hashed, and belongs to nothing yet', async () => {
  const content = jpeg();
  const id = accepted(await receive(deps, owner, '毕业证书 (1).JPG', content));
  const file = await theFile(deps, id);
  expect(file).toEqual({
    id,
    owner,
    fileName: '毕业证书 (1).JPG',
    mediaType: 'image/jpeg',
    size: content.length,
    sha256: createHash('sha256').update(content).digest(),
    storageKey: `evidence/${id}`,
    attachedTo: null,
    attachedAt: null,
    freeSince: deps.clock.now(),
    uploadedAt: deps.clock.now(),
  });
  const path = join(deps.config.storageDir, file.storageKey);
  expect(readFileSync(path)).toEqual(content);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('the kind is told by the content, and the extension may be any that this kind has, or none', async () => {
  const profile = pngChunk('iCCP', Buffer.alloc(20_000, 3));
  for (const [name, content, mediaType] of [
    ['a.jpg', jpeg(), 'image/jpeg'],
    ['a.jpeg', jpeg(), 'image/jpeg'],
    ['a.png', png(), 'image/png'],
    ['截图.png', png(profile), 'image/png'],
    ['a.webp', webp(), 'image/webp'],
    ['IMG_1.HEIC', heif('heic'), 'image/heic'],
    ['a.heif', heif('mif1'), 'image/heif'],
    ['a.heic', heif('mif1'), 'image/heif'],
    ['a.PDF', pdf(), 'application/pdf'],
    ['证书', pdf(), 'application/pdf'],
    ['证书2026.08', pdf(), 'application/pdf'],
    ['王小明.结婚证', pdf(), 'application/pdf'],
  ] as const) {
    const id = accepted(await receive(deps, owner, name, content));
    expect(await theFile(deps, id)).toMatchObject({ fileName: name, mediaType });
  }
});

test('a file that is not what its name says is refused, and told what it is', async () => {
  for (const [name, content] of [
    ['证书.pdf', png()],
    ['证书.png', jpeg()],
    ['证书.jpg', heif('heic')],
    ['证书.docx', pdf()],
    ['证书.exe', jpeg()],
    ['证书.jpg.pdf', jpeg()],
  ] as const)
    expect(await receive(deps, owner, name, content)).toMatchObject(refused('EVIDENCE_NOT_WHAT_IT_SAYS', 'fileName'));
  expect(await receive(deps, owner, '证书.pdf', png())).toMatchObject({
    refusal: {
      message: {
        zh: expect.stringContaining('以 .pdf 结尾，内容却是 PNG 图片'),
        en: expect.stringContaining('ends in .pdf, but the content is a PNG image'),
      },
    },
  });
  await expectNothing();
});

test('content of any other kind is refused, whatever its name says, and told what is taken', async () => {
  const html = Buffer.from('<!doctype html><script>alert(1)</script>');
  const svg = Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>');
  const zip = Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(100)]);
  const gif = Buffer.from('GIF89a\x01\x00\x01\x00');
  for (const content of [html, svg, zip, gif, heif('avif'), Buffer.from('MZ'), Buffer.from('a'), Buffer.from('%PD')])
    for (const name of ['a.pdf', 'a.png', 'a.html', 'a'])
      expect(await receive(deps, owner, name, content)).toMatchObject(refused('EVIDENCE_TYPE_REFUSED'));
  await expectNothing();
});

test('whatever bytes come, they are judged and never a fault', async () => {
  const beginnings = [png(), jpeg(), webp(), heif('heic'), pdf(), Buffer.from('PK\x03\x04'), Buffer.from('ID3\x04')];
  const bytes = fc.uint8Array({ maxLength: 4_100 }).map((array) => Buffer.from(array));
  const head = fc
    .record({ beginning: fc.constantFrom(...beginnings), cut: fc.nat(40), rest: bytes })
    .map(({ beginning, cut, rest }) => Buffer.concat([beginning.subarray(0, cut), rest]).subarray(0, 4_100));
  await fc.assert(
    fc.asyncProperty(head, async (content) => {
      const judged = await judgeContent(content, 'a');
      expect(judged.ok || judged.refusal.code === 'EVIDENCE_TYPE_REFUSED').toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('an upload of nothing, of too much or under no name leaves nothing', async () => {
  for (const name of ['', ' ', '证书/', 'a\nb.png', 'x'.repeat(201)])
    expect(await receive(deps, owner, name)).toMatchObject(refused('EVIDENCE_NAME_MALFORMED', 'fileName'));
  expect(await receive(deps, owner, 'a.png', Buffer.alloc(0))).toMatchObject(refused('EVIDENCE_EMPTY'));
  const large = (size: number) => Buffer.concat([pdf(), Buffer.alloc(size - pdf().length)]);
  expect(await receive(deps, owner, 'a.pdf', large(10_000_001))).toMatchObject(refused('EVIDENCE_TOO_LARGE'));
  await expectNothing();
  expect(await receive(deps, owner, 'a.pdf', large(10_000_000))).toMatchObject({ ok: true });
});

test('of a path only the last part is kept, and no name has a say in where the file lies', async () => {
  for (const [sent, kept] of [
    ['C:\\文件\\证书.png', '证书.png'],
    ['../../../etc/passwd', 'passwd'],
    ['..\\..\\证书.png', '证书.png'],
    ['..', '..'],
    [' 证书.png ', '证书.png'],
  ] as const) {
    const id = accepted(await receive(deps, owner, sent));
    expect(await theFile(deps, id)).toMatchObject({ fileName: kept, storageKey: `evidence/${id}` });
  }
  expect(onDisk(deps)).toEqual(await onRecord(deps));
});

test('an upload that breaks off, and one that the database will not record, leave nothing', async () => {
  async function* breaksOff() {
    yield png();
    throw new Error('the line is dead');
  }
  const broken = receiveEvidence(deps, { owner, fileName: 'a.png' }, Readable.from(breaksOff()));
  await expect(broken).rejects.toThrow('the line is dead');
  await expect(receive(deps, 'x'.repeat(41))).rejects.toThrow("Data too long for column 'owner'");
  await expectNothing();
});

test('nobody has more than 50 files that nothing uses, also when 60 come at the same moment', async () => {
  const outcomes = await Promise.all(Array.from({ length: 60 }, () => receive(deps, owner)));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(50);
  for (const outcome of outcomes.filter(({ ok }) => !ok)) expect(outcome).toMatchObject(refused('EVIDENCE_TOO_MANY'));
  expect(await onRecord(deps)).toHaveLength(50);
  expect(onDisk(deps)).toEqual(await onRecord(deps));
  await filesOf(deps, anOwner(), 1);
});
