import { expect, test } from 'vitest';
import { post } from '../../src/ledger/post.ts';
import { sealTransfers } from '../../src/ledger/seal.ts';
import { verifyLedger } from '../../src/ledger/verify.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import { testDeps } from '../support/deps.ts';
import { aProgramme, members } from '../support/ledger.ts';
import { id, world } from './world.ts';

async function oneAccrual() {
  const deps = await testDeps();
  const { unionId, programmeId } = await aProgramme(deps);
  const ids = await members(deps.db, unionId, 3);
  for (const memberId of ids) {
    await inTransaction(deps.db, (tx) =>
      post(
        tx,
        [
          {
            programmeId,
            kind: 'accrual',
            debit: { kind: 'issuance', ownerId: programmeId },
            credit: { kind: 'member', ownerId: memberId },
            points: points(100),
            key: `accrual:${newId()}`,
            causeId: newId(),
            expiresAt: new Date('2027-08-03T00:00:00Z'),
          },
        ],
        deps.clock.now(),
      ),
    );
  }
  return deps;
}

/** Writes past the triggers, as somebody with the database's root password could. */
async function tamper(db: Awaited<ReturnType<typeof oneAccrual>>['db'], table: string, statement: string) {
  const [trigger] = await db.query(`SHOW CREATE TRIGGER ${table}_no_update`);
  const create = String(trigger['SQL Original Statement']).replace(/DEFINER=\S+ /, '');
  await db.query(`DROP TRIGGER ${table}_no_update`);
  try {
    await db.query(statement);
  } finally {
    await db.query(create);
  }
}

test.each([
  ['an edit of a transfer', 'UPDATE transfer SET points = 1', /never changed or deleted/],
  ['a deletion of a transfer', 'DELETE FROM transfer', /never changed or deleted/],
  ['an edit of a lot movement', 'UPDATE lot_movement SET points = 1', /never changed or deleted/],
  ['an overdraft', "UPDATE account SET balance = -1 WHERE kind = 'member'", /account_no_overdraft/],
  [
    'a balance for an account without one',
    "UPDATE account SET balance = 1 WHERE kind = 'issuance'",
    /account_balance_kept/,
  ],
  [
    'a debt that is paid off beyond what is owed',
    `INSERT INTO account (id, programme_id, kind, owner_id, balance, created_at)
     SELECT CONCAT(LEFT(id, 25), 'Z'), programme_id, 'owed', owner_id, 1, created_at FROM account WHERE kind = 'member' LIMIT 1`,
    /account_no_overdraft/,
  ],
  [
    'a debt without a balance',
    `INSERT INTO account (id, programme_id, kind, owner_id, balance, created_at)
     SELECT CONCAT(LEFT(id, 25), 'Z'), programme_id, 'owed', owner_id, NULL, created_at FROM account WHERE kind = 'member' LIMIT 1`,
    /account_balance_kept/,
  ],
  ['a lot with more than it had', 'UPDATE lot SET remaining = points + 1', /lot_remaining/],
  ['a lot below nothing', 'UPDATE lot SET remaining = -1', /lot_remaining/],
  ['an issue beyond the budget', 'UPDATE programme_budget SET issued = budget + 1', /programme_budget_kept/],
  [
    'a duplicate business key',
    `INSERT INTO transfer (id, programme_id, kind, debit_account_id, credit_account_id, points, business_key, cause_id, posted_at, day)
     SELECT CONCAT(LEFT(id, 29), 'Z'), programme_id, kind, debit_account_id, credit_account_id, points, business_key, cause_id, posted_at, day FROM transfer LIMIT 1`,
    /Duplicate entry/,
  ],
  [
    'a transfer of nothing',
    `INSERT INTO transfer (id, programme_id, kind, debit_account_id, credit_account_id, points, business_key, cause_id, posted_at, day)
     SELECT CONCAT(LEFT(id, 29), 'Z'), programme_id, kind, debit_account_id, credit_account_id, 0, 'other', cause_id, posted_at, day FROM transfer LIMIT 1`,
    /transfer_points/,
  ],
])('the database itself refuses %s', async (_what, statement, complaint) => {
  const { db } = await oneAccrual();
  // A lot movement to edit: row triggers speak only where there is a row.
  await db.query('INSERT INTO lot_movement (transfer_id, lot_id, points) SELECT id, id, 1 FROM lot LIMIT 1');
  await expect(db.query(statement)).rejects.toThrow(complaint);
});

test('verification finds a changed balance, a changed lot, and names both figures', async () => {
  const { db } = await oneAccrual();
  await db.query("UPDATE account SET balance = 70 WHERE kind = 'member' ORDER BY id LIMIT 1");
  const { differences } = await verifyLedger(db);
  expect(differences).toEqual([
    expect.stringMatching(/^balance of account \w+: stored 70, transfers say 100$/),
    expect.stringMatching(/^balance against lots of account \w+: stored 70, transfers say 100$/),
  ]);
});

test('verification finds a changed debt and changed figures of what was issued', async () => {
  const { deps, ann, programmeId, earn, spend, posts, revoke } = await world();
  const [wrong] = await posts(earn(ann, 100));
  await posts(spend(ann, 100));
  await revoke(id(wrong), 'owe');
  await expect(deps).toHaveCoherentLedger();
  await deps.db.query("UPDATE account SET balance = -70 WHERE kind = 'owed'");
  await deps.db.query('UPDATE programme_budget SET issued = 0');
  const { differences } = await verifyLedger(deps.db);
  expect(differences).toEqual([
    expect.stringMatching(/^balance of account \w+: stored -70, transfers say -100$/),
    `points issued of programme ${programmeId}: stored 0, transfers say 100`,
  ]);
});

test('verification reports the first broken link of the chain after a transfer was changed behind its back', async () => {
  const deps = await oneAccrual();
  await sealTransfers(deps);
  const ids: { id: string }[] = await deps.db.query('SELECT id FROM transfer ORDER BY id');
  await tamper(deps.db, 'transfer', `UPDATE transfer SET cause_id = 'x' WHERE id = '${ids[1]!.id}'`);
  const { differences } = await verifyLedger(deps.db);
  expect(differences).toEqual([`hash chain: broken at link 2, posting ${ids[1]!.id.slice(0, 26)}`]);
});

test('verification finds a link that was cut off at the end of the chain', async () => {
  const deps = await oneAccrual();
  await sealTransfers(deps);
  await deps.db.query('UPDATE posting SET seal_number = NULL, seal_hash = NULL WHERE seal_number = 3');
  const { differences } = await verifyLedger(deps.db);
  expect(differences).toContain('hash chain: its head says 3 links, there are 2');
});

test('two sealers at once seal each posting once', async () => {
  const deps = await oneAccrual();
  const counts = await Promise.all([sealTransfers(deps), sealTransfers(deps)]);
  expect(counts[0] + counts[1]).toBe(3);
  await expect(deps).toHaveCoherentLedger();
});
