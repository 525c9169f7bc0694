import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { DataSource } from 'typeorm';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createDataSource } from '../../src/platform/db/data-source.ts';
import { poolUse } from '../../src/platform/db/pool-use.ts';
import { databaseUrl } from '../support/database.ts';
import { testDeps, workerDatabase } from '../support/deps.ts';
import { type Way, wayTo } from '../support/way.ts';

const addressOf = ({ url }: Pick<Way, 'url'>) => {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
};

async function opened(url: string, ...standbys: { host: string; port: number }[]): Promise<DataSource> {
  const db = await createDataSource({ url, standbys, pool: 3, entities: [] }).initialize();
  onTestFinished(() => db.destroy());
  return db;
}

/** Two ways to this worker's database, as if they led to two servers that hold the same. */
async function twoServers(): Promise<[Way, Way]> {
  await testDeps();
  const url = databaseUrl(workerDatabase());
  const [first, second] = [await wayTo(url), await wayTo(url)];
  onTestFinished(async () => void (await Promise.allSettled([first.close(), second.close()])));
  return [first, second];
}

/** By a way that is this slow nothing comes while a test lasts, but its connections are kept. */
const SILENT_MS = 600_000;

const answers = (db: DataSource) =>
  vi.waitFor(async () => expect(await db.query('SELECT 7 AS n')).toEqual([{ n: 7 }]), {
    timeout: 20_000,
    interval: 10,
  });

test('when a server is gone statements go to the next of the list, and to the first again when it is back', async () => {
  const [first, second] = await twoServers();
  const db = await opened(first.url, addressOf(second));
  await answers(db);
  await first.cut();
  await answers(db);
  await first.mend();
  await second.cut();
  await answers(db);
  expect(poolUse(db)).toMatchObject({ used: 0, waiting: 0 });
});

test('a process starts although the first server of its list is gone', async () => {
  const [first, second] = await twoServers();
  await first.cut();
  await answers(await opened(first.url, addressOf(second)));
  await first.mend();
});

test('whoever waits for a server that no longer answers is let go, and the next is asked', async () => {
  const [, second] = await twoServers();
  const held: Socket[] = [];
  const mute = createServer((socket) => held.push(socket)).listen(0, '127.0.0.1');
  await once(mute, 'listening');
  onTestFinished(() => {
    for (const socket of held) socket.destroy();
    mute.close();
  });
  const url = new URL(databaseUrl(workerDatabase()));
  url.port = String((mute.address() as AddressInfo).port);
  await answers(await opened(url.toString(), addressOf(second)));
  expect(held.length).toBeGreaterThan(0);
});

test('when all servers are gone a request hears so, and is served when one is back', async () => {
  const [first, second] = await twoServers();
  const db = await opened(first.url, addressOf(second));
  await Promise.all([first.cut(), second.cut()]);
  await vi.waitFor(() => expect(db.query('SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' }));
  await second.mend();
  await answers(db);
  await first.mend();
});

test('whoever still has a connection to a server that was left hears when that one is gone', async () => {
  const [first, second] = await twoServers();
  await first.cut();
  const db = await opened(first.url, addressOf(second));
  const kept = db.createQueryRunner();
  await kept.query('SELECT 1');
  await first.mend();
  await vi.waitFor(() => expect(poolUse(db)).toMatchObject({ used: 0 }), { timeout: 20_000 });
  second.slow(SILENT_MS);
  await expect(kept.query('SELECT 1')).rejects.toMatchObject({ code: 'PROTOCOL_CONNECTION_LOST' });
  await kept.release();
  await answers(db);
});
