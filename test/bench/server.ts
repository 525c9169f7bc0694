/** The servers under test, each a child process of its own on a free port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT, serverEnvironment } from './setting.ts';

export interface Server {
  /** "http://127.0.0.1:12345". */
  origin: string;
  pid: number;
  /** The most memory that it has held so far. */
  peakRssMb(): number;
  close(): Promise<void>;
}

/** Starts the program's own API process on a bench's database. */
export function startApi(database: string): Promise<Server> {
  return startServer('src/main.ts', serverEnvironment(database));
}

/** Starts the server of the reference `empty`. */
export function startEmptyServer(): Promise<Server> {
  return startServer('test/bench/empty-server.ts', { NODE_ENV: 'production' });
}

/** Node's options as `npm start` has them: "node <options> src/main.ts". */
function nodeOptions(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return scripts.start.split(' ').slice(1, -1);
}

async function startServer(file: string, environment: Record<string, string>): Promise<Server> {
  const child = spawn(process.execPath, [...nodeOptions(), join(ROOT, file)], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const origin = await addressOf(child, file);
  return {
    origin,
    pid: child.pid!,
    peakRssMb: () => peakRssMb(child.pid!),
    close: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** The address that a server prints when it listens. What it prints besides goes on to this process's output. */
function addressOf(child: ChildProcess, file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it listened`)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const [origin] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      if (origin) resolve(origin);
      else console.log(`${file}: ${line}`);
    });
  });
}

// Only Linux remembers the peak of another process; elsewhere it is unknown.
function peakRssMb(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
