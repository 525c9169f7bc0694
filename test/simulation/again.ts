import { isUnavailable } from '../../src/platform/describe-error.ts';

const TRIES = 5;

/** Faults that said "later", and passed: a crowd at one row. */
export const faults = { passed: 0 };

/** Does what may meet a crowd once more, as a client or the queue does with what failed and may pass later. */
export async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      if (tried === TRIES || !isUnavailable(error)) throw error;
      faults.passed += 1;
    }
  }
}

/** Waits for all of it, also where some has failed, so that nothing goes on behind; then fails as the first that did. */
export async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const ended = await Promise.allSettled(work);
  return ended.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
