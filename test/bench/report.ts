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
  /** Further findings, a line each. */
  notes: string[];
}

const figure = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });
const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

/** Prints the table and then, as the last line, the JSON. */
export function print(report: Report): void {
  const { ours, references, aims, peakRssMb, rssAimMb } = report;
  const ratios = Object.fromEntries(Object.entries(references).map(([name, value]) => [name, ours / value]));
  const rows = [['', `${report.unit}/s`, 'ours / it', 'aim', '']];
  rows.push(['ours', figure(ours), '', '', '']);
  for (const [name, value] of Object.entries(references)) {
    const aim = aims[name];
    const verdict = aim === undefined ? '' : ratios[name]! >= aim ? 'met' : 'short';
    rows.push([name, figure(value), ratios[name]!.toFixed(2), aim === undefined ? '' : `>= ${aim}`, verdict]);
  }
  console.log(`\n${report.bench}\n${table(rows)}`);
  const rssMet = rssAimMb === undefined || peakRssMb < rssAimMb;
  const rssAim = rssAimMb === undefined ? '' : `, aim < ${rssAimMb} MB: ${rssMet ? 'met' : 'short'}`;
  for (const note of [...report.notes, `peak memory of the process under test: ${figure(peakRssMb)} MB${rssAim}`]) {
    console.log(`- ${note}`);
  }
  const each = (values: Record<string, number>, digits: number) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, rounded(value, digits)]));
  console.log(
    JSON.stringify({
      bench: report.bench,
      ours: rounded(ours, 1),
      references: each(references, 1),
      ratios: each(ratios, 3),
      aims,
      peakRssMb: rounded(peakRssMb, 1),
      met: rssMet && Object.entries(aims).every(([name, aim]) => ratios[name]! >= aim),
    }),
  );
}

function table(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('   ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}
