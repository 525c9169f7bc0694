import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** A process of the program, as script/server starts it. */
export interface Running {
  /** Resolves with the first line of the output that matches; rejects when the process ends before. */
  line(pattern: RegExp): Promise<string>;
  /** Sends a signal and resolves with the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Resolves with the exit code and everything that was printed. */
  ended(): Promise<{ code: number | null; output: string }>;
}

/** Starts a TypeScript file of this project with this environment and nothing else. Killed when the test is over. */
export function startProcess(file: string, env: Record<string, string>): Running {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', file], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  const exit = once(child, 'close') as Promise<[number | null]>;
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      output += text;
    });
  }
  const lineOf = (pattern: RegExp) => output.split('\n').find((line) => pattern.test(line));
  return {
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = lineOf(pattern);
          if (line !== undefined) resolve(line);
        };
        look();
        child.stdout!.on('data', look);
        void exit.then(([code]) => reject(new Error(`${file} ended with ${code}:\n${output}`)));
      }),
    end: async (signal) => {
      child.kill(signal);
      const [code] = await exit;
      return code;
    },
    ended: async () => {
      const [code] = await exit;
      return { code, output };
    },
  };
}
