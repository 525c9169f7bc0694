/** A Galera cluster of three nodes, one Redis, two API processes and two job processes. */
import { entities } from '../../src/entities.ts';
import { createDataSource } from '../../src/platform/db/data-source.ts';
import { openDeps } from '../bench/setting.ts';
import { Random } from '../simulation/random.ts';
import { createDatabase } from '../support/database.ts';
import { CLUSTER_FAULTS } from './cluster-faults.ts';
import { makeCluster, untilApplied } from './galera.ts';
import type { Machine } from './machine.ts';
import { DATABASE } from './mariadb.ts';
import { makeApi, makeJobs } from './program.ts';
import { makeRedis } from './redis.ts';
import { Rounds } from './rounds.ts';
import { inTurn } from './turns.ts';
import { buildWorld } from './world.ts';

/** Starts everything. `only`: part of the names of the faults that are wanted. */
export async function prepare(machine: Machine, seed: number, only = '') {
  const faults = CLUSTER_FAULTS.filter(({ name }) => name.includes(only));
  if (faults.length === 0) throw new Error(`--only: there are ${CLUSTER_FAULTS.map(({ name }) => name).join(', ')}`);
  const random = new Random(seed);
  const redis = await makeRedis(machine);
  const [nodes] = await Promise.all([makeCluster(machine), redis.start()]);
  const [first, ...others] = nodes as [(typeof nodes)[0], ...typeof nodes];
  process.env.DATABASE_URL = first.url;
  process.env.REDIS_URL = redis.url;
  await createDatabase(DATABASE);

  const standbys = others.map(({ port }) => ({ host: '127.0.0.1', port }));
  const deps = await openDeps(DATABASE);
  const db = await createDataSource({ url: first.url, standbys, pool: 4, entities }).initialize();
  const world = await buildWorld({ ...deps, db });
  // Each node is held against the books, by a way to it alone.
  const views = await Promise.all(
    nodes.map(async ({ url }) => {
      const ownDb = await createDataSource({ url, pool: 2, entities }).initialize();
      return { ...world, deps: { ...world.deps, db: ownDb } };
    }),
  );

  const named = (list: readonly { port: number }[]) => list.map(({ port }) => `127.0.0.1:${port}`).join(',');
  const setting = { databaseUrl: first.url, standbys: named(others), redisUrl: redis.url };
  const apis = await Promise.all([1, 2].map((number) => makeApi(machine, number, setting)));
  const jobs = await Promise.all([1, 2].map((number) => makeJobs(machine, number, setting)));
  const [second, third] = others as [(typeof nodes)[0], (typeof nodes)[0]];
  const elsewhere = await makeApi(machine, 3, {
    ...setting,
    databaseUrl: second.url,
    standbys: named([third, first]),
  });
  await Promise.all([...apis, ...jobs].map((one) => one.start()));

  const origins = [...apis, elsewhere].map(({ origin }) => origin);
  const rounds = new Rounds(world, origins, async () => {
    await untilApplied(nodes);
    return views;
  });
  const turns = inTurn(random, faults);
  const playOne = () => {
    const fault = turns.next().value;
    return rounds.play(fault.name, (watch) => fault.strike({ nodes, elsewhere }, random, watch));
  };
  return { rounds, playOne };
}
