import 'reflect-metadata';
import { graphql } from 'graphql';
import { buildSchema, type NonEmptyArray } from 'type-graphql';
import { expect, test } from 'vitest';
import type { AdminCaller, MemberCaller } from '../../src/identity/caller.ts';
import type { RequestContext } from '../../src/identity/context.ts';
import { createLimits } from '../../src/identity/limits.ts';
import { AdminLedgerResolver } from '../../src/ledger/graphql/admin.ts';
import { MemberLedgerResolver } from '../../src/ledger/graphql/member.ts';
import { newId } from '../../src/platform/ids.ts';
import { countQueries } from '../support/count-queries.ts';
import { id, world } from './world.ts';

/** The ledger's part of a door. */
const doorOf = (resolver: NonEmptyArray<new () => unknown>) =>
  buildSchema({
    resolvers: resolver,
    validate: false,
    authChecker: ({ context }, [permission]) => context.caller.permissions.has(permission),
  });
const doors = { member: doorOf([MemberLedgerResolver]), admin: doorOf([AdminLedgerResolver]) };

/** A member who spent 70 of 100 points before they were taken back, and ways to ask as she and as her union's admin. */
async function owing() {
  const there = await world();
  const { deps, ann, earn, spend, posts, revoke } = there;
  const [wrong] = await posts(earn(ann, 100));
  await posts(spend(ann, 70));
  await revoke(id(wrong), 'owe');
  const [{ union_id: unionId }] = await deps.db.query('SELECT union_id FROM programme');
  const permissions = new Set(['ledger:read']);
  const grants = [{ unionPath: `/${unionId}/`, permissions }];
  const callers: { member: MemberCaller; admin: AdminCaller } = {
    member: { door: 'member', actor: 'm', memberId: ann, sessionId: newId(), permissions: new Set(['self']) },
    admin: { door: 'admin', actor: 'a', operatorId: newId(), sessionId: newId(), permissions, grants },
  };
  const ask = async (door: 'member' | 'admin', source: string) => {
    const request = { rejected: undefined, language: 'en' as const, ip: '127.0.0.1', requestId: newId() };
    const contextValue: RequestContext = { deps, limits: createLimits(undefined), caller: callers[door], ...request };
    const { errors, data } = await graphql({ schema: await doors[door], source, contextValue });
    expect(errors).toBeUndefined();
    // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for.
    return JSON.parse(JSON.stringify(data)) as any;
  };
  return { ...there, unionId, ask };
}

const MINE = '{ accounts { balance owed statement { nodes { kind points balanceAfter } } } }';

test('the member sees what she owes and, line by line, how it came and how it went', async () => {
  const { ann, ask, posts, earn } = await owing();
  expect((await ask('member', MINE)).accounts).toMatchObject([{ balance: 0, owed: 70 }]);
  await posts(earn(ann, 100));
  expect((await ask('member', MINE)).accounts).toEqual([
    {
      balance: 30,
      owed: 0,
      statement: {
        nodes: [
          { kind: 'REPAYMENT', points: -70, balanceAfter: 30 },
          { kind: 'ACCRUAL', points: 100, balanceAfter: 100 },
          { kind: 'REVERSAL', points: -100, balanceAfter: 0 },
          { kind: 'OWING', points: 70, balanceAfter: 100 },
          { kind: 'REDEMPTION', points: -70, balanceAfter: 30 },
          { kind: 'ACCRUAL', points: 100, balanceAfter: 100 },
        ],
      },
    },
  ]);
});

test('every kind of transfer can be shown on a statement', async () => {
  const { deps, ann, ask, posts, revoke, adjust, earn, spend } = await owing();
  await posts(adjust(ann, 80), adjust(ann, -5));
  const [lapsing] = await posts(earn(ann, 10, 1));
  const [spent] = await posts(earn(ann, 10, 90));
  await posts(spend(ann, 4));
  deps.clock.advance({ days: 2 });
  await revoke(id(lapsing), 'write_off');
  await posts(spend(ann, 11));
  await revoke(id(spent), 'write_off');
  const [account] = (await ask('member', '{ accounts { statement { nodes { kind } } } }')).accounts;
  const kinds = new Set(account.statement.nodes.map((line: { kind: string }) => line.kind));
  expect(kinds).toEqual(
    new Set('ACCRUAL REDEMPTION REVERSAL EXPIRY ADJUSTMENT OWING WRITE_OFF UNEXPIRY REPAYMENT'.split(' ')),
  );
});

test('the admin sees one account of a member for each programme, with what she owes in it, and true figures', async () => {
  const { ann, programmeId, ask } = await owing();
  const accounts = `{ memberAccounts(memberId: "${ann}") { programmeId balance owed } }`;
  expect((await ask('admin', accounts)).memberAccounts).toEqual([{ programmeId, balance: 0, owed: 70 }]);
  const figures = `{ programmeFigures(programmeId: "${programmeId}") { issued withMembers inVouchers breakage } }`;
  expect((await ask('admin', figures)).programmeFigures).toEqual({
    issued: 70,
    withMembers: 0,
    inVouchers: 70,
    breakage: 0,
  });
});

test('what is owed takes as many statements for many programmes as for one', async () => {
  const { deps, ann, unionId, ask, posts, earn } = await owing();
  const ofMember = '{ accounts { balance owed } }';
  const ofAdmin = `{ memberAccounts(memberId: "${ann}") { balance owed } }`;
  const count = async () => [
    await countQueries(deps.db, () => ask('member', ofMember)),
    await countQueries(deps.db, () => ask('admin', ofAdmin)),
  ];
  const forOne = await count();
  for (let i = 0; i < 5; i++) {
    const programmeId = newId();
    await deps.db.query(
      'INSERT INTO programme (id, union_id, name, point_price_fen, points_live_days, created_at) VALUES (?)',
      [[programmeId, unionId, `方案${i}`, 10, 365, deps.clock.now()]],
    );
    await deps.db.query('INSERT INTO programme_budget (programme_id, budget, issued) VALUES (?, 1000, 0)', [
      programmeId,
    ]);
    await posts({ ...earn(ann, 10), programmeId, debit: { kind: 'issuance', ownerId: programmeId } });
  }
  expect(await count()).toEqual(forOne);
  expect((await ask('member', ofMember)).accounts).toHaveLength(6);
});
