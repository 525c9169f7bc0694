import { execFile } from 'node:child_process';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { XlsxStreamWriter } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { receiveRoster } from '../../../src/unions/roster/upload-roster.ts';
import { workerDatabase } from '../../support/deps.ts';
import { accepted, anAdmin, aTree } from '../tree.ts';
import { inventedId, inventedPhone } from './files.ts';
import { theImport } from './people.ts';

const HEADINGS = ['姓名', '身份证号', '手机号', '工号', '单位', '入职日期', '出生日期', '性别', '备注', '籍贯'];
// XINGFU_ROSTER_PEOPLE=100000 for the size of a large roster.
const PEOPLE = Number(process.env.XINGFU_ROSTER_PEOPLE ?? 30_000);
const MOST_MEGABYTES = 400;

function* people(): Generator<string[]> {
  for (let n = 0; n < PEOPLE; n++) {
    const birthDate = new Date(Date.UTC(1960, 0, 1 + Math.floor(n / 900))).toISOString().slice(0, 10);
    const id = inventedId(n % 900, birthDate);
    const sex = n % 2 === 1 ? '男' : '女';
    yield [`测试${n}`, id, inventedPhone(n), `A${n}`, '东厂工会', '2019-03-05', birthDate, sex, `备注${n}`, '某省某市'];
  }
}

function* csvLines(): Generator<string> {
  yield `${HEADINGS.join(',')}\r\n`;
  for (const person of people()) yield `${person.join(',')}\r\n`;
}

/** A workbook as Excel writes it: every text in the table of texts that all cells share. */
async function workbook(): Promise<Readable> {
  const writer = new XlsxStreamWriter({ name: '名册', columns: HEADINGS.map((header) => ({ header })) });
  for (const person of people()) writer.addRow(person);
  return Readable.from([Buffer.from(await writer.finish())]);
}

/** Runs jobs of an import in a process of its own; resolves with its peak in megabytes. */
async function peakOf(importId: string, ...jobs: string[]): Promise<number> {
  const script = fileURLToPath(new URL('./run-jobs.ts', import.meta.url));
  const args = ['--import', 'tsx', script, workerDatabase(), importId, ...jobs];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return Number(stdout);
}

test('a large roster is checked and imported from xlsx, and checked from csv, in less than 400 MB', async () => {
  const { deps, east } = await aTree();
  const caller = await anAdmin(deps, [east]);
  const upload = async (file: Readable) =>
    accepted(await receiveRoster(deps, caller, { unionId: east, fileName: '名册', isFull: true }, file));
  const fromXlsx = await upload(await workbook());
  expect(await peakOf(fromXlsx, 'check-roster', 'import-roster')).toBeLessThan(MOST_MEGABYTES);
  expect(await theImport(deps, fromXlsx)).toMatchObject({ rowsDone: PEOPLE, rowsBad: 0, membersCreated: PEOPLE });
  const fromCsv = await upload(Readable.from(csvLines(), { objectMode: false }));
  expect(await peakOf(fromCsv, 'check-roster')).toBeLessThan(MOST_MEGABYTES);
  expect(await theImport(deps, fromCsv)).toMatchObject({ rowsRead: PEOPLE, rowsBad: 0, membersMissing: 0 });
}, 600_000);
