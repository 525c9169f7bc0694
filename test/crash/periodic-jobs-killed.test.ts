import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test, vi } from 'vitest';
import { requestBatch } from '../../src/cards/request-batch.ts';
import { post } from '../../src/ledger/post.ts';
import { sealTransfers } from '../../src/ledger/seal.ts';
import type { Proposal } from '../../src/ledger/transfer.ts';
import { verifyStatement } from '../../src/marketplace/settlement/verify-statement.ts';
import { addDays, beijingDay } from '../../src/platform/clock.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import {
  flowsByRollups,
  flowsByTransfers,
  outstandingByAccounts,
  outstandingByRollups,
} from '../marketplace/figures/oracle.ts';
import { adminOf } from '../marketplace/support.ts';
import { testDeps } from '../support/deps.ts';
import { processEnvironment } from '../support/environment.ts';
import { aProgramme, members } from '../support/ledger.ts';
import { accepted } from '../support/market.ts';
import { startProcess } from '../support/process.ts';

const MEMBERS = 1500;
const MERCHANTS = 8;
const CHARGES_EACH = 30;

/** A Redis database of this test's own, so that wiping it harms no other. */
function redisUrl(): string {
  const url = new URL(process.env.REDIS_URL ?? '');
  url.pathname = `/${12 + Number(process.env.VITEST_POOL_ID ?? 1)}`;
  return url.toString();
}

/** A city in which a batch of cards is asked for, a month is due to be closed and nothing is in the figures yet. */
async function aBusyCity() {
  const deps = await testDeps();
  const { db, clock } = deps;
  const now = new Date();
  // The middle of the month before last: due to be closed on whatever day this runs.
  clock.set(`${addDays(`${beijingDay(now).slice(0, 7)}-01`, -40).slice(0, 7)}-15T02:00:00Z`);
  const { unionId, programmeId } = await aProgramme(deps);
  const memberIds = (await members(db, unionId, MEMBERS)).sort();
  const merchantIds = Array.from({ length: MERCHANTS }, () => newId()).sort();
  const row = (id: string, i: number) => [id, `商户${i}`, 'dining', 'active', clock.now()];
  await db.query('INSERT INTO merchant (id, name, category, state, created_at) VALUES ?', [merchantIds.map(row)]);
  await db.query('INSERT INTO programme_merchant VALUES ?', [merchantIds.map((id) => [programmeId, id])]);

  const transfer = (fields: Pick<Proposal, 'kind' | 'debit' | 'credit' | 'expiresAt'>, amount: number): Proposal => {
    return { ...fields, programmeId, points: points(amount), key: newId(), causeId: newId() };
  };
  const issuance = { kind: 'issuance' as const, ownerId: programmeId };
  const expiresAt = addDays(beijingDay(now), 400);
  const earn = (ids: readonly string[]) => {
    const sides = (ownerId: string) => ({ debit: issuance, credit: { kind: 'member' as const, ownerId } });
    const earned = ids.map((id) => transfer({ kind: 'accrual', ...sides(id), expiresAt: new Date(expiresAt) }, 50));
    return inTransaction(db, (tx) => post(tx, earned, clock.now()));
  };
  const pay = (memberId: string, merchantId: string, amount: number) => {
    const debit = { kind: 'member' as const, ownerId: memberId };
    const charge = transfer({ kind: 'charge', debit, credit: { kind: 'merchant', ownerId: merchantId } }, amount);
    return inTransaction(db, (tx) => post(tx, [charge], clock.now()));
  };
  // Somebody amid the batch of cards, whose points are the last that the figures come to.
  const amid = memberIds[MEMBERS - 400]!;
  const others = memberIds.filter((id) => id !== amid);
  await earn(others);
  await Promise.all(
    merchantIds.flatMap((merchantId, m) =>
      Array.from({ length: CHARGES_EACH }, (_, i) => pay(others[m * CHARGES_EACH + i]!, merchantId, 1 + i)),
    ),
  );
  await earn([amid]);
  await sealTransfers(deps);

  const issuerId = newId();
  await db.query(
    "INSERT INTO card_issuer (id, union_id, name, prefix, created_at) VALUES (?, ?, '会员卡', '888800', ?)",
    [issuerId, unionId, clock.now()],
  );
  const admin = adminOf(`/${unionId}/`, ['cards:write']);
  const batchId = accepted(await requestBatch(deps, admin, newId(), { issuerId, unionId }));
  return { deps, unionId, programmeId, merchantIds, amid, batchId };
}

test('a job process that is killed while it issues cards, closes a month and rolls up figures leaves nothing undone and nothing done twice', async () => {
  const { deps, unionId, programmeId, merchantIds, amid, batchId } = await aBusyCity();
  const { db } = deps;
  const storage = await mkdtemp(join(tmpdir(), 'xingfu-killed-'));
  const redis = new Redis(redisUrl());
  await redis.flushdb();
  onTestFinished(async () => {
    await rm(storage, { recursive: true });
    await redis.flushdb();
    redis.disconnect();
  });
  const count = async (what: string): Promise<number> =>
    Number((await db.query(`SELECT COUNT(*) AS n FROM ${what}`))[0].n);
  const environment = processEnvironment({ REDIS_URL: redisUrl(), STORAGE_DIR: storage });

  // Somebody holds a row that each of the three needs half-way, so that each is amid a transaction when it is killed.
  const holder = db.createQueryRunner();
  await holder.startTransaction();
  await holder.query('SELECT id FROM member WHERE id = ? FOR UPDATE', [amid]);
  await holder.query("INSERT INTO figure_holding VALUES (?, ?, '', ?, 0, 0)", [amid, programmeId, unionId]);
  await holder.query(
    `INSERT INTO settlement_mark SELECT id, '', '', '' FROM account WHERE kind = 'merchant' AND owner_id = ?`,
    [merchantIds[MERCHANTS / 2]],
  );
  const done = async () => ({
    cards: await count('card'),
    statements: await count('settlement_statement'),
    figures: await count('figure_mark WHERE seal_number > 0'),
  });
  const killed = startProcess('workers/main.ts', environment);
  const halfWay = { cards: 1000, statements: MERCHANTS / 2, figures: 1 };
  await vi.waitFor(async () => expect(await done()).toEqual(halfWay), { timeout: 30_000, interval: 20 });
  await killed.end('SIGKILL');
  await holder.rollbackTransaction();
  await holder.release();
  expect(await done()).toEqual(halfWay);

  await redis.flushdb();
  // Rows that were relayed are looked after again half a minute later; here that half minute is over.
  await db.query('UPDATE outbox SET relayed_at = relayed_at - INTERVAL 60 SECOND WHERE relayed_at IS NOT NULL');
  const jobs = startProcess('workers/main.ts', environment);
  const seals = await count('posting');
  const finished = async () => {
    expect(await count('outbox')).toBe(0);
    expect(await count("settlement_run WHERE state = 'done'")).toBeGreaterThan(0);
    expect(await count(`figure_mark WHERE seal_number = ${seals} AND as_of IS NOT NULL`)).toBe(1);
  };
  await vi.waitFor(finished, { timeout: 30_000, interval: 20 });
  await jobs.end('SIGTERM');

  const [batch] = await db.query('SELECT state, members_seen, cards_issued FROM card_batch WHERE id = ?', [batchId]);
  expect(batch).toEqual({ state: 'done', members_seen: MEMBERS, cards_issued: MEMBERS });
  expect([await count('card'), await count('(SELECT DISTINCT member_id FROM card) AS holders')]).toEqual([
    MEMBERS,
    MEMBERS,
  ]);
  const file = await readFile(join(storage, 'card-batches', batchId), 'utf8');
  expect(file.trimEnd().split('\r\n')).toHaveLength(MEMBERS + 1);

  const statements: { id: string; merchant_id: string; line_count: number; points: number }[] = await db.query(
    'SELECT id, merchant_id, line_count, points FROM settlement_statement ORDER BY merchant_id',
  );
  const each = { line_count: CHARGES_EACH, points: (CHARGES_EACH * (CHARGES_EACH + 1)) / 2 };
  expect(statements.map(({ id: _, ...one }) => ({ ...one, points: Number(one.points) }))).toEqual(
    merchantIds.map((merchant_id) => ({ merchant_id, ...each })),
  );
  for (const { id } of statements) expect((await verifyStatement(db, id))!.differences).toEqual([]);
  expect(await count('settlement_file')).toBe(2 * MERCHANTS);

  expect(await flowsByRollups(db)).toEqual(await flowsByTransfers(db, () => unionId));
  expect(await outstandingByRollups(db)).toEqual(await outstandingByAccounts(db, () => unionId));
  await expect(deps).toHaveCoherentLedger();
}, 90_000);
