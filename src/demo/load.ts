import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { DataSource } from 'typeorm';
import { entities } from '../entities.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { createDataSource } from '../platform/db/data-source.ts';
import { accepted, Client, checkReady } from './client.ts';
import { enterEverything, waitUntilJudged } from './enter.ts';
import { openNextLottery } from './enter-lottery.ts';
import { ADMIN, FEDERATION } from './happiness-account.ts';
import { letJobsGo } from './hold-jobs.ts';
import { addresses, howToSignIn } from './how-to-sign-in.ts';
import { isLoaded, markLoaded } from './loaded.ts';
import { todaysMilestones, wakeMilestones } from './milestones.ts';
import { withPastApi } from './past-api.ts';
import { settlePastMonth } from './past-month.ts';
import { rollUpAndWait } from './rolling-up.ts';

/** How far a database is: without any admin, with admins but without ours, half loaded, or loaded. */
type Stage = 'empty' | 'foreign' | 'begun' | 'loaded';

async function stageOf(db: DataSource): Promise<Stage> {
  const admins: { login: string }[] = await db.query(
    "SELECT login FROM operator WHERE door = 'admin' ORDER BY login = ? DESC LIMIT 1",
    [ADMIN.login],
  );
  const [admin] = admins;
  if (!admin) return 'empty';
  if (admin.login !== ADMIN.login) return 'foreign';
  return (await isLoaded(db)) ? 'loaded' : 'begun';
}

/** Makes the first admin as an operator of a new installation would. Throws an Error with the command's words. */
async function makeAdmin(password: string): Promise<void> {
  const command = fileURLToPath(new URL('../create-admin.ts', import.meta.url));
  const args = ['--login', ADMIN.login, '--name', ADMIN.name, '--union', FEDERATION];
  await promisify(execFile)(process.execPath, ['--import', 'tsx', command, ...args], {
    env: { ...process.env, ADMIN_PASSWORD: password },
  }).catch((error: { stderr?: string; message: string }) => {
    throw new Error(error.stderr?.trim() || error.message);
  });
}

/** Where a client on this machine finds the API. */
function urlOf({ host, port }: Config): string {
  const name = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** Loads the demo programme into a database that has no admin yet, or goes on with a load that was cut off. */
async function load(): Promise<void> {
  const config = readConfig(process.env);
  const url = urlOf(config);
  const password = process.env.DEMO_ADMIN_PASSWORD;
  if (!password) throw new Error('DEMO_ADMIN_PASSWORD is not set; script/server makes one in .data/secrets.env.');
  await checkReady(url);
  const db = await createDataSource({ url: config.databaseUrl, pool: 4, entities }).initialize();
  await loadInto(db, config, password).finally(() => db.destroy());
}

async function loadInto(db: DataSource, config: Config, password: string): Promise<void> {
  const url = urlOf(config);
  const stage = await stageOf(db);
  if (stage === 'foreign') {
    console.log(
      '数据库已有自己的管理员，不载入演示数据。 This database has admins of its own; the demo is not loaded.',
    );
    console.log(addresses(url));
    return;
  }
  // A story that was killed may have left the server without them.
  await letJobsGo(config);
  if (stage === 'empty') await makeAdmin(password);
  if (stage !== 'loaded') await enter(db, config, password);
  console.log(addresses(url) + howToSignIn());
}

async function enter(db: DataSource, config: Config, password: string): Promise<void> {
  const admin = await adminAt(urlOf(config), password);
  const tell = (line: string) => console.log(`演示数据 demo · ${line}`);
  const programmeId = await withPastApi(config, db, async (pastUrl, clock) =>
    enterEverything(admin, { admin: await adminAt(pastUrl, password), clock }, password, tell),
  );
  tell(`开放中的抽奖 open lottery: ${await openNextLottery(admin, programmeId)}`);
  await settlePastMonth(db, admin, programmeId);
  tell('往月的结算单 settlement statement of a past month: 1');
  await wakeMilestones(db);
  const { recorded } = await todaysMilestones(admin, programmeId);
  await waitUntilJudged(admin, programmeId);
  tell(`今天的人生节点 milestones of today: ${recorded}`);
  await rollUpAndWait(db, admin, programmeId);
  await markLoaded(db);
}

async function adminAt(url: string, password: string): Promise<Client> {
  const admin = new Client(url, 'admin');
  accepted(await admin.signIn(ADMIN.login, password));
  return admin;
}

if ((process.env.NODE_ENV ?? 'production') === 'production') {
  console.log('生产环境不载入演示数据。 In production no demo data is loaded; nothing was done.');
} else {
  await load().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
