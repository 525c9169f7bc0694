import { expect, test } from 'vitest';
import {
  decrypt,
  encrypt,
  hashIdNumber,
  hashPhone,
  maskIdNumber,
  maskName,
  maskPhone,
  type PersonalDataKeys,
} from '../../src/identity/personal-data.ts';

const old = { name: 'k1', key: Buffer.alloc(32, 1) };
const newer = { name: 'k2', key: Buffer.alloc(32, 2) };
const hashKey = Buffer.alloc(32, 3);
const ring = (...keys: PersonalDataKeys['keys']): PersonalDataKeys => ({ keys, hashKey });

test('what was enciphered comes back, and two ciphers of one text differ', () => {
  const first = encrypt(ring(old), 'member.phone', '13812341234');
  const second = encrypt(ring(old), 'member.phone', '13812341234');
  expect(decrypt(ring(old), 'member.phone', first)).toBe('13812341234');
  expect(first.equals(second)).toBe(false);
  expect(first.includes('1381234')).toBe(false);
});

test('after a key change old ciphers still open, and new ones carry the new key', () => {
  const before = encrypt(ring(old), 'member.phone', '13812341234');
  const after = encrypt(ring(newer, old), 'member.phone', '13812341234');
  expect(decrypt(ring(newer, old), 'member.phone', before)).toBe('13812341234');
  expect(after.toString('ascii', 1, 3)).toBe('k2');
  expect(() => decrypt(ring(old), 'member.phone', after)).toThrow('PERSONAL_DATA_KEYS has no key "k2"');
});

test('a cipher does not open for another purpose', () => {
  const cipher = encrypt(ring(old), 'member.phone', '13812341234');
  expect(() => decrypt(ring(old), 'member.id-number', cipher)).toThrow();
});

test('a cipher in which any byte was changed does not open', () => {
  const cipher = encrypt(ring(old), 'member.phone', '13812341234');
  for (let i = 0; i < cipher.length; i++) {
    const changed = Buffer.from(cipher);
    changed[i]! ^= 1;
    expect(() => decrypt(ring(old), 'member.phone', changed), `byte ${i}`).toThrow();
  }
  expect(() => decrypt(ring(old), 'member.phone', cipher.subarray(0, 20))).toThrow('too short');
  expect(() => decrypt(ring(old), 'member.phone', Buffer.alloc(0))).toThrow('too short');
});

test('a cipher of an ID number fits its column', () => {
  expect(encrypt(ring(old), 'member.id-number', '110101199003070011').length).toBeLessThanOrEqual(200);
});

test.each(['13812341234', '138 1234 1234', '138-1234-1234', '+86 13812341234', '008613812341234', '１３８12341234'])(
  'a phone number is found however it was typed: %s',
  (typed) => {
    expect(hashPhone(ring(old), typed)).toEqual(hashPhone(ring(old), '13812341234'));
  },
);

test('an ID number is found however it was typed', () => {
  const stored = hashIdNumber(ring(old), '11010119900307001X');
  expect(hashIdNumber(ring(old), ' 110101 19900307 001x ')).toEqual(stored);
  expect(hashIdNumber(ring(old), '110101199003070018')).not.toEqual(stored);
});

test('hashes depend on the key and on the field', () => {
  const keys = ring(old);
  expect(hashPhone(keys, '13812341234')).toHaveLength(32);
  expect(hashPhone(keys, '13812341234')).not.toEqual(hashIdNumber(keys, '13812341234'));
  expect(hashPhone({ ...keys, hashKey: Buffer.alloc(32, 4) }, '13812341234')).not.toEqual(
    hashPhone(keys, '13812341234'),
  );
});

test.each([
  [maskName, '王小明', '王*明'],
  [maskName, '李雷', '李*'],
  [maskName, '欧阳娜娜', '欧**娜'],
  [maskName, '阿', '*'],
  [maskName, '', ''],
  [maskPhone, '13812341234', '138****1234'],
  [maskPhone, '+86 138 1234 1234', '138****1234'],
  [maskPhone, '12345', '*****'],
  [maskIdNumber, '110101199003070011', '110*************11'],
])('%o masks %s as %s', (mask, clear, masked) => {
  expect(mask(clear)).toBe(masked);
});
