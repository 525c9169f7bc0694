import { expect, test } from 'vitest';
import { changeOwnCard } from '../../src/cards/change-own-card.ts';
import { handOutKey } from '../../src/cards/hand-out-key.ts';
import { sweepCodes } from '../../src/cards/sweep-codes.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { makeCardCode } from '../support/card-code.ts';
import { countQueries } from '../support/count-queries.ts';
import { accepted, aMember, aProgramme, refused } from '../unions/tree.ts';
import { aCardWorld, asMember, codeOf, keyOf, read, readCardCodes } from './world.ts';

// BEGIN, its isolation level, COMMIT.
const TRANSACTION = 3;

/** The world, its member's card key, and a code of it by a clock that is so many seconds off. */
async function aPhone() {
  const world = await aCardWorld();
  const { deps, memberId, cardId, programmeId } = world;
  const key = await keyOf(deps, memberId, cardId);
  return { ...world, key, code: (secondsOff = 0) => codeOf(deps, key, programmeId, secondsOff) };
}

test('a code that a phone made offline of its key tells the card, the member and the programme', async () => {
  const { deps, cardId, memberId, programmeId, code } = await aPhone();
  deps.clock.advance({ hours: 23 });
  expect(await read(deps, code())).toEqual({ ok: true, value: { cardId, memberId, programmeId } });
});

test('the code for two known instants is as the documentation says, byte by byte', async () => {
  const key = {
    cardId: '01J9ZZZZZZZZZZZZZZZZZZZZZZ',
    key: Buffer.alloc(32, 7).toString('base64url'),
    generation: 1785722400,
  };
  const code = makeCardCode(key, '01J8ZZZZZZZZZZZZZZZZZZZZZZ', new Date(1785722460_999), Buffer.alloc(8, 9));
  expect(Buffer.from(code, 'base64url').subarray(0, 69).toString('hex')).toBe(
    `01${Buffer.from('01J9ZZZZZZZZZZZZZZZZZZZZZZ01J8ZZZZZZZZZZZZZZZZZZZZZZ').toString('hex')}6a6ff6206a6ff65c0909090909090909`,
  );
  expect(code).toHaveLength(114);
});

test('a refused code is not used up', async () => {
  const { deps, code, setState, cardId } = await aPhone();
  const shown = code();
  accepted(await setState(cardId, 'frozen'));
  expect(await read(deps, shown)).toMatchObject(refused('CARD_NOT_ACTIVE'));
  const [{ used }] = await deps.db.query('SELECT COUNT(*) AS used FROM card_code_use');
  expect(Number(used)).toBe(0);
});

test('shown again, a code is refused as used; a fresh one of the same phone passes', async () => {
  const { deps, code } = await aPhone();
  const shown = code();
  expect(await read(deps, shown)).toMatchObject({ ok: true });
  expect(await read(deps, shown)).toMatchObject(refused('CARD_CODE_USED'));
  expect(await read(deps, code())).toMatchObject({ ok: true });
});

test('a use that is rolled back leaves the code good', async () => {
  const { deps, code } = await aPhone();
  const shown = code();
  const broken = inTransaction(deps.db, async (tx) => {
    expect(await readCardCodes(tx, deps, [shown])).toMatchObject([{ ok: true }]);
    throw new Error('the till lost its power');
  });
  await expect(broken).rejects.toThrow('power');
  expect(await read(deps, shown)).toMatchObject({ ok: true });
});

test('of twenty tills that read one code at the same moment exactly one gets it', async () => {
  const { deps, code } = await aPhone();
  for (let round = 0; round < 3; round++) {
    const shown = code();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => read(deps, shown)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.filter((one) => !one.ok && one.refusal.code === 'CARD_CODE_USED')).toHaveLength(19);
  }
});

test('two batches with the same codes in opposite orders share them out, each code once', async () => {
  const { deps, code } = await aPhone();
  const codes = Array.from({ length: 40 }, () => code());
  const batch = (texts: string[]) => inTransaction(deps.db, (tx) => readCardCodes(tx, deps, texts));
  const [one, other] = await Promise.all([batch(codes), batch([...codes].reverse())]);
  expect([...one, ...other].filter(({ ok }) => ok)).toHaveLength(40);
});

test.each([
  [-60, 'accepted'],
  [-61, 'CARD_CODE_EXPIRED'],
  [30, 'accepted'],
  [31, 'CLOCK_SKEW'],
  [3600, 'CLOCK_SKEW'],
  [-86_400 * 365, 'CLOCK_SKEW'],
])('a code whose time is %i seconds off the server’s: %s', async (secondsOff, answer) => {
  const { deps, code } = await aPhone();
  // The key is an hour old: a phone that was online then and says it is earlier still has a wrong clock.
  deps.clock.advance({ hours: 1 });
  const outcome = await read(deps, code(secondsOff));
  expect(outcome.ok ? 'accepted' : outcome.refusal.code).toBe(answer);
});

test('a phone whose clock is up to 30 seconds slow passes with a fresh key; beyond that it is told to set its clock', async () => {
  const { deps, code } = await aPhone();
  expect(await read(deps, code(-30))).toMatchObject({ ok: true });
  const refusal = await read(deps, code(-31));
  expect(refusal).toMatchObject(refused('CLOCK_SKEW'));
  expect(!refusal.ok && refusal.refusal.message.zh).toContain('自动设置时间');
  expect(!refusal.ok && refusal.refusal.message.en).toContain('set the phone’s time to automatic');
});

test('a screenshot is worth nothing a minute later', async () => {
  const { deps, code } = await aPhone();
  const shown = code();
  deps.clock.advance({ seconds: 61 });
  expect(await read(deps, shown)).toMatchObject(refused('CARD_CODE_EXPIRED'));
});

test('a key is good for 24 hours', async () => {
  const { deps, code } = await aPhone();
  deps.clock.advance({ hours: 23, minutes: 59, seconds: 59 });
  expect(await read(deps, code())).toMatchObject({ ok: true });
  deps.clock.advance({ seconds: 1 });
  expect(await read(deps, code())).toMatchObject(refused('CARD_CODE_EXPIRED'));
});

test('a code that was changed in any one byte, cut, lengthened or made of nothing is refused, all alike', async () => {
  const { deps, code, programmeId, memberId, key } = await aPhone();
  const bytes = Buffer.from(code(), 'base64url');
  const changed = Array.from(bytes, (_, i) => {
    const copy = Buffer.from(bytes);
    copy[i] = copy[i]! ^ 1;
    return copy.toString('base64url');
  });
  const whole = bytes.toString('base64url');
  const ill = [
    '',
    'x',
    whole.slice(1),
    `${whole}A`,
    ` ${whole}`,
    whole.replace(/^./, '*'),
    '会员码',
    'A'.repeat(10_000),
  ];
  const otherCard = codeOf(deps, { ...key, cardId: newId() }, programmeId);
  const otherGeneration = codeOf(deps, { ...key, generation: key.generation + 1 }, programmeId);
  const codes = [...changed, ...ill, otherCard, otherGeneration];
  const outcomes = await inTransaction(deps.db, (tx) => readCardCodes(tx, deps, codes));
  const refusals = new Set(outcomes.map((outcome) => JSON.stringify(outcome)));
  expect(refusals.size).toBe(1);
  expect(outcomes[0]).toMatchObject(refused('CARD_CODE_REFUSED'));
  expect(await read(deps, whole)).toMatchObject({ ok: true, value: { memberId } });
});

test('forged codes cost the database nothing', async () => {
  const { deps, key, programmeId } = await aPhone();
  const forged = codeOf(deps, { ...key, key: Buffer.alloc(32).toString('base64url') }, programmeId);
  expect(await countQueries(deps.db, () => read(deps, forged))).toBe(TRANSACTION);
});

test('the key of one card makes no code of another', async () => {
  const { deps, eastWorks, issue, key, programmeId } = await aPhone();
  const otherId = await aMember(deps, eastWorks, { name: '李雷' });
  const otherCard = await issue(otherId);
  expect(await read(deps, codeOf(deps, { ...key, cardId: otherCard }, programmeId))).toMatchObject(
    refused('CARD_CODE_REFUSED'),
  );
});

test('a code for a programme that does not cover the member, or is none, is refused', async () => {
  const { deps, west, key } = await aPhone();
  const foreign = await aProgramme(deps, west, '西市积分');
  expect(await read(deps, codeOf(deps, key, foreign))).toMatchObject(refused('CARD_CODE_REFUSED'));
  expect(await read(deps, codeOf(deps, key, newId()))).toMatchObject(refused('CARD_CODE_REFUSED'));
});

test('codes of a card that is frozen, lost or cancelled are refused at once', async () => {
  const { deps, cardId, setState, code } = await aPhone();
  for (const state of ['frozen', 'lost', 'cancelled'] as const) {
    accepted(await setState(cardId, state));
    expect(await read(deps, code())).toMatchObject(refused('CARD_NOT_ACTIVE'));
  }
});

test('codes of a member who has left are refused, and good again when she is back', async () => {
  const { deps, memberId, code } = await aPhone();
  await deps.db.query("UPDATE member SET state = 'left' WHERE id = ?", [memberId]);
  expect(await read(deps, code())).toMatchObject(refused('CARD_NOT_ACTIVE'));
  await deps.db.query("UPDATE member SET state = 'active' WHERE id = ?", [memberId]);
  expect(await read(deps, code())).toMatchObject({ ok: true });
});

test('keys that were handed out before a freeze stay void when the card is active again; a new one works at once', async () => {
  const { deps, cardId, memberId, programmeId, setState, code } = await aPhone();
  accepted(await changeOwnCard(deps, asMember(memberId), newId(), 'freezeCard', { cardId }));
  expect(await handOutKey(deps, asMember(memberId), cardId)).toBeNull();
  accepted(await setState(cardId, 'active'));
  expect(await read(deps, code())).toMatchObject(refused('CARD_CODE_EXPIRED'));
  const renewed = await keyOf(deps, memberId, cardId);
  expect(await read(deps, codeOf(deps, renewed, programmeId))).toMatchObject({ ok: true });
});

test('no key is handed out for the card of another member', async () => {
  const { deps, eastWorks, cardId } = await aPhone();
  const stranger = await aMember(deps, eastWorks, { name: '韩梅梅' });
  expect(await handOutKey(deps, asMember(stranger), cardId)).toBeNull();
});

test('reading sends the same statements for one code and for a hundred', async () => {
  const { deps, code } = await aPhone();
  const reading = (count: number) =>
    countQueries(deps.db, () =>
      inTransaction(deps.db, (tx) =>
        readCardCodes(
          tx,
          deps,
          Array.from({ length: count }, () => code()),
        ),
      ),
    );
  const one = await reading(1);
  expect(await reading(100)).toBe(one);
  expect(one).toBe(TRANSACTION + 5);
});

test('used codes are forgotten once they could not be read again anyway, and no sooner', async () => {
  const { deps, code } = await aPhone();
  const shown = code(30);
  accepted(await read(deps, shown));
  deps.clock.advance({ seconds: 90 });
  expect(await sweepCodes(deps)).toBe(0);
  expect(await read(deps, shown)).toMatchObject(refused('CARD_CODE_USED'));
  deps.clock.advance({ minutes: 4 });
  expect(await sweepCodes(deps)).toBe(1);
  expect(await read(deps, shown)).toMatchObject(refused('CARD_CODE_EXPIRED'));
});
