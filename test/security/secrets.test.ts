import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeError } from '../../src/platform/describe-error.ts';
import { newId } from '../../src/platform/ids.ts';
import { createLog } from '../../src/platform/log.ts';
import { aCounter } from '../marketplace/counter/world.ts';
import { tokenFor } from '../support/api.ts';
import { inventedId } from '../unions/roster/files.ts';
import { importAll } from '../unions/roster/people.ts';
import { anAdmin } from '../unions/tree.ts';
import { staffOf } from './callers.ts';
import { type Doors, openDoors } from './doors.ts';

// What test/api/logs.test.ts does not go through, at the most talkative level.

const lines: string[] = [];
let doors: Doors;
beforeAll(async () => {
  doors = await openDoors({}, createLog('trace', { write: (line) => void lines.push(line) }));
});
beforeEach(() => void lines.splice(0));
afterAll(() => doors.close());

function expectSilenceOn(secrets: readonly string[]): void {
  const text = lines.join('\n');
  for (const secret of secrets) expect(text, secret).not.toContain(secret);
}

test('a scan and a charge leave nothing of the code, the tokens and the member in the log', async () => {
  const counter = await aCounter();
  const { deps, ask } = doors;
  const { merchantId, outletId, memberIds } = counter;
  deps.clock.set(counter.deps.clock.now().toISOString());
  const token = await tokenFor(deps, 'merchant', await staffOf(deps, merchantId, 'cashier'));
  const code = await counter.cardCode(memberIds[0]!);
  const scan = async () => {
    const query = `mutation { scanCard(requestNumber: "${newId()}", code: "${code}", outletId: "${outletId}")
      { __typename ... on CardScan { id } ... on Refusal { code } } }`;
    return (await ask('merchant', { query }, token)).data.scanCard;
  };
  const { id } = await scan();
  const query = `mutation { chargeCard(requestNumber: "${newId()}", scanId: "${id}", points: 5) { __typename } }`;
  expect((await ask('merchant', { query }, token)).data.chargeCard.__typename).toBe('Charge');
  expect((await scan()).code).toBe('CARD_CODE_USED');
  await deps.db.query('RENAME TABLE card_scan TO card_scan_gone');
  try {
    const faulty = `mutation { scanCard(requestNumber: "${newId()}", code: "${await counter.cardCode(memberIds[1]!)}", outletId: "${outletId}") { __typename } }`;
    expect((await ask('merchant', { query: faulty }, token)).errors[0]?.extensions.code).toBe('INTERNAL');
  } finally {
    await deps.db.query('RENAME TABLE card_scan_gone TO card_scan');
  }
  expect(lines.length).toBeGreaterThan(0);
  expectSilenceOn([token, code, code.slice(-20)]);
});

test('a roster with ID numbers, right ones and wrong ones, leaves none of them in the log', async () => {
  const { unionId } = await aCounter();
  const { deps } = doors;
  const caller = await anAdmin(deps, [unionId]);
  const [right, phone] = [inventedId(1), '13812345678'];
  const wrong = `${right.slice(0, -1)}${right.endsWith('1') ? '2' : '1'}`;
  await importAll(deps, caller, unionId, [
    ['姓名', '工号', '身份证号', '手机号'],
    ['赵一', 'R1', right, phone],
    ['钱二', 'R2', wrong, '1381234'],
  ]);
  const [{ n }] = await deps.db.query("SELECT COUNT(*) AS n FROM member WHERE staff_number = 'R1'");
  expect(Number(n)).toBe(1);
  expectSilenceOn([right, wrong, phone, '赵一']);
});

test.each([
  [
    'a key that is there already',
    'INSERT INTO wechat_binding (openid, member_id, bound_at) VALUES (?, ?, NOW()), (?, ?, NOW())',
  ],
  ['a value that is too long', 'UPDATE member SET staff_number = REPEAT(?, 100)'],
  ['a value that is no number', 'UPDATE member SET created_at = ?'],
  ['a statement that is broken', 'SELECT id FROM member WHERE name = ? AND AND name = ?'],
])('what the database quotes when it refuses %s is not in what the log is told', async (_, sql) => {
  const { memberIds } = await aCounter();
  const secret = "o'6_WVM-13812345678";
  const values = sql.startsWith('INSERT')
    ? [secret, memberIds[0], secret, memberIds[1]]
    : Array((sql.match(/\?/g) ?? []).length).fill(secret);
  const error = await doors.deps.db.query(sql, values).then(
    () => undefined,
    (refused: Error) => refused,
  );
  expect(error?.message).toBeDefined();
  const told = describeError(error);
  expect(JSON.stringify(told)).not.toContain('13812345678');
  expect(told.message.length).toBeGreaterThan(10);
});
