import { expect, test } from 'vitest';
import { failureOf, readAll, zip } from './files.ts';

const relations = (all: Record<string, [type: string, target: string]>) =>
  `<Relationships>${Object.entries(all)
    .map(
      ([id, [type, target]]) => `<Relationship Id="${id}" Type="http://x/relationships/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`;

const HEADINGS =
  '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>工号</t></is></c><c r="C1" t="inlineStr"><is><t>生日</t></is></c></row>';

function workbook(rows: string, { main = '', parts = {} as Record<string, string> } = {}): Buffer {
  return zip({
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': relations({ r1: ['officeDocument', '/xl/workbook.xml'] }),
    'xl/workbook.xml': `<workbook xmlns:r="r">${main || '<sheets><sheet name="a" r:id="s1"/></sheets>'}</workbook>`,
    'xl/_rels/workbook.xml.rels': relations({
      s1: ['worksheet', 'worksheets/one.xml'],
      s2: ['worksheet', '../xl/worksheets/two.xml'],
      t: ['sharedStrings', 'sharedStrings.xml'],
      f: ['styles', 'styles.xml'],
    }),
    'xl/worksheets/one.xml': `<worksheet><sheetData>${HEADINGS}${rows}</sheetData></worksheet>`,
    ...parts,
  });
}

const row = (cells: string, number = 2) => `<row r="${number}">${cells}</row>`;
const text = (content: string) => `<c t="inlineStr"><is><t>${content}</t></is></c>`;

test('texts are put together from their runs, without readings, and Excel’s escapes are undone', async () => {
  const strings =
    '<sst><si><r><t>测</t></r><r><t>试甲</t></r><rPh sb="0" eb="1"><t>ceshi</t></rPh></si><si><t>A_x002F_1</t></si></sst>';
  const content = workbook(row('<c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>'), {
    parts: { 'xl/sharedStrings.xml': strings },
  });
  expect(await readAll(content)).toEqual([{ row: 2, name: '测试甲', staffNumber: 'A/1' }]);
  const inPlace = row('<c t="inlineStr"><is><r><t>测</t></r><r><t>试乙</t></r><rPh><t>yi</t></rPh></is></c>');
  expect(await readAll(workbook(inPlace))).toEqual([{ row: 2, name: '测试乙' }]);
});

test('what a formula gave, cells without names and rows without numbers are read', async () => {
  const rows = `<row>${text('测试甲')}<c t="str"><f>A2&amp;"x"</f><v>A&amp;1</v></c></row><row/><row>${text('测试乙')}</row>`;
  expect(await readAll(workbook(rows))).toEqual([
    { row: 2, name: '测试甲', staffNumber: 'A&1' },
    { row: 4, name: '测试乙' },
  ]);
});

test('a staff number that Excel shows with leading zeros keeps them', async () => {
  const styles =
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="00000"/></numFmts><cellStyleXfs><xf numFmtId="164"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>';
  const rows = `${row(`${text('测试甲')}<c s="1"><v>123</v></c>`)}${row(`${text('测试乙')}<c s="0"><v>123</v></c>`, 3)}`;
  expect(await readAll(workbook(rows, { parts: { 'xl/styles.xml': styles } }))).toMatchObject([
    { staffNumber: '00123' },
    { staffNumber: '123' },
  ]);
});

test('the first sheet that is shown is read, and names may carry a prefix', async () => {
  const main =
    '<x:sheets xmlns:x="x"><x:sheet name="h" state="hidden" r:id="s1"/><x:sheet name="b" r:id="s2"/></x:sheets>';
  const two = `<x:worksheet xmlns:x="x"><x:sheetData>${HEADINGS.replace(/<(\/?)(\w+)/g, '<$1x:$2')}<x:row r="9"><x:c r="A9" t="inlineStr"><x:is><x:t>测试丙</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`;
  const content = workbook('', { main, parts: { 'xl/worksheets/two.xml': two } });
  expect(await readAll(content)).toEqual([{ row: 9, name: '测试丙' }]);
});

test('an entity that would unfold for ever, rows that run backwards and parts that are not there are turned down', async () => {
  const bomb = workbook(row(text('&a;'))).toString('latin1');
  expect(await failureOf(Buffer.from(bomb, 'latin1'))).toBe('BROKEN_FILE');
  expect(await failureOf(workbook(row(text('甲'), 5) + row(text('乙'), 5)))).toBe('BROKEN_FILE');
  expect(await failureOf(workbook('<row r="2"><c r="??"/></row>'))).toBe('BROKEN_FILE');
  expect(await failureOf(workbook('', { main: '<sheets><sheet name="a" r:id="s9"/></sheets>' }))).toBe('NOT_A_ROSTER');
});
