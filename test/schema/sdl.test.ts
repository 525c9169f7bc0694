import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

/** The three SDLs as a fresh process prints them that builds the doors in this order. */
async function printedInOrder(order: readonly string[]): Promise<Record<string, string>> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'test/support/print-doors.ts', ...order], {
    maxBuffer: 16 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}

const ORDERS = [
  ['member', 'merchant', 'admin'],
  ['member', 'admin', 'merchant'],
  ['merchant', 'member', 'admin'],
  ['merchant', 'admin', 'member'],
  ['admin', 'member', 'merchant'],
  ['admin', 'merchant', 'member'],
];

// type-graphql keeps one store of metadata for the process and in it what a schema adds to a class that another schema
// shares: https://github.com/MichalLytek/type-graphql/issues/234. Only a fresh process shows what an order does.
test.each(ORDERS)('built in the order %s, %s, %s, no door shows what is not in its committed SDL', async (...order) => {
  const printed = await printedInOrder(order);
  for (const door of order) {
    const committed = await readFile(`schema/${door}.graphql`, 'utf8');
    expect(printed[door], `schema/${door}.graphql is not what the code says: run npm run schema`).toBe(committed);
  }
});
