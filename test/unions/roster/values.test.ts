import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../../src/platform/clock.ts';
import type { Cell } from '../../../src/unions/roster/cell.ts';
import { columnsOf } from '../../../src/unions/roster/headings.ts';
import { readIdNumber } from '../../../src/unions/roster/id-number.ts';
import { cleanName, parseDay, parseSex } from '../../../src/unions/roster/values.ts';
import { inventedId } from './files.ts';

const text = (text: string): Cell => ({ text, kind: 'text' });
const number = (text: string): Cell => ({ text, kind: 'number' });
const texts = (...all: string[]) => all.map(text);

// 10,000 is the first number that is taken for a date: 1927-05-18.
const excelDay = fc.integer({ min: 10_000, max: 99_999 });
const dayOf = (serial: number) => addDays('1899-12-30', serial);

test('every way of writing a day is read as that day', () => {
  fc.assert(
    fc.property(excelDay, (serial) => {
      const day = dayOf(serial);
      const [year, month, date] = day.split('-').map(Number);
      const ways = [
        day,
        `${year}/${month}/${date}`,
        `${year}.${month}.${date}`,
        `${year}年${month}月${date}日`,
        `${year}-${month}-${date} 0:00:00`,
        `${day}T00:00:00.000Z`,
        ` ${day.replaceAll('-', '')} `,
        day.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))).replaceAll('-', '／'),
      ];
      for (const way of ways) expect(parseDay(text(way)), way).toBe(day);
      for (const way of [`${serial}`, `${serial}.75`, day.replaceAll('-', '')])
        expect(parseDay(number(way)), way).toBe(day);
      expect(parseDay({ text: `${serial - 1462}`, kind: 'number1904' })).toBe(serial >= 11_462 ? day : undefined);
    }),
  );
});

test('what is no day of the calendar is not bent into one', () => {
  const wrong = [
    '2019-02-30',
    '2019/13/1',
    '20190231',
    '2019',
    '2019年3月',
    '3/5/2019',
    '19-3-5',
    '去年三月',
    '1.2E+17',
    '',
  ];
  for (const one of wrong) expect(parseDay(text(one)), one).toBeUndefined();
  expect(parseDay(number('2019'))).toBeUndefined();
});

test('an ID number with any one digit mistyped is told from the right one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999 }),
      excelDay,
      fc.integer({ min: 0, max: 16 }),
      fc.integer({ min: 1, max: 9 }),
      (count, serial, place, shift) => {
        const right = inventedId(count, dayOf(serial));
        const sex = count % 2 === 1 ? 'male' : 'female';
        expect(readIdNumber(right)).toEqual({ number: right, birthDate: dayOf(serial), sex });
        const digit = (Number(right[place]) + shift) % 10;
        const wrong = right.slice(0, place) + digit + right.slice(place + 1);
        expect(readIdNumber(wrong)).toBe(wrong.startsWith('0') ? 'form' : 'check digit');
      },
    ),
  );
  // The two examples of GB 11643-1999 itself.
  expect(readIdNumber('11010519491231002X')).toMatchObject({ birthDate: '1949-12-31', sex: 'female' });
  expect(readIdNumber('440524188001010014')).toMatchObject({ birthDate: '1880-01-01', sex: 'male' });
  for (const wrong of ['110105491231002', '11010519491231002', '11010519491231002Y', ''])
    expect(readIdNumber(wrong)).toBe('form');
});

test('headings are known by any of their names, whatever stands around them', () => {
  const columns = columnsOf(
    texts(' 姓 名 *', '备注', '证件号码（必填）', '入职时间：', '职工编号', '联系电话', '所属单位', '生日', '性别'),
  );
  expect(columns).toEqual({
    name: 0,
    idNumber: 2,
    joinedOn: 3,
    staffNumber: 4,
    phone: 5,
    union: 6,
    birthDate: 7,
    sex: 8,
  });
  expect(columnsOf(texts('参加工作时间', '名字', '部门', '工会', '入职日期'))).toEqual({
    joinedOn: 4,
    name: 1,
    union: 3,
  });
  expect(columnsOf(texts('某公司职工花名册'))).toEqual({});
});

test('names lose the spaces that line them up, and sexes are read in either language', () => {
  expect(cleanName(text('　张　三 '))).toBe('张三');
  expect(cleanName(text('Jane  Doe'))).toBe('Jane Doe');
  expect(cleanName(text('买买提·艾力'))).toBe('买买提·艾力');
  expect(['男', ' 女 ', 'M', 'female', '未知'].map((sex) => parseSex(text(sex)))).toEqual([
    'male',
    'female',
    'male',
    'female',
    undefined,
  ]);
});
