import { setTimeout as pause } from 'node:timers/promises';

/** Work that goes on until it is closed. */
export interface Repeated {
  /** Stops after the turn under way. */
  close(): Promise<void>;
}

/**
 * Does a piece of work again and again, one turn after the other: at once while it says that it found something (a
 * count above 0), else after a pause in milliseconds. A turn that throws is told to `failed` and counts as nothing found.
 */
export function repeat(pauseMs: number, work: () => Promise<number>, failed: (error: unknown) => void): Repeated {
  const stop = new AbortController();
  const { signal } = stop;
  async function run(): Promise<void> {
    while (!signal.aborted) {
      const found = await work().catch((error) => {
        if (!signal.aborted) failed(error);
        return 0;
      });
      if (found === 0) await pause(pauseMs, undefined, { signal }).catch(() => {});
    }
  }
  const running = run();
  return {
    close: () => {
      stop.abort();
      return running;
    },
  };
}
