/** Both ends of a process that a bench forks: the parent gives it one order at a time over IPC, and it answers each. */
import { type ChildProcess, fork, type Serializable } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The parent's end. */
export class Child<Order extends Serializable, Answer> {
  private readonly child: ChildProcess;

  /** Starts a file of this folder. */
  constructor(private readonly file: string) {
    this.child = fork(fileURLToPath(new URL(file, import.meta.url)), { execArgv: ['--import', 'tsx'] });
  }

  /** Gives an order and resolves with the answer. Rejects when the process ends instead. */
  ask(order: Order): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error(`the process of ${this.file} has ended: see above`));
      this.child.once('exit', ended);
      this.child.once('message', (message) => {
        this.child.off('exit', ended);
        resolve(message as Answer);
      });
      this.child.send(order);
    });
  }

  close(): void {
    this.child.disconnect();
  }
}

/** The child's end: answers every order, and ends when the parent has no more. */
export function answer<Order>(work: (order: Order) => Promise<Serializable>): void {
  process.on('message', async (order: Order) => process.send!(await work(order)));
  process.on('disconnect', () => process.exit());
}

/** The most memory that this process has held. */
export const peakRssMb = () => process.resourceUsage().maxRSS / 1024;
