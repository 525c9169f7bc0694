import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { send } from './client.ts';

/** What the verifier said, and whether it said yes. */
export interface Verdict {
  yes: boolean;
  lines: string[];
}

/** A file that anybody may have, without signing in. Throws when it is not there. */
export async function publicFile(url: string): Promise<Buffer> {
  const response = await send(url, {});
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

export const sha256 = (...parts: (string | Buffer)[]) =>
  createHash('sha256')
    .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
    .digest('hex');

/**
 * Has `node` run the verifier on the record of a draw, and on a member's proof when there is one, in a folder with nothing
 * else in it: as anybody does at home who does not believe the platform.
 */
export async function verifyAtHome(verifier: Buffer, transcript: Buffer | string, ticket?: object): Promise<Verdict> {
  const home = await mkdtemp(join(tmpdir(), 'xingfu-verify-'));
  try {
    await writeFile(join(home, 'verify-draw.mjs'), verifier);
    await writeFile(join(home, 'transcript.json'), transcript);
    if (ticket) await writeFile(join(home, 'ticket.json'), JSON.stringify(ticket));
    const args = ['verify-draw.mjs', 'transcript.json', ...(ticket ? ['--ticket', 'ticket.json'] : [])];
    return await new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: home }, (error, stdout, stderr) =>
        resolve({ yes: error === null, lines: `${stdout}${stderr}`.trim().split('\n') }),
      );
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
