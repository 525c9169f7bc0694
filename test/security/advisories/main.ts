import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { beijingDay, systemClock } from '../../../src/platform/clock.ts';
import { allowance, judge } from './judge.ts';

const allowed = z.array(allowance).parse(JSON.parse(readFileSync(new URL('./allowed.json', import.meta.url), 'utf8')));
// Once and not for long: a machine without a network has other checks to make.
const asked = ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=30000'];
const { stdout, error } = spawnSync('npm', asked, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
if (error) throw error;
const verdict = judge(JSON.parse(stdout), allowed, beijingDay(systemClock.now()));
if (verdict.kind === 'unreachable') {
  console.log(`Not checked: the registry gives no advisories here (${verdict.why}).`);
} else {
  for (const one of verdict.unneeded) console.log(`No longer needed in test/security/advisories/allowed.json: ${one}`);
  for (const one of verdict.known) console.error(one);
  if (verdict.known.length > 0) process.exitCode = 1;
  else console.log('No dependency has a known advisory that is not allowed.');
}
