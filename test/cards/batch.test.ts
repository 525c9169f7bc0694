import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { CardBatch } from '../../src/cards/card-batch.entity.ts';
import { issueBatch } from '../../src/cards/issue-batch.ts';
import { isCardNumber } from '../../src/cards/number.ts';
import { replaceCard } from '../../src/cards/replace-card.ts';
import { requestBatch } from '../../src/cards/request-batch.ts';
import { sweepFiles } from '../../src/cards/sweep-files.ts';
import { newId } from '../../src/platform/ids.ts';
import type { ReportProgress } from '../../src/platform/jobs.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { members } from '../support/ledger.ts';
import { accepted, aMember, anAdmin, auditTrail, refused } from '../unions/tree.ts';
import { aCardWorld, anIndustryUnion, PREFIX } from './world.ts';

const silent: ReportProgress = async () => {};

beforeEach(async () => rmSync((await testDeps()).config.storageDir, { recursive: true, force: true }));

async function aBranch(memberCount: number) {
  const world = await aCardWorld();
  const { deps, admin, issuerId, east, eastWorks } = world;
  const memberIds = await members(deps.db, eastWorks, memberCount);
  const ask = (unionId = east, caller = admin) => requestBatch(deps, caller, newId(), { issuerId, unionId });
  const batch = (id: string) => deps.db.manager.findOneByOrFail(CardBatch, { id });
  return { ...world, memberIds, ask, batch };
}

function pathOf({ config }: TestDeps, batchId: string): string {
  return join(config.storageDir, 'card-batches', batchId);
}

/** The lines of a batch's file, without its heading. */
function fileOf(deps: TestDeps, batchId: string): string[] {
  const text = readFileSync(pathOf(deps, batchId), 'utf8');
  expect(text.startsWith('\uFEFF卡号,姓名,工会\r\n')).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  return text.split('\r\n').slice(1, -1);
}

test('a batch gives each active member of the branch who has none a card, and nobody else', async () => {
  const { deps, east, eastWorks, westWorks, memberId, memberIds, ask, batch } = await aBranch(7);
  const driver = await aMember(deps, await anIndustryUnion(deps, east), { name: '赵师傅' });
  for (const state of ['frozen', 'left']) await aMember(deps, eastWorks, { state });
  await aMember(deps, westWorks);
  const id = accepted(await ask());
  await issueBatch(deps, id, silent);
  const rows: { member_id: string; number: string }[] = await deps.db.query('SELECT member_id, number FROM card');
  expect(rows.map((row) => row.member_id).sort()).toEqual([memberId, ...memberIds, driver].sort());
  expect(rows.every(({ number }) => number.startsWith(PREFIX) && isCardNumber(number))).toBe(true);
  expect(await batch(id)).toMatchObject({ state: 'done', membersOf: 9, membersSeen: 9, cardsIssued: 8, cardsAdded: 1 });
});

test('the file has number, name and union of each card for CSV readers, and is readable by us alone', async () => {
  const { deps, eastWorks, ask, batch } = await aBranch(0);
  await aMember(deps, eastWorks, { name: '李"雷",甲' });
  const id = accepted(await ask());
  await issueBatch(deps, id, silent);
  const cards: { number: string }[] = await deps.db.query('SELECT number FROM card ORDER BY id');
  expect(fileOf(deps, id)).toEqual([
    `${cards[0]!.number},王小明,东厂工会`,
    `${cards[1]!.number},"李""雷"",甲",东厂工会`,
  ]);
  expect(statSync(pathOf(deps, id)).mode & 0o777).toBe(0o600);
  const sha256 = createHash('sha256')
    .update(readFileSync(pathOf(deps, id)))
    .digest();
  expect((await batch(id)).fileSha256).toEqual(sha256);
});

test('a batch of 2,000 that is killed again and again leaves no duplicate and no gap', async () => {
  const { deps, memberIds, ask, batch } = await aBranch(2000);
  const id = accepted(await ask());
  const told: { done: number; of?: number }[] = [];
  let runs = 0;
  // Dies after each part but one: between the commit of a part and the next.
  for (;;) {
    runs += 1;
    let parts = 0;
    const dying: ReportProgress = async (progress) => {
      told.push(progress);
      parts += 1;
      if (parts === 1 && runs < 4) throw new Error('killed');
    };
    const ended = await issueBatch(deps, id, dying).then(
      () => true,
      () => false,
    );
    if (ended) break;
  }
  expect(runs).toBe(4);
  const rows: { n: string; held: string; numbers: string }[] = await deps.db.query(
    'SELECT COUNT(*) AS n, COUNT(DISTINCT member_id) AS held, COUNT(DISTINCT number) AS numbers FROM card',
  );
  expect(rows).toEqual([{ n: 2001, held: 2001, numbers: 2001 }]);
  expect(await batch(id)).toMatchObject({ state: 'done', membersSeen: 2001, cardsIssued: 2000, cardsAdded: 1 });
  expect(told.map(({ done }) => done)).toEqual([500, 1000, 1500, 2000, 2001]);
  expect(new Set(fileOf(deps, id).map((line) => line.slice(0, 16))).size).toBe(memberIds.length + 1);
});

test('a part that fails in the middle leaves nothing of itself', async () => {
  const { deps, ask, batch } = await aBranch(600);
  const id = accepted(await ask());
  await deps.db.query(
    `CREATE TRIGGER card_breaks BEFORE UPDATE ON card_batch FOR EACH ROW
     IF NEW.members_seen > 500 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'power failure'; END IF`,
  );
  try {
    await expect(issueBatch(deps, id, silent)).rejects.toThrow('power failure');
  } finally {
    await deps.db.query('DROP TRIGGER card_breaks');
  }
  const inBatch = async () =>
    Number((await deps.db.query('SELECT COUNT(*) AS n FROM card WHERE batch_id = ?', [id]))[0].n);
  expect(await inBatch()).toBe(500);
  expect(await batch(id)).toMatchObject({ state: 'running', membersSeen: 500 });
  await issueBatch(deps, id, silent);
  expect(await inBatch()).toBe(601);
});

test('two runs of one batch at the same time issue each card once', async () => {
  const { deps, ask, batch } = await aBranch(1200);
  const id = accepted(await ask());
  const runs = await Promise.allSettled([issueBatch(deps, id, silent), issueBatch(deps, id, silent)]);
  expect(runs.some(({ status }) => status === 'fulfilled')).toBe(true);
  await issueBatch(deps, id, silent);
  expect(await batch(id)).toMatchObject({ state: 'done', membersSeen: 1201, cardsIssued: 1200, cardsAdded: 1 });
  const [{ n }] = await deps.db.query('SELECT COUNT(*) AS n FROM card');
  expect(Number(n)).toBe(1201);
});

test('a second batch has only who came since, with replacements and singly issued cards that no file has yet', async () => {
  const { deps, admin, cardId, memberIds, eastWorks, issue, ask, setState, batch } = await aBranch(3);
  await issueBatch(deps, accepted(await ask()), silent);
  const newcomer = await aMember(deps, eastWorks, { name: '新会员' });
  const single = await issue(await aMember(deps, eastWorks, { name: '单独发卡' }));
  const replacement = accepted(await replaceCard(deps, admin, newId(), { cardId, reason: '损坏换卡' }));
  const [{ id: lost }] = await deps.db.query('SELECT id FROM card WHERE member_id = ?', [memberIds[0]]);
  accepted(await setState(lost, 'lost'));
  const second = accepted(await ask());
  await issueBatch(deps, second, silent);
  expect(await batch(second)).toMatchObject({ cardsIssued: 1, cardsAdded: 2 });
  const rows: { id: string; member_id: string }[] = await deps.db.query(
    'SELECT id, member_id FROM card WHERE batch_id = ? ORDER BY id',
    [second],
  );
  expect(rows.filter(({ member_id }) => member_id !== newcomer).map(({ id }) => id)).toEqual([single, replacement]);
  expect(fileOf(deps, second)).toHaveLength(3);
});

test('a batch wants a branch that the admin may issue in, its issuer’s, and one at a time', async () => {
  const { deps, province, west, east, issuerId, ask } = await aBranch(1);
  expect(await ask(west)).toMatchObject(refused('UNION_UNKNOWN'));
  const root = await anAdmin(deps, [province]);
  expect(await ask(west, root)).toMatchObject(refused('ISSUER_UNKNOWN'));
  expect(await ask(province, root)).toMatchObject(refused('ISSUER_UNKNOWN'));
  const [one, other] = await Promise.all([ask(), ask()]);
  expect([one, other].filter(({ ok }) => ok)).toHaveLength(1);
  expect([one, other].find(({ ok }) => !ok)).toMatchObject(refused('BATCH_OPEN'));
  const id = accepted([one, other].find(({ ok }) => ok)!);
  const records = (await auditTrail(deps)).filter(({ action }) => action === 'issueCards');
  expect(records).toMatchObject([{ targetId: id, unionId: east, after: { issuerId } }]);
  await issueBatch(deps, id, silent);
  expect(await ask()).toMatchObject({ ok: true });
});

test('a file is deleted after 30 days; the cards and the figures stay', async () => {
  const { deps, ask, batch } = await aBranch(2);
  const id = accepted(await ask());
  await issueBatch(deps, id, silent);
  deps.clock.advance({ days: 29, hours: 23 });
  expect(await sweepFiles(deps)).toBe(0);
  expect(existsSync(pathOf(deps, id))).toBe(true);
  deps.clock.advance({ hours: 1 });
  expect(await sweepFiles(deps)).toBe(1);
  expect(readdirSync(join(deps.config.storageDir, 'card-batches'))).toEqual([]);
  expect(await batch(id)).toMatchObject({ state: 'done', cardsIssued: 2, fileUntil: null });
  expect(await sweepFiles(deps)).toBe(0);
});
