import { expect, test } from 'vitest';
import { once } from '../../src/platform/db/idempotency.ts';
import { inTransaction, type Tx } from '../../src/platform/db/transaction.ts';
import { accept, refuse } from '../../src/platform/result.ts';
import { testDeps } from '../support/deps.ts';

const request = { actor: 'member:1', key: 'key-00000001', operation: 'redeem', input: { offerId: 'a', n: 1 } };
const no = refuse({ code: 'NO', message: { zh: '不', en: 'no' } });
const now = new Date('2026-08-01T00:00:00Z');
const note = (tx: Tx) => tx.query("INSERT INTO outbox (id, job, payload, created_at) VALUES ('x', 'x', '{}', NOW())");

test('a key that was used once gives the first outcome again and runs nothing', async () => {
  const { db } = await testDeps();
  let runs = 0;
  const attempt = () =>
    inTransaction(db, (tx) =>
      once(tx, request, now, async () => {
        runs += 1;
        return accept(`thing-${runs}`);
      }),
    );
  expect(await attempt()).toEqual(accept('thing-1'));
  expect(await attempt()).toEqual(accept('thing-1'));
  expect(runs).toBe(1);
});

test('a key that comes back with other input is refused', async () => {
  const { db } = await testDeps();
  await inTransaction(db, (tx) => once(tx, request, now, async () => accept('a')));
  const second = await inTransaction(db, (tx) =>
    once(tx, { ...request, input: { offerId: 'b', n: 1 } }, now, async () => accept('b')),
  );
  expect(second).toMatchObject({ ok: false, refusal: { code: 'KEY_REUSED' } });
});

test('a refusal is an outcome too, and leaves nothing that was written before it', async () => {
  const { db } = await testDeps();
  const attempt = () =>
    inTransaction(db, (tx) =>
      once(tx, request, now, async () => {
        await note(tx);
        return no;
      }),
    );
  expect(await attempt()).toEqual(no);
  expect(await attempt()).toEqual(no);
  expect(await db.query('SELECT * FROM outbox')).toEqual([]);
});

test('eight callers with one key at once run the work once and all get the same outcome', async () => {
  const { db } = await testDeps();
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      inTransaction(db, (tx) =>
        once(tx, request, now, async () => {
          await tx.query('INSERT INTO outbox (id, job, payload, created_at) VALUES (?, ?, ?, NOW())', [
            `x${i}`,
            'x',
            '{}',
          ]);
          return accept(`x${i}`);
        }),
      ),
    ),
  );
  expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
  expect(await db.query('SELECT id FROM outbox')).toHaveLength(1);
});
