/** All benches one after the other, each in a process of its own, so that none measures what another has left behind. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { BENCHES } from './benches.ts';
import type { Findings } from './report.ts';
import { type Result, type Run, results } from './results.ts';
import { describeSetting, ROOT } from './setting.ts';

const FILE = 'test/bench/RESULTS.md';

/** Runs every bench and writes RESULTS.md, after each of them anew. Throws at the end when one could not be measured. */
export async function runAll(seconds: string | undefined): Promise<void> {
  const setting = await describeSetting();
  const run: Run = {
    command: seconds ? `npm run bench -- --seconds ${seconds}` : 'npm run bench',
    setting,
    results: [],
  };
  for (const [i, bench] of BENCHES.entries()) {
    console.log(`\n${i + 1} of ${BENCHES.length}: ${bench.name}`);
    const start = performance.now();
    const findings = await runOne(bench.name, seconds);
    run.results.push({ bench, findings, minutes: (performance.now() - start) / 60_000 });
    writeFileSync(join(ROOT, FILE), results(run));
  }
  console.log(`\nwritten to ${FILE}`);
  const failed = run.results.filter(({ findings }) => !findings).map(({ bench }: Result) => bench.name);
  if (failed.length > 0) throw new Error(`could not be measured: ${failed.join(', ')}`);
}

/** Runs one bench, shows what it prints, and returns what its last line says; undefined when it failed. */
async function runOne(name: string, seconds: string | undefined): Promise<Findings | undefined> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const args = ['--import', 'tsx', main, name, ...(seconds ? ['--seconds', seconds] : [])];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let last = '';
  for await (const line of createInterface({ input: child.stdout })) {
    last = line;
    if (!line.startsWith('{')) console.log(line);
  }
  return (await ended) === 0 ? JSON.parse(last) : undefined;
}
