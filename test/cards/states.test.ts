import { expect, test } from 'vitest';
import { changeOwnCard } from '../../src/cards/change-own-card.ts';
import { createIssuer } from '../../src/cards/create-issuer.ts';
import { issueCard } from '../../src/cards/issue-card.ts';
import { isCardNumber } from '../../src/cards/number.ts';
import { replaceCard } from '../../src/cards/replace-card.ts';
import { newId } from '../../src/platform/ids.ts';
import { accepted, aMember, anAdmin, auditTrail, refused } from '../unions/tree.ts';
import { aCardWorld, anIndustryUnion, asMember, codeOf, historyOf, keyOf, PREFIX, read, stateOf } from './world.ts';

const theCard = async ({ deps }: { deps: Awaited<ReturnType<typeof aCardWorld>>['deps'] }, id: string) => {
  const [card] = await deps.db.query('SELECT * FROM card WHERE id = ?', [id]);
  return card;
};

test('an issuer wants a union of the branch, a line of a name and six digits that nobody has', async () => {
  const { deps, admin, east, west } = await aCardWorld();
  const make = (fields: object) =>
    createIssuer(deps, admin, newId(), { unionId: east, name: '惠工卡', prefix: '900100', ...fields });
  expect(await make({ unionId: west })).toMatchObject(refused('UNION_UNKNOWN'));
  for (const name of ['', ' 卡', '两\n行', '长'.repeat(61)])
    expect(await make({ name })).toMatchObject(refused('ISSUER_NAME_MALFORMED'));
  for (const prefix of ['', '12345', '1234567', '012345', '12a456', '１２３４５６'])
    expect(await make({ prefix })).toMatchObject(refused('PREFIX_MALFORMED'));
  expect(await make({ prefix: PREFIX })).toMatchObject(refused('PREFIX_TAKEN'));
  expect(await make({})).toMatchObject({ ok: true });
});

test('a card is issued once for a member and issuer, also when twenty clerks try at the same moment', async () => {
  const { deps, admin, issuerId, eastWorks } = await aCardWorld();
  const memberId = await aMember(deps, eastWorks, { name: '李雷' });
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () => issueCard(deps, admin, newId(), { issuerId, memberId })),
  );
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.filter((one) => !one.ok && one.refusal.code === 'CARD_EXISTS')).toHaveLength(19);
  const [{ number, state }] = await deps.db.query('SELECT number, state FROM card WHERE member_id = ?', [memberId]);
  expect(state).toBe('active');
  expect(number.startsWith(PREFIX) && isCardNumber(number)).toBe(true);
});

test('issuing the same again under one key gives the same card', async () => {
  const { deps, admin, issuerId, eastWorks } = await aCardWorld();
  const memberId = await aMember(deps, eastWorks);
  const key = newId();
  const first = await issueCard(deps, admin, key, { issuerId, memberId });
  expect(await issueCard(deps, admin, key, { issuerId, memberId })).toEqual(first);
});

test('no card for a member outside the branch or the issuer’s, nor for one who is frozen or has left', async () => {
  const world = await aCardWorld();
  const { deps, admin, issuerId, eastWorks, westWorks, province } = world;
  const issue = (memberId: string, caller = admin) => issueCard(deps, caller, newId(), { issuerId, memberId });
  const western = await aMember(deps, westWorks);
  expect(await issue(western)).toMatchObject(refused('MEMBER_UNKNOWN'));
  const root = await anAdmin(deps, [province]);
  expect(await issue(western, root)).toMatchObject(refused('ISSUER_UNKNOWN'));
  for (const state of ['frozen', 'left'])
    expect(await issue(await aMember(deps, eastWorks, { state }))).toMatchObject(refused('MEMBER_NOT_ACTIVE'));
  const reader = await anAdmin(deps, [province], ['cards:read']);
  expect(await issue(world.memberId, reader)).toMatchObject(refused('MEMBER_UNKNOWN'));
});

test('who has no employer gets a card and a code as a member of an industry union', async () => {
  const { deps, admin, east, issuerId, programmeId } = await aCardWorld();
  const industry = await anIndustryUnion(deps, east);
  const driver = await aMember(deps, industry, { name: '赵师傅' });
  const cardId = accepted(await issueCard(deps, admin, newId(), { issuerId, memberId: driver }));
  const code = codeOf(deps, await keyOf(deps, driver, cardId), programmeId);
  expect(await read(deps, code)).toEqual({ ok: true, value: { cardId, memberId: driver, programmeId } });
});

test.each([
  ['active', 'frozen', true],
  ['active', 'lost', true],
  ['active', 'cancelled', true],
  ['active', 'replaced', false],
  ['frozen', 'active', true],
  ['frozen', 'lost', true],
  ['frozen', 'cancelled', true],
  ['lost', 'active', true],
  ['lost', 'frozen', false],
  ['lost', 'cancelled', true],
  ['cancelled', 'active', false],
  ['replaced', 'active', false],
] as const)('an admin may bring a card from %s to %s: %s', async (before, after, may) => {
  const { deps, cardId, setState } = await aCardWorld();
  await deps.db.query('UPDATE card SET state = ? WHERE id = ?', [before, cardId]);
  const outcome = await setState(cardId, after);
  expect(outcome).toMatchObject(may ? { ok: true } : refused('CARD_STATE_UNFIT'));
  expect(await stateOf(deps, cardId)).toBe(may ? after : before);
  expect(await historyOf(deps, cardId)).toHaveLength(may ? 1 : 0);
});

test('each change is written down by whom and why, and audited; the same state again changes nothing', async () => {
  const { deps, admin, cardId, memberId, setState, eastWorks } = await aCardWorld();
  accepted(await changeOwnCard(deps, asMember(memberId), newId(), 'reportCardLost', { cardId }));
  accepted(await setState(cardId, 'active', admin, ' 已找回 '));
  accepted(await setState(cardId, 'active', admin, '已找回'));
  expect(await historyOf(deps, cardId)).toEqual([
    { before: 'active', after: 'lost', actor: `member:${memberId}`, reason: '会员本人挂失' },
    { before: 'lost', after: 'active', actor: admin.actor, reason: '已找回' },
  ]);
  const records = (await auditTrail(deps)).filter(({ action }) => action === 'setCardState');
  expect(records).toEqual([
    {
      actor: admin.actor,
      action: 'setCardState',
      targetId: cardId,
      unionId: eastWorks,
      before: { state: 'lost' },
      after: { state: 'active', reason: '已找回' },
    },
  ]);
});

test('a change without a reason, or of a card outside the branch, changes nothing', async () => {
  const { deps, cardId, setState, west } = await aCardWorld();
  for (const reason of ['', '  ', '一\n二', '长'.repeat(201)])
    expect(await setState(cardId, 'frozen', undefined, reason)).toMatchObject(refused('REASON_MISSING'));
  const western = await anAdmin(deps, [west]);
  expect(await setState(cardId, 'frozen', western)).toMatchObject(refused('CARD_UNKNOWN'));
  expect(await setState(newId(), 'frozen')).toMatchObject(refused('CARD_UNKNOWN'));
  expect(await stateOf(deps, cardId)).toBe('active');
});

test('a replacement has a new number, points to the old card, and only one of two clerks makes it', async () => {
  const world = await aCardWorld();
  const { deps, admin, cardId, memberId, setState } = world;
  accepted(await setState(cardId, 'lost'));
  const replace = () => replaceCard(deps, admin, newId(), { cardId, reason: '遗失补卡' });
  const outcomes = await Promise.all([replace(), replace(), replace()]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.filter((one) => !one.ok && one.refusal.code === 'CARD_STATE_UNFIT')).toHaveLength(2);
  const made = await theCard(world, accepted(outcomes.find(({ ok }) => ok)!));
  const old = await theCard(world, cardId);
  expect(made).toMatchObject({ member_id: memberId, state: 'active', replaces_id: cardId, batch_id: null });
  expect(made.number).not.toBe(old.number);
  expect(old.state).toBe('replaced');
  expect((await historyOf(deps, cardId)).at(-1)).toMatchObject({ after: 'replaced', reason: '遗失补卡' });
});

test('a replacement is no way round a freeze, and none for a member who has left', async () => {
  const { deps, admin, cardId, memberId, setState } = await aCardWorld();
  const replace = () => replaceCard(deps, admin, newId(), { cardId, reason: '换卡' });
  accepted(await setState(cardId, 'frozen'));
  expect(await replace()).toMatchObject(refused('CARD_STATE_UNFIT'));
  accepted(await setState(cardId, 'active'));
  await deps.db.query("UPDATE member SET state = 'left' WHERE id = ?", [memberId]);
  expect(await replace()).toMatchObject(refused('MEMBER_NOT_ACTIVE'));
  expect(await stateOf(deps, cardId)).toBe('active');
});

test('a lost card keeps its place until it is replaced or cancelled; then another may be issued', async () => {
  const { deps, admin, issuerId, cardId, memberId, setState } = await aCardWorld();
  accepted(await setState(cardId, 'lost'));
  expect(await issueCard(deps, admin, newId(), { issuerId, memberId })).toMatchObject(refused('CARD_EXISTS'));
  accepted(await setState(cardId, 'cancelled'));
  expect(await issueCard(deps, admin, newId(), { issuerId, memberId })).toMatchObject({ ok: true });
});

test('the database itself keeps a member to one live card of an issuer', async () => {
  const { deps, cardId } = await aCardWorld();
  const copy = deps.db.query(
    `INSERT INTO card (id, issuer_id, member_id, number, state, issued_by, issued_at)
     SELECT ?, issuer_id, member_id, '8888009999999999', 'frozen', issued_by, issued_at FROM card WHERE id = ?`,
    [newId(), cardId],
  );
  await expect(copy).rejects.toThrow(/card_live/);
});

test('a member freezes and unfreezes her own card, but not another’s, nor what the union froze, nor finds a lost one', async () => {
  const { deps, cardId, memberId, eastWorks, setState } = await aCardWorld();
  const own = (operation: 'freezeCard' | 'unfreezeCard' | 'reportCardLost', who = memberId) =>
    changeOwnCard(deps, asMember(who), newId(), operation, { cardId });
  const stranger = await aMember(deps, eastWorks, { name: '韩梅梅' });
  expect(await own('freezeCard', stranger)).toMatchObject(refused('CARD_UNKNOWN'));
  expect(await stateOf(deps, cardId)).toBe('active');
  accepted(await own('freezeCard'));
  expect(await stateOf(deps, cardId)).toBe('frozen');
  accepted(await own('unfreezeCard'));
  expect(await stateOf(deps, cardId)).toBe('active');
  accepted(await setState(cardId, 'frozen'));
  expect(await own('unfreezeCard')).toMatchObject(refused('FROZEN_BY_UNION'));
  accepted(await own('reportCardLost'));
  expect(await own('unfreezeCard')).toMatchObject(refused('CARD_STATE_UNFIT'));
  expect(await own('freezeCard')).toMatchObject(refused('CARD_STATE_UNFIT'));
  expect(await stateOf(deps, cardId)).toBe('lost');
});
