/** RESULTS.md: what all benches found, with the machine and the aims that were missed. */
import type { Bench } from './bench.ts';
import { type Findings, figure, isMemoryMet } from './report.ts';

export interface Run {
  command: string;
  /** Machine and versions, a line each. */
  setting: string[];
  results: Result[];
}

export interface Result {
  bench: Bench;
  /** Not there while it has not been measured, or could not be. */
  findings?: Findings;
  minutes?: number;
}

/** The page, as Markdown. */
export function results({ command, setting, results: all }: Run): string {
  const missed = all.filter(({ findings }) => findings && !findings.met);
  const unmeasured = all.filter(({ findings }) => !findings).map(({ bench }) => `\`${bench.name}\``);
  return [
    '# What the benches measure',
    `Written by \`${command}\`; not by hand. Figures are medians of rounds that alternate with those of the references.`,
    setting.map((line) => `- ${line}`).join('\n'),
    '## All in one table',
    tableOf([HEADS, ...all.flatMap(rowsOf)]),
    '## Aims that are missed',
    missed.length > 0 ? missed.map(missedLine).join('\n') : 'None.',
    ...(unmeasured.length > 0 ? [`Not measured: ${unmeasured.join(', ')}.`] : []),
    ...all.flatMap(sectionOf),
    '',
  ].join('\n\n');
}

const HEADS = ['shape', 'ours', 'against', 'ratio', 'aim', 'memory', 'minutes'];

function rowsOf({ bench, findings, minutes }: Result): string[][] {
  if (!findings) return [];
  const { ours, unit, references, ratios, aims } = findings;
  const rows = Object.entries(references).map(([name, value]) => {
    const aim = aims[name];
    const ratio = figure(ratios[name]!);
    const isShort = aim !== undefined && ratios[name]! < aim;
    return ['', '', `${name}: ${figure(value)}`, isShort ? `**${ratio}**` : ratio, aim ? `>= ${aim}` : '', '', ''];
  });
  const [first = ['', '', '', '', '', '', ''], ...rest] = rows;
  return [
    [`\`${bench.name}\``, `${figure(ours)} ${unit}/s`, ...first.slice(2, 5), memory(findings), minutes!.toFixed(1)],
    ...rest,
  ];
}

function memory(findings: Findings): string {
  const held = `${figure(findings.peakRssMb)} MB`;
  if (findings.rssAimMb === undefined) return held;
  return `${isMemoryMet(findings) ? held : `**${held}**`} (< ${findings.rssAimMb})`;
}

function missedLine({ bench, findings }: Result): string {
  const { aims, ratios, peakRssMb, rssAimMb } = findings!;
  const short = Object.entries(aims).filter(([name, aim]) => ratios[name]! < aim);
  const said = short.map(([name, aim]) => `${figure(ratios[name]!)} of ${name} where ${aim} is aimed at`);
  if (!isMemoryMet(findings!)) said.push(`${figure(peakRssMb)} MB where less than ${rssAimMb} is aimed at`);
  return `- \`${bench.name}\`: ${said.join('; ')}. ${bench.limit ?? 'Not explained yet.'}`;
}

function sectionOf({ bench, findings }: Result): string[] {
  if (!findings) return [];
  const { curve, notes } = findings;
  const lines = notes.map((note) => `- ${note}`).join('\n');
  return [`## ${bench.name}`, bench.about, ...(curve ? [tableOf(curve)] : []), lines];
}

function tableOf([heads, ...rows]: readonly string[][]): string {
  const rule = heads!.map((_, i) => (i === 0 ? '---' : '---:'));
  return [heads!, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
