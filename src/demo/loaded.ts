import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

const MARK = 'load-demo';
const PAUSE_MS = 500;
const PATIENCE_MS = 180_000;

/** Notes that the demo programme is in a database as a whole. */
export async function markLoaded(db: DataSource): Promise<void> {
  await db.query("INSERT IGNORE INTO periodic_run (job, period, started_at) VALUES (?, 'once', ?)", [MARK, new Date()]);
}

/** Whether the demo programme is in a database as a whole. */
export async function isLoaded(db: DataSource): Promise<boolean> {
  const found = await db.query('SELECT 1 FROM periodic_run WHERE job = ?', [MARK]);
  return found.length > 0;
}

/** Waits while the demo programme is being loaded, and says so. Throws when it is not there after three minutes. */
export async function untilLoaded(db: DataSource): Promise<void> {
  const late = Date.now() + PATIENCE_MS;
  for (let waited = 0; !(await isLoaded(db)); waited++) {
    if (waited === 1) console.log('演示数据正在载入，请稍候 …… The demo programme is being loaded ...');
    if (Date.now() > late)
      throw new Error(
        '这里没有演示数据：请用 script/server 启动，并看它有没有报错。\n' +
          'The demo programme is not loaded here: start script/server, and see whether it reports a failure.',
      );
    await pause(PAUSE_MS);
  }
}
