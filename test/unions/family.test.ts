import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MemberCaller } from '../../src/identity/caller.ts';
import { addDays } from '../../src/platform/clock.ts';
import { insertRows } from '../../src/platform/db/sql.ts';
import { newId } from '../../src/platform/ids.ts';
import { confirmChild } from '../../src/unions/family/confirm-child.ts';
import { type DeclaredChild, declareChild } from '../../src/unions/family/declare-child.ts';
import { type BornChild, childrenBornBetween, childrenOf } from '../../src/unions/family/queries.ts';
import { withdrawChild } from '../../src/unions/family/withdraw-child.ts';
import { anAdmin as anOperator } from '../identity/world.ts';
import type { TestDeps } from '../support/deps.ts';
import { accepted, aKey, aMember, anAdmin, aTree, auditTrail, everyPage, refused } from './tree.ts';

function aParent(memberId: string): MemberCaller {
  const permissions = new Set(['self']);
  return { door: 'member', actor: `member:${memberId}`, memberId, sessionId: newId(), permissions };
}

/** A parent of the eastern works, today being 2026-08-03. */
async function aFamily() {
  const tree = await aTree();
  const { deps, eastWorks } = tree;
  const memberId = await aMember(deps, eastWorks);
  const parent = aParent(memberId);
  const declare = (child: Partial<DeclaredChild> = {}, key = aKey()) =>
    declareChild(deps, parent, key, { birthDate: '2020-05-01', nameHint: null, consent: true, ...child });
  const withdraw = (childId: string, who = parent, key = aKey()) => withdrawChild(deps, who, key, { childId });
  const children = () => childrenOf(deps.db.manager, memberId);
  return { ...tree, memberId, parent, declare, withdraw, children };
}

test('a member declares a child with consent, and sees it as not confirmed yet', async () => {
  const { deps, memberId, declare, children } = await aFamily();
  const id = accepted(await declare({ nameHint: '老大' }));
  expect(await children()).toEqual([
    {
      id,
      memberId,
      birthDate: '2020-05-01',
      nameHint: '老大',
      state: 'declared',
      consentedAt: deps.clock.now(),
      confirmedBy: null,
      confirmedAt: null,
    },
  ]);
});

test.for<[what: string, child: Partial<DeclaredChild>, code: string]>([
  ['no consent', { consent: false }, 'CONSENT_NEEDED'],
  ['a birth to come', { birthDate: '2026-08-04' }, 'DAY_IN_FUTURE'],
  ['a birthday of 18 years that was yesterday', { birthDate: '2008-08-02' }, 'CHILD_TOO_OLD'],
  ['an empty name', { nameHint: '' }, 'NAME_HINT_MALFORMED'],
  ['a name of two lines', { nameHint: '老\n大' }, 'NAME_HINT_MALFORMED'],
  ['a long name', { nameHint: '长'.repeat(21) }, 'NAME_HINT_MALFORMED'],
])('a child with %s is refused and nothing is kept', async ([, child, code]) => {
  const { declare, children } = await aFamily();
  expect(await declare(child)).toMatchObject(refused(code));
  expect(await children()).toEqual([]);
});

test('a child born today in Beijing, and one who is 18 today, are taken', async () => {
  const { deps, declare, children } = await aFamily();
  // It is the 4th of August in Beijing already.
  deps.clock.set('2026-08-03T17:00:00.000Z');
  expect(await declare({ birthDate: '2026-08-04' })).toMatchObject({ ok: true });
  expect(await declare({ birthDate: '2008-08-04' })).toMatchObject({ ok: true });
  expect(await declare({ birthDate: '2008-08-03' })).toMatchObject(refused('CHILD_TOO_OLD'));
  expect(await children()).toHaveLength(2);
});

test('the same child twice is refused; twins are told apart by what they are called', async () => {
  const { deps, declare, children, westWorks } = await aFamily();
  expect(await declare()).toMatchObject({ ok: true });
  expect(await declare()).toMatchObject(refused('CHILD_REPEATED'));
  expect(await declare({ nameHint: '弟弟' })).toMatchObject({ ok: true });
  expect(await declare({ nameHint: '弟弟' })).toMatchObject(refused('CHILD_REPEATED'));
  expect(await children()).toHaveLength(2);
  // The other parent declares it too: they are members of their own.
  const other = aParent(await aMember(deps, westWorks));
  const child = { birthDate: '2020-05-01', nameHint: null, consent: true };
  expect(await declareChild(deps, other, aKey(), child)).toMatchObject({ ok: true });
});

test('a member declares ten children at the most, and one child once, also all at one moment', async () => {
  const { declare, children } = await aFamily();
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, (_, i) => declare({ birthDate: addDays('2015-01-01', i) })),
  );
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(10);
  expect(outcomes.filter((outcome) => !outcome.ok)).toMatchObject(Array(2).fill(refused('CHILDREN_TOO_MANY')));
  expect(await children()).toHaveLength(10);
});

test('of eight that declare one child at one moment, one does', async () => {
  const { declare, children } = await aFamily();
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => declare()));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  for (const outcome of outcomes.filter((one) => !one.ok)) expect(outcome).toMatchObject(refused('CHILD_REPEATED'));
  expect(await children()).toHaveLength(1);
});

test('the same request again declares nothing twice; the same key with another child is refused', async () => {
  const { declare, children } = await aFamily();
  const key = aKey();
  const first = await declare({}, key);
  expect(await declare({}, key)).toEqual(first);
  expect(await declare({ birthDate: '2020-05-02' }, key)).toMatchObject(refused('KEY_REUSED'));
  expect(await children()).toHaveLength(1);
});

/** Every value that any table of the database has, as one text. */
async function everything({ db }: TestDeps): Promise<string> {
  const tables: { name: string }[] = await db.query(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
  );
  const rows = [];
  for (const { name } of tables) rows.push(await db.query(`SELECT * FROM \`${name}\``));
  return JSON.stringify(rows);
}

test('who withdraws a child leaves nothing of it in the database, confirmed or not', async () => {
  const { deps, province, declare, withdraw, children } = await aFamily();
  const id = accepted(await declare({ birthDate: '2019-11-23', nameHint: '小石头' }));
  accepted(await confirmChild(deps, await anAdmin(deps, [province]), aKey(), { childId: id }));
  for (const secret of ['2019-11-23', '小石头']) expect(await everything(deps)).toContain(secret);
  const key = aKey();
  expect(await withdraw(id, undefined, key)).toEqual({ ok: true, value: id });
  expect(await children()).toEqual([]);
  for (const secret of ['2019-11-23', '小石头']) expect(await everything(deps)).not.toContain(secret);
  expect(await withdraw(id, undefined, key)).toEqual({ ok: true, value: id });
  expect(await withdraw(id)).toMatchObject(refused('CHILD_UNKNOWN'));
});

test('what is kept for ever of a request tells nothing of the child to whoever lacks the server’s key', async () => {
  const { deps, parent } = await aFamily();
  const child = { birthDate: '2019-11-23', nameHint: '小石头', consent: true };
  const kept = async (serverKey: number) => {
    const personalData = { ...deps.config.personalData, hashKey: Buffer.alloc(32, serverKey) };
    const config = { ...deps.config, personalData };
    const key = aKey();
    await declareChild({ ...deps, config }, parent, key, child);
    const [row] = await deps.db.query('SELECT HEX(input_hash) AS hash FROM idempotency WHERE idempotency_key = ?', [
      key,
    ]);
    return row.hash;
  };
  const hash = await kept(1);
  expect(await kept(1)).toBe(hash);
  expect(await kept(2)).not.toBe(hash);
});

test("nobody withdraws another's child, and one that never was answers alike", async () => {
  const { deps, eastWorks, declare, withdraw, children } = await aFamily();
  const id = accepted(await declare());
  const other = aParent(await aMember(deps, eastWorks));
  expect(await withdraw(id, other)).toEqual(await withdraw(newId(), other));
  expect(await withdraw(id, other)).toMatchObject(refused('CHILD_UNKNOWN'));
  expect(await children()).toHaveLength(1);
});

test('an admin of the branch confirms a child once, and the audit keeps no birth date', async () => {
  const { deps, east, eastWorks, memberId, declare, children } = await aFamily();
  const id = accepted(await declare());
  const admin = await anAdmin(deps, [east], ['claims:approve']);
  const now = deps.clock.now();
  expect(await confirmChild(deps, admin, aKey(), { childId: id })).toEqual({ ok: true, value: id });
  deps.clock.advance({ days: 1 });
  const second = await anAdmin(deps, [east], ['claims:approve']);
  expect(await confirmChild(deps, second, aKey(), { childId: id })).toEqual({ ok: true, value: id });
  expect(await children()).toMatchObject([{ state: 'confirmed', confirmedBy: admin.actor, confirmedAt: now }]);
  expect(await auditTrail(deps)).toEqual([
    {
      actor: admin.actor,
      action: 'confirmChild',
      targetId: id,
      unionId: eastWorks,
      before: { state: 'declared' },
      after: { state: 'confirmed', memberId },
    },
  ]);
});

test('an admin of another branch, or without the permission, confirms nothing and learns nothing', async () => {
  const { deps, east, west, declare, children } = await aFamily();
  const childId = accepted(await declare());
  for (const stranger of [
    await anAdmin(deps, [west]),
    await anAdmin(deps, [east], ['members:read', 'members:write']),
  ]) {
    expect(await confirmChild(deps, stranger, aKey(), { childId })).toMatchObject(refused('CHILD_UNKNOWN'));
    expect(await confirmChild(deps, stranger, aKey(), { childId: newId() })).toMatchObject(refused('CHILD_UNKNOWN'));
  }
  expect(await children()).toMatchObject([{ state: 'declared' }]);
  expect(await auditTrail(deps)).toEqual([]);
});

test('an admin who is the parent does not confirm her own child; another does', async () => {
  const { deps, province, memberId, declare, children } = await aFamily();
  const childId = accepted(await declare());
  const union = { id: province, path: `/${province}/` };
  const mother = await anOperator(deps, 'mother', [[union, 'federation-admin']]);
  const other = await anOperator(deps, 'other', [[union, 'federation-admin']]);
  await deps.db.query('UPDATE operator SET member_id = ? WHERE id = ?', [memberId, mother.operatorId]);
  expect(await confirmChild(deps, mother, aKey(), { childId })).toMatchObject(refused('OWN_FAMILY'));
  expect(await children()).toMatchObject([{ state: 'declared' }]);
  expect(await confirmChild(deps, other, aKey(), { childId })).toMatchObject({ ok: true });
});

test('a child that is withdrawn and confirmed at one moment is gone, whoever comes first', async () => {
  const { deps, province, declare, withdraw, children } = await aFamily();
  const admin = await anAdmin(deps, [province]);
  for (let i = 0; i < 5; i++) {
    const childId = accepted(await declare());
    const [gone, confirmed] = await Promise.all([withdraw(childId), confirmChild(deps, admin, aKey(), { childId })]);
    expect(gone).toMatchObject({ ok: true });
    if (!confirmed.ok) expect(confirmed).toMatchObject(refused('CHILD_UNKNOWN'));
    expect(await children()).toEqual([]);
  }
});

/** Children as the table has them, confirmed unless said otherwise; resolves with their ids. */
async function born({ db, clock }: TestDeps, children: readonly (readonly [string, string, string?])[]) {
  const rows = children.map(([memberId, birthDate, state = 'confirmed']) => {
    const confirmed = state === 'confirmed';
    return [
      newId(),
      memberId,
      birthDate,
      state,
      clock.now(),
      confirmed ? 'system' : null,
      confirmed ? clock.now() : null,
    ];
  });
  const columns = ['id', 'member_id', 'birth_date', 'state', 'consented_at', 'confirmed_by', 'confirmed_at'];
  await insertRows(db.manager, 'member_child', columns, rows);
  return rows.map((row) => row[0] as string);
}

test('confirmed children of a branch are found by their birth date, both ends included, in pages of any size', async () => {
  const { deps, province, east, eastWorks, westWorks, memberId } = await aFamily();
  const western = await aMember(deps, westWorks);
  const left = await aMember(deps, eastWorks, { state: 'left' });
  const [first, last, , , , , abroad] = await born(deps, [
    [memberId, '2020-08-31'],
    [memberId, '2019-09-01'],
    [memberId, '2020-09-01'],
    [memberId, '2019-08-31'],
    [memberId, '2020-01-01', 'declared'],
    [left, '2020-01-01'],
    [western, '2020-01-01'],
  ]);
  const asked = { from: '2019-09-01', to: '2020-08-31', unionPath: `/${province}/` };
  const found = await childrenBornBetween(deps.db.manager, { ...asked, after: '', limit: 10 });
  const home = `/${province}/${east}/${eastWorks}/`;
  expect(found.slice(0, 2)).toEqual([
    { childId: first, memberId, unionPath: home, birthDate: '2020-08-31' },
    { childId: last, memberId, unionPath: home, birthDate: '2019-09-01' },
  ]);
  expect(found.map((child) => child.childId)).toEqual([first, last, abroad]);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), async (limit) => {
      const pages = await everyPage<BornChild>((child) =>
        childrenBornBetween(deps.db.manager, { ...asked, after: child?.childId ?? '', limit }),
      );
      expect(pages).toEqual(found);
    }),
    { numRuns: 4 },
  );
  const east1 = await childrenBornBetween(deps.db.manager, { ...asked, unionPath: home, after: '', limit: 10 });
  expect(east1.map((child) => child.childId)).toEqual([first, last]);
});

test('among 5,000 children those of a stretch of days are read by the index of birth dates', async () => {
  const { deps, province, memberId } = await aFamily();
  await born(
    deps,
    Array.from({ length: 5000 }, (_, i) => [memberId, addDays('2010-01-01', i)] as const),
  );
  const steps: { table: string; key: string; rows: number | string }[] = [];
  const explaining = {
    query: async (sql: string, parameters: unknown[]) => {
      steps.push(...(await deps.db.query(`EXPLAIN ${sql}`, parameters)));
      return [];
    },
  } as unknown as typeof deps.db.manager;
  const asked = { from: '2020-01-01', to: '2020-01-31', unionPath: `/${province}/`, after: '', limit: 100 };
  await childrenBornBetween(explaining, asked);
  const [children] = steps.filter((step) => step.table === 'c');
  expect(children).toMatchObject({ key: 'member_child_born' });
  expect(Number(children!.rows)).toBeLessThan(100);
  expect(await childrenBornBetween(deps.db.manager, asked)).toHaveLength(31);
});
