import { describeError } from './describe-error.ts';
import type { Log } from './log.ts';

/** Does many pieces of work of which one that fails must keep no other back; what failed is thrown at the end. */
export class Failures {
  private readonly errors: unknown[] = [];

  constructor(private readonly log: Log) {}

  /** Does a piece of work. When it throws, that is logged with these words and what it was about. */
  async keep(about: Record<string, string>, message: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.log.error({ ...about, error: describeError(error) }, message);
      this.errors.push(error);
    }
  }

  /** Throws when something failed: the one error, or all of them together under this message. */
  throwAny(message: string): void {
    if (this.errors.length > 0)
      throw this.errors.length === 1 ? this.errors[0] : new AggregateError(this.errors, message);
  }
}
