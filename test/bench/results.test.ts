import { expect, test } from 'vitest';
import type { Bench } from './bench.ts';
import type { Findings } from './report.ts';
import { results } from './results.ts';

const bench = (name: string, limit?: string): Bench => ({
  ...{ name, about: `what ${name} measures`, limit },
  run: () => Promise.reject(new Error('not run here')),
});
const findings: Findings = {
  ...{ bench: 'quick', unit: 'cups', ours: 1_234.5, references: { naive: 500, empty: 5_000 }, aims: { empty: 0.35 } },
  ...{ ratios: { naive: 2.469, empty: 0.247 }, met: false, peakRssMb: 410, rssAimMb: 400, notes: ['durable'] },
};
const run = (list: { bench: Bench; findings?: Findings }[]) =>
  results({
    command: 'npm run bench',
    setting: ['two cores'],
    results: list.map((one) => ({ ...one, minutes: 1.25 })),
  });

test('each shape has a line for each reference, and what is short of its aim is bold', () => {
  const page = run([{ bench: bench('quick'), findings }]);
  expect(page).toContain('| `quick` | 1,235 cups/s | naive: 500 | 2.47 |  | **410 MB** (< 400) | 1.3 |');
  expect(page).toContain('| empty: 5,000 | **0.25** | >= 0.35 |');
});

test('missed aims are listed with what bounds the shape, and what could not be measured is not passed over', () => {
  const page = run([
    { bench: bench('quick', 'HTTP bounds it.'), findings },
    { bench: bench('good'), findings: { ...findings, met: true, aims: {}, peakRssMb: 10 } },
    { bench: bench('broken') },
  ]);
  const [, missed] = page.split('## Aims that are missed');
  expect(missed).toContain(
    '- `quick`: 0.25 of empty where 0.35 is aimed at; 410 MB where less than 400 is aimed at. HTTP bounds it.',
  );
  expect(missed).toContain('Not measured: `broken`.');
  expect(missed).not.toContain('- `good`');
});

test('a run that misses nothing says so, and curves stand with their shape', () => {
  const curve = [
    ['processes', 'cups/s'],
    ['1', '100'],
  ];
  const page = run([{ bench: bench('good'), findings: { ...findings, met: true, aims: {}, peakRssMb: 10, curve } }]);
  expect(page).toContain('## Aims that are missed\n\nNone.');
  expect(page).toContain('| processes | cups/s |\n| --- | ---: |\n| 1 | 100 |');
});
