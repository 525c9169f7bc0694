/** What a bench found, as a table for people and one line of JSON for programs. */

export interface Report {
  bench: string;
  /** What is counted, e.g. "redemptions". All figures are so many a second. */
  unit: string;
  ours: number;
  references: Record<string, number>;
  /** The least ratio ours / reference, by reference. */
  aims: Record<string, number>;
  /** The most memory that the process under test has held. */
  peakRssMb: number;
  /** The most that it may hold, where that is an aim too. */
  rssAimMb?: number;
  /** How figures change along something, where a bench looks for that: rows of cells, the first their heads. */
  curve?: string[][];
  /** Further findings, a line each. */
  notes: string[];
}

/** A report and what follows from it: the line of JSON with which a bench ends. */
export interface Findings extends Report {
  ratios: Record<string, number>;
  met: boolean;
}

/** A figure for people. */
export const figure = (value: number) =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
const each = (values: Record<string, number>, digits: number) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, rounded(value, digits)]));

/** Prints the tables and then, as the last line, the JSON. */
export function print(report: Report): void {
  const found = findings(report);
  const rows = [['', `${report.unit}/s`, 'ours / it', 'aim', '']];
  rows.push(['ours', figure(report.ours), '', '', '']);
  for (const [name, value] of Object.entries(report.references)) {
    const aim = report.aims[name];
    const verdict = aim === undefined ? '' : found.ratios[name]! >= aim ? 'met' : 'short';
    rows.push([name, figure(value), found.ratios[name]!.toFixed(2), aim === undefined ? '' : `>= ${aim}`, verdict]);
  }
  console.log(`\n${report.bench}\n${table(rows)}`);
  if (report.curve) console.log(`\n${table(report.curve)}\n`);
  for (const note of [...report.notes, memoryLine(report)]) console.log(`- ${note}`);
  console.log(JSON.stringify(found));
}

function findings(report: Report): Findings {
  const ratios = Object.fromEntries(
    Object.entries(report.references).map(([name, value]) => [name, rounded(report.ours / value, 3)]),
  );
  const isMet = isMemoryMet(report) && Object.entries(report.aims).every(([name, aim]) => ratios[name]! >= aim);
  return {
    ...report,
    ours: rounded(report.ours, 1),
    references: each(report.references, 1),
    peakRssMb: rounded(report.peakRssMb, 1),
    ratios,
    met: isMet,
  };
}

/** Whether the process under test held no more memory than it may. */
export const isMemoryMet = ({ peakRssMb, rssAimMb }: Report) => rssAimMb === undefined || peakRssMb < rssAimMb;

function memoryLine(report: Report): string {
  const { peakRssMb, rssAimMb } = report;
  const aim = rssAimMb === undefined ? '' : `, aim < ${rssAimMb} MB: ${isMemoryMet(report) ? 'met' : 'short'}`;
  return `peak memory of the process under test: ${figure(peakRssMb)} MB${aim}`;
}

function table(rows: readonly string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('   ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}
