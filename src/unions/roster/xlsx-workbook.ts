import { posix } from 'node:path';
import type { SaxesTagPlain } from 'saxes';
import { StringTable } from './string-table.ts';
import { notARoster } from './unreadable.ts';
import type { XlsxPackage } from './xlsx-package.ts';

/** What the cells of the first sheet are read with. */
export interface Workbook {
  sheet: string;
  /** Texts that cells point to by their place. */
  strings: StringTable;
  /** How many digits a style shows at the least, by the style's number: 00123 is kept as 123 with five. */
  digitsOfStyle: Map<number, number>;
  /** Whether days are counted from 1904, as old Macs did. */
  from1904: boolean;
}

/** Reads everything of a workbook but its rows: where the first visible sheet is, and what its cells refer to. */
export async function readWorkbook(file: XlsxPackage): Promise<Workbook> {
  const root = await relations(file, '');
  const main = [...root.values()].find((one) => one.type === 'officeDocument')?.target;
  if (main === undefined || !file.has(main)) throw notARoster();
  const parts = await relations(file, main);
  const sheets: string[] = [];
  let from1904 = false;
  await file.parseAll(main, {
    open(name, { attributes }) {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      const isShown = name === 'sheet' && (attributes.state ?? 'visible') === 'visible';
      const part = isShown ? parts.get(relationId(attributes)) : undefined;
      if (part?.type === 'worksheet') sheets.push(part.target);
    },
    close() {},
  });
  const part = (type: string) => [...parts.values()].find((one) => one.type === type)?.target;
  const [sheet] = sheets;
  if (sheet === undefined || !file.has(sheet)) throw notARoster();
  return {
    sheet,
    strings: await sharedStrings(file, part('sharedStrings')),
    digitsOfStyle: await digitsOfStyles(file, part('styles')),
    from1904,
  };
}

function relationId(attributes: SaxesTagPlain['attributes']): string {
  return Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
}

/** The parts that a part refers to, by the id of the relation; of the package itself when `part` is empty. */
async function relations(file: XlsxPackage, part: string): Promise<Map<string, { type: string; target: string }>> {
  const folder = posix.dirname(part);
  const found = new Map<string, { type: string; target: string }>();
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  if (!file.has(name)) return found;
  await file.parseAll(name, {
    open(tag, { attributes: { Id, Type, Target } }) {
      if (tag !== 'Relationship' || Id === undefined || Type === undefined || Target === undefined) return;
      const target = posix.join(Target.startsWith('/') ? '/' : folder, Target).replace(/^\//, '');
      found.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), target });
    },
    close() {},
  });
  return found;
}

/** The workbook's table of texts, each put together from its runs, without the readings of Japanese characters. */
async function sharedStrings(file: XlsxPackage, part: string | undefined): Promise<StringTable> {
  const strings = new StringTable();
  if (part === undefined || !file.has(part)) return strings;
  let text = '';
  let inText = false;
  let inReading = false;
  await file.parseAll(part, {
    open(name) {
      if (name === 'si') text = '';
      if (name === 'rPh') inReading = true;
      inText = name === 't' && !inReading;
    },
    close(name) {
      if (name === 'si') strings.add(unescaped(text));
      if (name === 'rPh') inReading = false;
      inText = false;
    },
    text(more) {
      if (inText) text += more;
    },
  });
  return strings;
}

/** Excel writes characters that XML cannot hold as _x000D_. */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
    : text;
}

/** The styles whose number format is nothing but zeros. */
async function digitsOfStyles(file: XlsxPackage, part: string | undefined): Promise<Map<number, number>> {
  const digits = new Map<number, number>();
  if (part === undefined || !file.has(part)) return digits;
  const formats = new Map<string, number>();
  let inCellStyles = false;
  let style = 0;
  await file.parseAll(part, {
    open(name, { attributes }) {
      if (name === 'numFmt' && /^0{2,40}$/.test(attributes.formatCode ?? ''))
        formats.set(attributes.numFmtId ?? '', attributes.formatCode!.length);
      if (name === 'cellXfs') inCellStyles = true;
      if (name !== 'xf' || !inCellStyles) return;
      const shown = formats.get(attributes.numFmtId ?? '');
      if (shown !== undefined) digits.set(style, shown);
      style += 1;
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  return digits;
}
