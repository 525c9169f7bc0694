import type { DataSource } from 'typeorm';
import { inTransaction, type Tx } from './transaction.ts';

// While one batch waits for this process, the database works at the other. A third makes all of them smaller and gains
// nothing; measured with 256 callers.
const LANES = 2;

interface Waiting<C, O> {
  command: C;
  resolve: (outcome: O) => void;
  reject: (error: unknown) => void;
}

/**
 * Commits concurrent commands together. Commands that arrive while batches are being committed wait for the next one;
 * `run` decides and writes a whole batch in one transaction and returns one outcome for each command, in order.
 *
 * A caller is answered only after the commit. A batch that fails with a fault is run again one command at a time, so
 * that a command which the database will not take harms only itself.
 */
export class GroupCommit<C, O> {
  private waiting: Waiting<C, O>[] = [];
  private running = 0;

  constructor(
    private readonly db: DataSource,
    private readonly run: (tx: Tx, commands: readonly C[]) => Promise<O[]>,
    private readonly largestBatch = 256,
  ) {}

  /** Puts a command into the next batch and resolves with its outcome once that is committed. */
  submit(command: C): Promise<O> {
    return new Promise<O>((resolve, reject) => {
      this.waiting.push({ command, resolve, reject });
      if (this.running < LANES) void this.commitAll();
    });
  }

  private async commitAll(): Promise<void> {
    this.running += 1;
    // One turn of the event loop, so that requests which were read from their sockets together are committed together.
    await new Promise((resume) => setImmediate(resume));
    while (this.waiting.length > 0) await this.commit(this.waiting.splice(0, this.largestBatch));
    this.running -= 1;
  }

  private async commit(batch: Waiting<C, O>[]): Promise<void> {
    try {
      const outcomes = await inTransaction(this.db, (tx) =>
        this.run(
          tx,
          batch.map((one) => one.command),
        ),
      );
      batch.forEach((one, i) => {
        one.resolve(outcomes[i]!);
      });
    } catch (error) {
      if (batch.length === 1) batch[0]!.reject(error);
      else for (const one of batch) await this.commit([one]);
    }
  }
}
