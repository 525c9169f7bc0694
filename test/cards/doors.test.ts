import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createIssuer } from '../../src/cards/create-issuer.ts';
import { issueBatch } from '../../src/cards/issue-batch.ts';
import { issueCard } from '../../src/cards/issue-card.ts';
import { newId } from '../../src/platform/ids.ts';
import { anAdmin, aUnion } from '../identity/world.ts';
import { startApi, type TestApi, tokenFor } from '../support/api.ts';
import { makeCardCode } from '../support/card-code.ts';
import { countQueries } from '../support/count-queries.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { accepted, aMember, aProgramme, auditTrail } from '../unions/tree.ts';
import { read } from './world.ts';

let deps: TestDeps;
let api: TestApi;

beforeAll(async () => {
  deps = await testDeps();
  api = await startApi(deps);
});
afterAll(() => api.close());
beforeEach(() => rmSync(deps.config.storageDir, { recursive: true, force: true }));

/** Two cities; the east issues cards; an admin of each, one who may only read in the east, and a member with a card. */
async function aScene() {
  const province = await aUnion(deps, '省总工会');
  const east = await aUnion(deps, '东市总工会', province);
  const west = await aUnion(deps, '西市总工会', province);
  const programmeId = await aProgramme(deps, east.id, '幸福账户');
  const clerk = await anAdmin(deps, 'clerk', [[east, 'federation-admin']]);
  const western = await anAdmin(deps, 'western', [[west, 'federation-admin']]);
  const auditor = await anAdmin(deps, 'auditor', [[east, 'auditor']]);
  const issuer = { unionId: east.id, name: '工会会员卡', prefix: '888800' };
  const issuerId = accepted(await createIssuer(deps, clerk, newId(), issuer));
  const memberId = await aMember(deps, east.id, { name: '王小明' });
  const cardId = accepted(await issueCard(deps, clerk, newId(), { issuerId, memberId }));
  const [{ number }] = await deps.db.query('SELECT number FROM card WHERE id = ?', [cardId]);
  const member = await tokenFor(deps, 'member', memberId);
  const admin = (query: string, variables: object = {}, who = clerk) =>
    api.ask('admin', query, { token: who.tokens.accessToken, variables: { ...variables } });
  return { east, west, programmeId, clerk, western, auditor, issuerId, memberId, cardId, number, member, admin };
}

test('a member sees her own cards whole, and makes a code of the key that the door hands out', async () => {
  const { member, cardId, number, programmeId, memberId } = await aScene();
  const seen = await api.ask('member', '{ cards { nodes { id number state issuerName replacesId } } }', {
    token: member,
  });
  expect(seen.errors).toEqual([]);
  expect(seen.data.cards.nodes).toEqual([
    { id: cardId, number, state: 'ACTIVE', issuerName: '工会会员卡', replacesId: null },
  ]);
  const asked = await api.ask(
    'member',
    'query ($id: Id!) { cardKey(cardId: $id) { cardId key generation expiresAt serverTime } }',
    { token: member, variables: { id: cardId } },
  );
  const { cardKey } = asked.data;
  expect(cardKey).toMatchObject({
    serverTime: deps.clock.now().toISOString(),
    expiresAt: new Date(deps.clock.now().getTime() + 24 * 3_600_000).toISOString(),
  });
  const code = makeCardCode(cardKey, programmeId, deps.clock.now());
  expect(await read(deps, code)).toEqual({ ok: true, value: { cardId, memberId, programmeId } });
});

test('a member freezes, unfreezes and reports her card; one who is a stranger finds neither card nor key', async () => {
  const { east, member, cardId } = await aScene();
  const mutate = (name: string, token = member) =>
    api.ask(
      'member',
      `mutation ($key: String!, $id: Id!) { ${name}(key: $key, cardId: $id) { ... on Card { state } ... on Refusal { code } } }`,
      { token, variables: { key: newId(), id: cardId } },
    );
  const stranger = await tokenFor(deps, 'member', await aMember(deps, east.id, { name: '韩梅梅' }));
  expect((await mutate('freezeCard', stranger)).data.freezeCard).toEqual({ code: 'CARD_UNKNOWN' });
  const key = await api.ask('member', `{ cardKey(cardId: "${cardId}") { key } cards { nodes { id } } }`, {
    token: stranger,
  });
  expect(key.data).toEqual({ cardKey: null, cards: { nodes: [] } });
  expect((await mutate('freezeCard')).data.freezeCard).toEqual({ state: 'FROZEN' });
  expect((await mutate('unfreezeCard')).data.unfreezeCard).toEqual({ state: 'ACTIVE' });
  expect((await mutate('reportCardLost')).data.reportCardLost).toEqual({ state: 'LOST' });
  expect(
    (await api.ask('member', `{ cardKey(cardId: "${cardId}") { key } }`, { token: member })).data.cardKey,
  ).toBeNull();
});

test('an admin finds a card by its exact number and by its member, masked; another branch finds nothing', async () => {
  const { admin, western, number, cardId, memberId } = await aScene();
  const query = `query ($number: String!, $memberId: Id!) {
    cardByNumber(number: $number) { id number state member { name } issuer { name prefix union { name } } }
    cards(memberId: $memberId) { nodes { id number batchId } }
  }`;
  const typed = number.replace(/(\d{4})/g, '$1 ');
  const found = await admin(query, { number: typed, memberId });
  const masked = `888800******${number.slice(-4)}`;
  expect(found.data).toEqual({
    cardByNumber: {
      id: cardId,
      number: masked,
      state: 'ACTIVE',
      member: { name: '王小明' },
      issuer: { name: '工会会员卡', prefix: '888800', union: { name: '东市总工会' } },
    },
    cards: { nodes: [{ id: cardId, number: masked, batchId: null }] },
  });
  expect((await admin(query, { number: number.slice(0, 15), memberId })).data.cardByNumber).toBeNull();
  expect((await admin(query, { number, memberId }, western)).data).toEqual({
    cardByNumber: null,
    cards: { nodes: [] },
  });
});

test('an admin makes an issuer, issues, changes and replaces a card, and reads its history', async () => {
  const { admin, east, memberId, cardId, clerk, western } = await aScene();
  const made = await admin(
    `mutation ($unionId: Id!) { createCardIssuer(key: "issuer-1", unionId: $unionId, name: "惠工卡", prefix: "900100") { ... on CardIssuer { id prefix } ... on Refusal { code } } }`,
    { unionId: east.id },
  );
  expect(made.data.createCardIssuer).toMatchObject({ prefix: '900100' });
  const issuers = await admin(`query ($id: Id!) { cardIssuers(unionId: $id) { nodes { name } } }`, { id: east.id });
  expect(issuers.data.cardIssuers.nodes).toEqual([{ name: '工会会员卡' }, { name: '惠工卡' }]);
  const issued = await admin(
    `mutation ($issuerId: Id!, $memberId: Id!) { issueCard(key: "issue-01", issuerId: $issuerId, memberId: $memberId) { ... on Card { number } ... on Refusal { code } } }`,
    { issuerId: made.data.createCardIssuer.id, memberId },
  );
  expect(issued.data.issueCard.number).toMatch(/^900100\*{6}\d{4}$/);
  const lost = `mutation ($id: Id!) { setCardState(key: "state-01", cardId: $id, state: LOST, reason: "本人来电") { ... on Card { state } ... on Refusal { code } } }`;
  expect((await admin(lost, { id: cardId }, western)).data.setCardState).toEqual({ code: 'CARD_UNKNOWN' });
  expect((await admin(lost, { id: cardId })).data.setCardState).toEqual({ state: 'LOST' });
  const replaced = await admin(
    `mutation ($id: Id!) { replaceCard(key: "replace-1", cardId: $id, reason: "遗失补卡") { ... on Card { state replacesId } ... on Refusal { code } } }`,
    { id: cardId },
  );
  expect(replaced.data.replaceCard).toEqual({ state: 'ACTIVE', replacesId: cardId });
  const history = `query ($id: Id!) { cardHistory(cardId: $id) { nodes { stateBefore stateAfter actor reason } } }`;
  expect((await admin(history, { id: cardId })).data.cardHistory.nodes).toEqual([
    { stateBefore: 'LOST', stateAfter: 'REPLACED', actor: clerk.actor, reason: '遗失补卡' },
    { stateBefore: 'ACTIVE', stateAfter: 'LOST', actor: clerk.actor, reason: '本人来电' },
  ]);
  expect((await admin(history, { id: cardId }, western)).data.cardHistory.nodes).toEqual([]);
});

test('a batch shows its progress and its file, at an address for five minutes, to those who may issue', async () => {
  const { admin, clerk, auditor, western, issuerId, east } = await aScene();
  const asked = await admin(
    `mutation ($issuerId: Id!, $unionId: Id!) { issueCards(key: "batch-01", issuerId: $issuerId, unionId: $unionId) { ... on CardBatch { id state fileUrl } ... on Refusal { code } } }`,
    { issuerId, unionId: east.id },
  );
  expect(asked.data.issueCards).toMatchObject({ state: 'WAITING', fileUrl: null });
  const { id } = asked.data.issueCards;
  await issueBatch(deps, id, async () => {});
  const query = `query ($id: Id!) { cardBatch(id: $id) { state membersSeen membersOf cardsIssued cardsAdded fileUrl fileSha256 } }`;
  const { cardBatch } = (await admin(query, { id })).data;
  expect(cardBatch).toMatchObject({ state: 'DONE', membersSeen: 1, membersOf: 1, cardsIssued: 0, cardsAdded: 1 });
  expect((await admin(query, { id }, auditor)).data.cardBatch).toMatchObject({ state: 'DONE', fileUrl: null });
  expect((await admin(query, { id }, western)).data.cardBatch).toBeNull();
  const file = await fetch(`${api.url}${cardBatch.fileUrl}`);
  expect(file.status).toBe(200);
  expect(Object.fromEntries(file.headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="cards-2026-08-03.csv"',
    'cache-control': 'private, no-store',
  });
  const onDisk = readFileSync(join(deps.config.storageDir, 'card-batches', id));
  expect(Buffer.from(await file.arrayBuffer())).toEqual(onDisk);
  const downloads = async () =>
    (await auditTrail(deps)).filter(({ action }) => action === 'downloadPrinterFile').map(({ actor }) => actor);
  expect(await downloads()).toEqual([clerk.actor]);
  expect((await auditTrail(deps)).at(-1)).toMatchObject({ targetId: id, unionId: east.id });
  expect((await fetch(`${api.url}${cardBatch.fileUrl.replace(/.$/, '_')}`)).status).toBe(404);
  const inAnotherName = cardBatch.fileUrl.replace(/for=[^&]*/, `for=operator%3A${newId()}`);
  expect((await fetch(`${api.url}${inAnotherName}`)).status).toBe(404);
  expect((await fetch(`${api.url}/card-batches/${id}`)).status).toBe(404);
  const before = deps.clock.now().toISOString();
  deps.clock.advance({ minutes: 5 });
  expect((await fetch(`${api.url}${cardBatch.fileUrl}`)).status).toBe(410);
  deps.clock.set(before);
  expect(await downloads()).toEqual([clerk.actor]);
});

test('no byte of a printer file goes out when its download cannot be recorded', async () => {
  const { admin, issuerId, east } = await aScene();
  const asked = await admin(
    `mutation ($issuerId: Id!, $unionId: Id!) { issueCards(key: "batch-02", issuerId: $issuerId, unionId: $unionId) { ... on CardBatch { id } } }`,
    { issuerId, unionId: east.id },
  );
  const { id } = asked.data.issueCards;
  await issueBatch(deps, id, async () => {});
  const { cardBatch } = (await admin('query ($id: Id!) { cardBatch(id: $id) { fileUrl } }', { id })).data;
  await deps.db.query(
    "CREATE TRIGGER trail_breaks BEFORE INSERT ON audit_record FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'power failure'",
  );
  try {
    const answer = await fetch(`${api.url}${cardBatch.fileUrl}`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('卡号');
  } finally {
    await deps.db.query('DROP TRIGGER trail_breaks');
  }
});

test('a list of cards sends as many statements for two cards as for twenty', async () => {
  const { admin, memberId, issuerId, east } = await aScene();
  const fill = async (count: number) => {
    for (let i = 0; i < count; i++)
      await deps.db.query(
        `INSERT INTO card (id, issuer_id, member_id, number, state, issued_by, issued_at) VALUES (?)`,
        [
          [
            newId(),
            issuerId,
            memberId,
            String(8888000000000000 + i + count * 1000),
            'cancelled',
            'system',
            deps.clock.now(),
          ],
        ],
      );
  };
  const query = `query ($memberId: Id!, $unionId: Id!) {
    cards(memberId: $memberId) { nodes { number member { name } issuer { name union { name } } } }
    cardBatches(unionId: $unionId) { nodes { issuer { name } union { name } fileUrl } }
  }`;
  const ask = () => countQueries(deps.db, () => admin(query, { memberId, unionId: east.id }));
  await fill(1);
  await ask();
  const few = await ask();
  await fill(18);
  expect(await ask()).toBe(few);
});

test('no statement on cards reads a whole table', async () => {
  const { issuerId, memberId, cardId, east } = await aScene();
  // Enough rows that an index is worth its while.
  const ids = Array.from({ length: 3000 }, () => newId());
  const now = deps.clock.now();
  await deps.db.query('INSERT INTO member (id, union_id, name, state, created_at, updated_at) VALUES ?', [
    ids.map((id) => [id, east.id, '测试员', 'active', now, now]),
  ]);
  await deps.db.query('INSERT INTO card (id, issuer_id, member_id, number, state, issued_by, issued_at) VALUES ?', [
    ids.map((id, i) => [newId(), issuerId, id, String(8888100000000000 + i), 'active', 'system', now]),
  ]);
  await deps.db.query('ANALYZE TABLE card, member, card_code_use');
  const statements: [string, unknown[]][] = [
    ['SELECT id FROM card WHERE id IN (?) ORDER BY id LOCK IN SHARE MODE', [[cardId, ids[0]]]],
    ['SELECT * FROM card WHERE number = ?', ['8888100000000007']],
    ['SELECT * FROM card WHERE member_id = ? ORDER BY id DESC LIMIT 21', [memberId]],
    ['SELECT id FROM card WHERE member_id = ? AND issuer_id = ? AND is_live = 1 FOR UPDATE', [memberId, issuerId]],
    [
      'SELECT member_id FROM card WHERE member_id IN (?) AND issuer_id = ? AND is_live = 1',
      [ids.slice(0, 500), issuerId],
    ],
    ["UPDATE card SET batch_id = NULL WHERE id IN (?) AND state = 'active' AND batch_id IS NULL", [[cardId]]],
    [
      `SELECT STRAIGHT_JOIN card.id FROM card FORCE INDEX (card_of_batch) JOIN member ON member.id = card.member_id
         JOIN union_node ON union_node.id = member.union_id WHERE card.batch_id = ? AND card.id > ? ORDER BY card.id LIMIT 1000`,
      [newId(), ''],
    ],
    ['SELECT mac FROM card_code_use WHERE mac IN (?) AND use_id = ?', [[Buffer.alloc(16)], newId()]],
    ['SELECT id FROM card_batch WHERE file_until <= ? ORDER BY file_until LIMIT 100', [now]],
    [
      "SELECT id FROM member WHERE union_id IN (?) AND id > ? AND state = 'active' ORDER BY id LIMIT 500",
      [[east.id], ''],
    ],
    ['SELECT id FROM card_change WHERE card_id = ? ORDER BY id DESC LIMIT 1', [cardId]],
  ];
  for (const [sql, parameters] of statements) {
    const plan: { type: string; table: string }[] = await deps.db.query(`EXPLAIN ${sql}`, parameters);
    expect(
      plan.map(({ type }) => type),
      sql,
    ).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(ALL|index)$/)]));
  }
});
