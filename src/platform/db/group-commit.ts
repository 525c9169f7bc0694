import type { Span } from '@opentelemetry/api';
import type { DataSource } from 'typeorm';
import { type Deps, processDeps } from '../deps.ts';
import { isUnavailable } from '../describe-error.ts';
import { batchCommands, batchSeconds } from '../metrics/counted.ts';
import { inTransaction, isLostRace, type Tx } from './transaction.ts';

// While one batch waits for this process, the database works at the other. A third makes all of them smaller and gains
// nothing; measured with 256 callers.
const LANES = 2;

interface Waiting<C, O> {
  command: C;
  /** In which the caller waits, where the process traces. */
  span: Span | undefined;
  resolve: (outcome: O) => void;
  reject: (error: unknown) => void;
}

/**
 * Commits concurrent commands together. Commands that arrive while batches are being committed wait for the next one;
 * `run` decides and writes a whole batch in one transaction and returns one outcome for each command, in order. `name`
 * is what metrics and traces call it.
 *
 * A caller is answered only after the commit. A batch that fails with a fault is run again one command at a time, so
 * that a command which the database will not take harms only itself.
 */
export class GroupCommit<C, O> {
  private waiting: Waiting<C, O>[] = [];
  private running = 0;

  constructor(
    private readonly deps: Pick<Deps, 'db' | 'tracer'>,
    private readonly name: string,
    private readonly run: (tx: Tx, commands: readonly C[]) => Promise<O[]>,
    private readonly largestBatch = 256,
  ) {}

  /** Puts a command into the next batch and resolves with its outcome once that is committed. */
  submit(command: C): Promise<O> {
    return new Promise<O>((resolve, reject) => {
      this.waiting.push({ command, span: this.deps.tracer?.current(), resolve, reject });
      if (this.running < LANES) keepUnderWay(this.deps.db, this.commitAll());
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
      await this.commitTogether(batch);
    } catch (error) {
      if (batch.length === 1) batch[0]!.reject(error);
      else await this.commitEach(batch);
    }
  }

  /** One after the other. When one finds the database away, the rest hear so too, instead of waiting for it in turn. */
  private async commitEach(batch: Waiting<C, O>[]): Promise<void> {
    let away: unknown;
    for (const one of batch) {
      if (away !== undefined) one.reject(away);
      else
        await this.commitTogether([one]).catch((error) => {
          one.reject(error);
          if (isUnavailable(error) && !isLostRace(error)) away = error;
        });
    }
  }

  private async commitTogether(batch: Waiting<C, O>[]): Promise<void> {
    const began = performance.now();
    const outcomes = await this.transact(batch);
    batchCommands.observe({ batch: this.name }, batch.length);
    batchSeconds.observe({ batch: this.name }, (performance.now() - began) / 1000);
    batch.forEach((one, i) => {
      one.resolve(outcomes[i]!);
    });
  }

  private transact(batch: Waiting<C, O>[]): Promise<O[]> {
    const commands = batch.map((one) => one.command);
    const work = () => inTransaction(this.deps.db, (tx) => this.run(tx, commands));
    const { tracer } = this.deps;
    if (!tracer) return work();
    // The batch stands in the trace of its first caller, and each other caller's span points to it.
    const [first = null, ...others] = batch.flatMap(({ span }) => span ?? []);
    return tracer.inSpan(
      `batch ${this.name}`,
      { 'xingfu.batch.commands': batch.length },
      (span) => {
        for (const other of others) other.addLink({ context: span.spanContext() });
        return work();
      },
      { under: first, links: others },
    );
  }
}

/**
 * Makes the way in which commands of one kind are committed: each process has one group for them. `run` gets the deps
 * of the process, because a batch is no one request's.
 */
export function groupCommit<C, O>(
  name: string,
  run: (tx: Tx, commands: readonly C[], deps: Deps) => Promise<O[]>,
): (deps: Deps, command: C) => Promise<O> {
  const groups = new WeakMap<Deps, GroupCommit<C, O>>();
  return (deps, command) => {
    const process = processDeps(deps);
    let group = groups.get(process);
    if (!group) {
      group = new GroupCommit(process, name, (tx, commands) => run(tx, commands, process));
      groups.set(process, group);
    }
    return group.submit(command);
  };
}

const underWay = new WeakMap<DataSource, Set<Promise<void>>>();

function keepUnderWay(db: DataSource, lane: Promise<void>): void {
  const lanes = underWay.get(db) ?? new Set();
  underWay.set(db, lanes.add(lane));
  void lane.finally(() => lanes.delete(lane));
}

/** Resolves when every command that was submitted on this database has its outcome, also of callers who have gone away. */
export async function batchesDone(db: DataSource): Promise<void> {
  await Promise.all(underWay.get(db) ?? []);
}
