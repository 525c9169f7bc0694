/** One MariaDB, one Redis, two API processes and two job processes. */
import { join } from 'node:path';
import { openDeps } from '../bench/setting.ts';
import { Random } from '../simulation/random.ts';
import { createDatabase } from '../support/database.ts';
import { wayTo } from '../support/way.ts';
import { FAULTS, type Town } from './faults.ts';
import type { Machine } from './machine.ts';
import { DATABASE, giveDisk, makeServer } from './mariadb.ts';
import { makeApi, makeJobs } from './program.ts';
import { makeRedis } from './redis.ts';
import { Rounds } from './rounds.ts';
import { inTurn } from './turns.ts';
import { buildWorld } from './world.ts';

/** Starts everything. `only`: part of the names of the faults that are wanted. */
export async function prepare(machine: Machine, seed: number, only = '') {
  const faults = FAULTS.filter(({ name }) => name.includes(only));
  if (faults.length === 0) throw new Error(`--only: there are ${FAULTS.map(({ name }) => name).join(', ')}`);
  const random = new Random(seed);
  const disk = giveDisk(machine, 'mariadb') ? join(machine.folder, 'mariadb') : undefined;
  if (!disk) console.log('MariaDB has no disk of its own here: triggers answer as a full disk does');
  const mariadb = await makeServer(machine, 'mariadb', ['--skip-log-bin']);
  const redis = await makeRedis(machine);
  await Promise.all([mariadb.start(`--init-file=${mariadb.init}`), redis.start()]);
  process.env.DATABASE_URL = mariadb.url;
  process.env.REDIS_URL = redis.url;
  await createDatabase(DATABASE);
  const deps = await openDeps(DATABASE);
  const world = await buildWorld(deps);

  const [mariadbWay, redisWay] = await Promise.all([wayTo(mariadb.url), wayTo(redis.url)]);
  machine.undo.push(mariadbWay.close, redisWay.close);
  const setting = { databaseUrl: mariadbWay.url, redisUrl: redisWay.url };
  const apis = await Promise.all([1, 2].map((number) => makeApi(machine, number, setting)));
  const jobs = await Promise.all([1, 2].map((number) => makeJobs(machine, number, setting)));
  await Promise.all([...apis, ...jobs].map((one) => one.start()));

  const town: Town = { mariadb, mariadbWay, disk, redis, redisWay, apis, jobs };
  const rounds = new Rounds(
    world,
    apis.map(({ origin }) => origin),
  );
  const turns = inTurn(random, faults);
  const playOne = () => {
    const fault = turns.next().value;
    return rounds.play(fault.name, (watch) => fault.strike(town, random, watch));
  };
  return { rounds, playOne };
}
