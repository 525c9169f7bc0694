import { join } from 'node:path';
import { freePort } from '../support/port.ts';
import {
  findProgram,
  isListening,
  type Machine,
  type Program,
  serverFolder,
  startServant,
  tail,
  until,
} from './machine.ts';

/** A Redis of its own that keeps nothing: after its end it is empty. */
export interface RedisServer {
  url: string;
  start(): Promise<void>;
  kill(): Promise<void>;
}

export async function makeRedis(machine: Machine): Promise<RedisServer> {
  const folder = serverFolder(machine, 'redis');
  const log = join(machine.folder, 'redis.log');
  const port = await freePort();
  const args = ['--dir', folder, '--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  let program: Program | undefined;
  return {
    url: `redis://127.0.0.1:${port}/0`,
    start: async () => {
      const started = startServant(machine, findProgram('redis-server', 'valkey-server'), args, log);
      program = started;
      await until('Redis serves', () => {
        if (started.hasEnded()) throw new Error(`Redis does not start:\n${tail(log)}`);
        return isListening(port);
      });
    },
    kill: async () => program?.kill(),
  };
}
