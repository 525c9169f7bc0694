import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { attachEvidence } from '../../src/evidence/attach-evidence.ts';
import { keepEvidence } from '../../src/evidence/keep-evidence.ts';
import { sweepEvidence } from '../../src/evidence/sweep-evidence.ts';
import { insertRows } from '../../src/platform/db/sql.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { accepted, anOwner, emptyDisk, folderOf, onDisk, onRecord, receive } from './world.ts';

let deps: TestDeps;
let owner: string;
beforeEach(async () => {
  deps = await testDeps();
  owner = anOwner();
  emptyDisk(deps);
});

/** Gives a file the time of the test's clock: disks know the real one only. */
function written(id: string): string {
  utimesSync(join(folderOf(deps), id), deps.clock.now(), deps.clock.now());
  return id;
}

const upload = async () => written(accepted(await receive(deps, owner)));
const attach = async (to: string, id: string) =>
  accepted(
    await inTransaction(deps.db, (tx) => attachEvidence(tx, { owner, evidenceIds: [id], to }, deps.clock.now())),
  );
const letGo = (to: string) =>
  inTransaction(deps.db, (tx) => keepEvidence(tx, { to, evidenceIds: [] }, deps.clock.now()));

/** A file on disk that the database does not know. */
function stray(name = newId()): string {
  mkdirSync(folderOf(deps), { recursive: true });
  writeFileSync(join(folderOf(deps), name), 'a');
  return written(name);
}

test('what nothing uses for 24 hours goes, row and file; what is attached stays for ever', async () => {
  const used = await upload();
  await attach('claim:1', used);
  const unused = await upload();
  deps.clock.advance({ hours: 23 });
  const young = await upload();
  expect(await sweepEvidence(deps)).toBe(0);
  expect(onDisk(deps)).toEqual([used, unused, young]);

  deps.clock.advance({ hours: 1, seconds: 1 });
  expect(await sweepEvidence(deps)).toBe(1);
  expect(await onRecord(deps)).toEqual([used, young]);
  expect(onDisk(deps)).toEqual([used, young]);
  deps.clock.advance({ days: 400 });
  expect(await sweepEvidence(deps)).toBe(1);
  expect(onDisk(deps)).toEqual([used]);
});

test('the 24 hours of a file that was let go begin when it was let go', async () => {
  const id = await upload();
  await attach('claim:1', id);
  deps.clock.advance({ days: 30 });
  await letGo('claim:1');
  deps.clock.advance({ hours: 23 });
  expect(await sweepEvidence(deps)).toBe(0);
  deps.clock.advance({ hours: 1, seconds: 1 });
  expect(await sweepEvidence(deps)).toBe(1);
  expect(await onRecord(deps)).toEqual([]);
  expect(onDisk(deps)).toEqual([]);
});

test('a file on disk without a row goes after 24 hours, and what is not of our making stays', async () => {
  const old = stray();
  stray('lost+found');
  stray(`${newId()}.bak`);
  deps.clock.advance({ hours: 24, seconds: 1 });
  const young = stray();
  expect(await sweepEvidence(deps)).toBe(1);
  expect(onDisk(deps)).not.toContain(old);
  expect(onDisk(deps)).toContain(young);
  expect(onDisk(deps)).toHaveLength(3);
});

test('a sweep that was cut off after the rows is finished by the next', async () => {
  const id = await upload();
  deps.clock.advance({ hours: 25 });
  await deps.db.query('DELETE FROM evidence_file');
  expect(onDisk(deps)).toEqual([id]);
  expect(await sweepEvidence(deps)).toBe(1);
  expect(onDisk(deps)).toEqual([]);
});

test('more than one batch goes in one sweep, two sweeps at once do no harm, and the rows whose files have gone go too', async () => {
  const kept = await upload();
  await attach('claim:1', kept);
  const ids = Array.from({ length: 1_201 }, () => newId());
  const now = deps.clock.now();
  await insertRows(
    deps.db.manager,
    'evidence_file',
    ['id', 'owner', 'file_name', 'media_type', 'size', 'sha256', 'storage_key', 'free_since', 'uploaded_at'],
    ids.map((id) => [id, owner, 'a', 'image/png', 1, Buffer.alloc(32), `evidence/${id}`, now, now]),
  );
  for (const id of ids.slice(0, 1_001)) stray(id);
  deps.clock.advance({ hours: 25 });
  await Promise.all([sweepEvidence(deps), sweepEvidence(deps)]);
  expect(await onRecord(deps)).toEqual([kept]);
  expect(onDisk(deps)).toEqual([kept]);
});

test('where nothing was ever uploaded the sweep finds nothing', async () => {
  expect(await sweepEvidence(deps)).toBe(0);
});
