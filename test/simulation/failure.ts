import { Broken } from './broken.ts';

/** What somebody asks of a run. With the same, the same commands come in the same batches. */
export interface Options {
  seed: number;
  /** Commands to send; the last batch is finished. */
  steps: number;
  /** How many clients act at once. 1: strictly one command after the other. */
  clients: number;
  members: number;
  tell?: (line: string) => void;
  /** For the tests of the laws themselves: what is done behind everybody's back once a batch is over. */
  meddle?: (batch: number) => Promise<void>;
}

/** What went wrong, where, and how it is seen again. */
export class Failure extends Error {
  constructor({ seed, steps, clients, members }: Options, place: string, cause: unknown) {
    const what = cause instanceof Broken ? `not kept: ${cause.law}\n  ${cause.found}` : `${(cause as Error).stack}`;
    const rerun = `npm run simulate -- --seed ${seed} --steps ${steps} --clients ${clients} --members ${members}`;
    super(`${what}\n  ${place}\n  to see it again: ${rerun}`, { cause });
  }
}
