/** All benches one after the other, each in a process of its own, so that none measures what another has left behind. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { BENCHES } from './benches.ts';
import type { Findings } from './report.ts';
import { type Result, results } from './results.ts';
import { describeSetting, ROOT } from './setting.ts';

const FILE = 'test/bench/RESULTS.md';

/** Where the findings of a run are kept until it has come to its end. */
const KEPT = join(ROOT, '.data/bench.json');

/**
 * Runs every bench and writes RESULTS.md, after each of them anew. It takes more than an hour: a run that was cut off goes
 * on where it stood. Throws at the end when one could not be measured; the next run tries that one again.
 */
export async function runAll(seconds: string | undefined): Promise<void> {
  const command = seconds ? `npm run bench -- --seconds ${seconds}` : 'npm run bench';
  const kept = keptOf(command);
  const failed: string[] = [];
  for (const [i, { name }] of BENCHES.entries()) {
    if (kept.found[name]) continue;
    console.log(`\n${i + 1} of ${BENCHES.length}: ${name}`);
    const start = performance.now();
    const findings = await runOne(name, seconds);
    if (!findings) failed.push(name);
    else kept.found[name] = { findings, minutes: (performance.now() - start) / 60_000 };
    writeFileSync(KEPT, JSON.stringify(kept));
    writeFileSync(join(ROOT, FILE), results({ command, setting: await describeSetting(), results: resultsOf(kept) }));
  }
  console.log(`\nwritten to ${FILE}`);
  if (failed.length > 0) throw new Error(`could not be measured: ${failed.join(', ')}`);
  rmSync(KEPT);
}

/** What has been measured of a run, by name. */
interface Kept {
  command: string;
  found: Record<string, { findings: Findings; minutes: number }>;
}

function keptOf(command: string): Kept {
  const kept: Kept | undefined = existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')) : undefined;
  return kept?.command === command ? kept : { command, found: {} };
}

const resultsOf = ({ found }: Kept): Result[] => BENCHES.map((bench) => ({ bench, ...found[bench.name] }));

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
