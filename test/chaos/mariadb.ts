/** A MariaDB of its own, whose commits are durable, and what can befall it. */
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Connection, createConnection } from 'mysql2/promise';
import { freePort } from '../support/port.ts';
import {
  findProgram,
  type Machine,
  type Program,
  runServant,
  serverFolder,
  startServant,
  tail,
  until,
} from './machine.ts';

export const DATABASE = 'xingfu_chaos';
const USER = 'xingfu';
const PASSWORD = 'chaos';
/** Small, so that it is soon full. */
const MOST_CONNECTIONS = 120;
const DISK_MB = 1_500;

export interface DatabaseServer {
  port: number;
  /** Of the database of chaos, without any proxy. */
  url: string;
  /** The file of statements that make chaos's user. */
  init: string;
  /** Starts it with further options and waits until it serves. */
  start(...more: string[]): Promise<void>;
  kill(): Promise<void>;
  hasEnded(): boolean;
  pid(): number;
  /** What a node that has ended says of what it has. */
  recover(): string;
}

export function connectTo(port: number): Promise<Connection> {
  return createConnection({ host: '127.0.0.1', port, user: USER, password: PASSWORD });
}

/** Prepares a server with these further options. */
export async function makeServer(
  machine: Machine,
  name: string,
  options: string[],
  port?: number,
): Promise<DatabaseServer> {
  const folder = serverFolder(machine, name);
  const data = join(folder, 'data');
  const log = join(machine.folder, `${name}.log`);
  const init = join(folder, 'init.sql');
  const at = port ?? (await freePort());
  writeFileSync(
    init,
    `CREATE USER IF NOT EXISTS '${USER}'@'127.0.0.1' IDENTIFIED BY '${PASSWORD}';\nGRANT ALL ON *.* TO '${USER}'@'127.0.0.1';\n`,
  );
  runServant(findProgram('mariadb-install-db', 'mysql_install_db'), [
    '--no-defaults',
    `--datadir=${data}`,
    '--skip-test-db',
    '--skip-name-resolve',
  ]);
  const args = [
    '--no-defaults',
    `--datadir=${data}`,
    '--socket=mysql.sock',
    '--bind-address=127.0.0.1',
    `--port=${at}`,
    '--skip-name-resolve',
    '--performance-schema=OFF',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_ci',
    '--transaction-isolation=READ-COMMITTED',
    '--default-time-zone=+00:00',
    '--innodb-flush-log-at-trx-commit=1',
    '--innodb-buffer-pool-size=256M',
    '--innodb-log-file-size=96M',
    `--max-connections=${MOST_CONNECTIONS}`,
    ...options,
  ];
  let program: Program | undefined;
  return {
    port: at,
    url: `mysql://${USER}:${PASSWORD}@127.0.0.1:${at}/${DATABASE}`,
    init,
    start: async (...more) => {
      const started = startServant(machine, findProgram('mariadbd'), [...args, ...more], log);
      program = started;
      await until(`MariaDB (${name}) serves`, async () => {
        if (started.hasEnded()) throw new Error(`MariaDB (${name}) does not start:\n${tail(log)}`);
        return answers(at);
      });
    },
    kill: async () => program?.kill(),
    hasEnded: () => program?.hasEnded() ?? true,
    pid: () => program!.pid,
    recover: () => runServant(findProgram('mariadbd'), [...args, '--wsrep-recover', '--log-error-verbosity=3']),
  };
}

/** Whether it does work: a node that is not in its cluster yet answers, and refuses this. */
async function answers(port: number): Promise<boolean> {
  try {
    const connection = await connectTo(port);
    await connection.query('SELECT COUNT(*) FROM mysql.global_priv').finally(() => connection.destroy());
    return true;
  } catch {
    return false;
  }
}

/** A disk of its own for a folder of the machine, where it may be had: memory that can be full. Says whether it was had. */
export function giveDisk(machine: Machine, name: string): boolean {
  const folder = serverFolder(machine, name);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=777`, 'xingfu-chaos', folder], {
      stdio: 'ignore',
    });
  } catch {
    return false;
  }
  machine.undo.push(() => void execFileSync('umount', ['-l', folder]));
  return true;
}

/** Fills the disk of a folder to the last byte. */
export function fillDisk(folder: string): void {
  const file = openSync(join(folder, 'filler'), 'a');
  for (let bytes = 1 << 20; bytes >= 1; bytes >>= 1) {
    const block = Buffer.alloc(bytes);
    try {
      while (writeSync(file, block) > 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
  closeSync(file);
}

export function clearDisk(folder: string): void {
  rmSync(join(folder, 'filler'), { force: true });
}

/** Takes connections until there are none left. Returns how they are given back. */
export async function takeAllConnections(port: number): Promise<() => void> {
  const taken: Connection[] = [];
  for (;;) {
    try {
      const connection = await connectTo(port);
      taken.push(connection);
    } catch (error) {
      if ((error as { code?: string }).code === 'ER_CON_COUNT_ERROR') break;
      throw error;
    }
  }
  return () => {
    for (const connection of taken) connection.destroy();
  };
}
