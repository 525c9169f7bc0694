/** What befalls one MariaDB, one Redis, two API processes and two job processes. */
import type { Random } from '../simulation/random.ts';
import type { Way } from '../support/way.ts';
import type { Watch } from './client.ts';
import { until } from './machine.ts';
import { clearDisk, connectTo, DATABASE, type DatabaseServer, fillDisk, takeAllConnections } from './mariadb.ts';
import type { Api, Process } from './program.ts';
import type { RedisServer } from './redis.ts';

/** Everything that can be harmed. */
export interface Town {
  mariadb: DatabaseServer;
  mariadbWay: Way;
  /** The folder whose disk is MariaDB's own; undefined where none could be had. */
  disk: string | undefined;
  redis: RedisServer;
  redisWay: Way;
  apis: Api[];
  jobs: Process[];
}

export interface Fault {
  name: string;
  /** Harms, and mends what does not mend itself. Resolves when nothing is left of the harm but what it caused. */
  strike(town: Town, random: Random, watch: () => Watch): Promise<void>;
}

const SECOND = 1_000;
/** Answers, or failures, that show that a fault has been felt. */
const FELT = 20;
/** So many answers in spite of it show that a fault is not felt by all. */
const UNFELT = 1_500;

/** Waits until the load has felt a fault, or has gone on so long that it does not. */
async function untilFelt(watch: () => Watch): Promise<void> {
  const { failed, answered } = watch();
  await until('the fault is felt', () => watch().failed - failed >= FELT || watch().answered - answered >= UNFELT);
}

/** Waits until so many more requests have been answered. */
async function untilAnswered(watch: () => Watch, count: number): Promise<void> {
  const before = watch().answered;
  await until('requests are answered', () => watch().answered - before >= count);
}

const restart = async (process: Process) => {
  await process.kill();
  await process.start();
};

export const FAULTS: readonly Fault[] = [
  { name: 'api killed', strike: async ({ apis }, random) => restart(random.pick(apis)) },
  { name: 'both apis killed', strike: async ({ apis }) => void (await Promise.all(apis.map(restart))) },
  { name: 'job process killed', strike: async ({ jobs }, random) => restart(random.pick(jobs)) },
  { name: 'both job processes killed', strike: async ({ jobs }) => void (await Promise.all(jobs.map(restart))) },
  {
    name: 'mariadb killed',
    strike: async ({ mariadb }) => {
      await mariadb.kill();
      await mariadb.start();
    },
  },
  {
    name: 'redis killed, empty after',
    strike: async ({ redis }) => {
      await redis.kill();
      await redis.start();
    },
  },
  {
    name: 'connections dropped',
    strike: async ({ mariadbWay, redisWay }, random, watch) => {
      for (let times = random.between(1, 4); times > 0; times--) {
        if (random.chance(0.8)) mariadbWay.drop();
        if (random.chance(0.5)) redisWay.drop();
        await untilAnswered(watch, random.between(1, 40));
      }
    },
  },
  {
    name: 'way to mariadb cut',
    strike: async ({ mariadbWay }, _random, watch) => {
      await mariadbWay.cut();
      await untilFelt(watch);
      await mariadbWay.mend();
    },
  },
  {
    name: 'way to redis cut',
    strike: async ({ redisWay }, random, watch) => {
      await redisWay.cut();
      await untilAnswered(watch, random.between(50, 200));
      await redisWay.mend();
    },
  },
  {
    name: 'mariadb slow',
    strike: async ({ mariadbWay }, random, watch) => {
      mariadbWay.slow(random.between(20, 250));
      await untilAnswered(watch, random.between(20, 60));
      mariadbWay.slow(0);
    },
  },
  {
    name: 'mariadb out of connections',
    strike: async ({ mariadb, mariadbWay }, _random, watch) => {
      mariadbWay.drop();
      const giveBack = await takeAllConnections(mariadb.port);
      await untilFelt(watch);
      giveBack();
    },
  },
  { name: 'disk full', strike: diskFull },
  {
    name: 'clock jumps',
    strike: async ({ apis, jobs }, random, watch) => {
      const [api, job] = [random.pick(apis), random.pick(jobs)];
      const sign = random.chance(0.5) ? 1 : -1;
      api.moveClock(sign * random.between(5, 120) * SECOND);
      job.moveClock(sign * random.between(1, 60) * 60 * SECOND);
      await untilAnswered(watch, random.between(100, 400));
      for (const process of [api, job]) process.moveClock(0);
    },
  },
];

/** For real where MariaDB has a disk of its own; else triggers answer as a full disk does. */
async function diskFull({ mariadb, disk }: Town, _random: Random, watch: () => Watch): Promise<void> {
  if (disk === undefined) {
    await answerDiskFull(mariadb, watch);
    return;
  }
  fillDisk(disk);
  await untilFelt(watch);
  clearDisk(disk);
  const before = watch().answered;
  await until('it goes on', async () => {
    // A database may rather end than go on without a disk, and takes its time to end.
    if (mariadb.hasEnded()) await mariadb.start();
    return watch().answered - before >= FELT;
  });
}

async function answerDiskFull({ port }: DatabaseServer, watch: () => Watch): Promise<void> {
  const connection = await connectTo(port);
  const tables = ['transfer', 'activity_event', 'verification'];
  await connection.query(`USE ${DATABASE}`);
  for (const table of tables)
    await connection.query(
      `CREATE TRIGGER chaos_${table} BEFORE INSERT ON ${table} FOR EACH ROW
         SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1114, MESSAGE_TEXT = 'The table is full'`,
    );
  await untilFelt(watch);
  for (const table of tables) await connection.query(`DROP TRIGGER chaos_${table}`);
  connection.destroy();
}
