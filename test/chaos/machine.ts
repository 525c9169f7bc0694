/** Where chaos runs: a folder and servers of its own, with nothing that another program on this machine uses. */
import { execFileSync, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 50;

/** Something that was begun and has to be ended. */
export type Undo = () => Promise<void> | void;

/** A folder, and what must be undone when all is over, the last thing first. */
export interface Machine {
  folder: string;
  undo: Undo[];
  /** From the moment at which all is over. */
  leaving?: Promise<void>;
}

/** A program that runs. */
export interface Program {
  pid: number;
  hasEnded(): boolean;
  /** Waits for its end, too. */
  kill(): Promise<void>;
}

export function makeMachine(): Machine {
  // Its servers may be somebody else, and read what is written for them.
  process.umask(0o022);
  const folder = mkdtempSync(join(tmpdir(), 'xingfu-chaos-'));
  chmodSync(folder, 0o755);
  return { folder, undo: [() => rmSync(folder, { recursive: true, force: true })] };
}

/** Undoes everything, whatever of it fails. Nothing can be started any more. */
export function leave(machine: Machine): Promise<void> {
  machine.leaving ??= undoAll(machine.undo);
  return machine.leaving;
}

async function undoAll(undo: Undo[]): Promise<void> {
  for (const step of undo.reverse()) {
    try {
      await step();
    } catch (error) {
      console.error(`could not be undone: ${(error as Error).message}`);
    }
  }
}

/** Database servers refuse to be root, and copy their data to each other as nobody in particular. */
const SERVANT = process.getuid?.() === 0 ? Number(execFileSync('id', ['-u', 'nobody'])) : undefined;

/** A folder inside the machine's that its servers may write. */
export function serverFolder(machine: Machine, name: string): string {
  const folder = join(machine.folder, name);
  mkdirSync(folder, { recursive: true });
  if (SERVANT !== undefined) chownSync(folder, SERVANT, SERVANT);
  return folder;
}

/** Where script/services looks, too. */
const MORE_FOLDERS = [
  '/usr/local/sbin',
  '/usr/sbin',
  '/usr/libexec',
  '/opt/homebrew/bin',
  '/usr/local/bin',
  '/home/linuxbrew/.linuxbrew/bin',
];

/** The path of the first of these programs that is installed. */
export function findProgram(...names: string[]): string {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...MORE_FOLDERS];
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
  if (!found)
    throw new Error(
      `${names.join(' or ')} was not found: install MariaDB and Redis (Debian, Ubuntu: apt-get install mariadb-server redis-server; macOS: brew install mariadb redis)`,
    );
  return found;
}

/** Runs a program of a server to its end. Returns what it said. */
export function runServant(file: string, args: string[]): string {
  const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', uid: SERVANT, gid: SERVANT });
  if (status !== 0) throw new Error(`${file} ended with ${status}:\n${stderr}`);
  return stdout + stderr;
}

/** Starts a server; what it says goes to the end of a file. */
export function startServant(machine: Machine, file: string, args: string[], log: string): Program {
  return start(machine, file, args, log, { uid: SERVANT, gid: SERVANT });
}

/** Starts a program of this project; what it says goes to the end of a file. */
export function startProgram(machine: Machine, args: string[], env: Record<string, string>, log: string): Program {
  return start(machine, process.execPath, args, log, { env: { PATH: process.env.PATH, ...env } });
}

function start(machine: Machine, file: string, args: string[], log: string, options: SpawnOptions): Program {
  if (machine.leaving) throw new Error('all is over');
  const out = openSync(log, 'a');
  const child = spawn(file, args, { ...options, stdio: ['ignore', out, out], detached: true });
  closeSync(out);
  const ended = once(child, 'close');
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const kill = async () => {
    if (!hasEnded()) child.kill('SIGKILL');
    await ended;
  };
  machine.undo.push(kill);
  return { pid: child.pid!, hasEnded, kill };
}

export async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).then((is) => {
    socket.destroy();
    return is as boolean;
  });
}

/** Waits until something is so. Throws when it is not after so many seconds, which no sound run needs. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean, seconds = 300): Promise<void> {
  const late = performance.now() + seconds * 1000;
  while (!(await isSo())) {
    if (performance.now() > late) throw new Error(`waited ${seconds} s in vain until ${what}`);
    await pause(LOOK_MS);
  }
}

/** The last lines of a log. */
export function tail(log: string, lines = 15): string {
  return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : '';
}
