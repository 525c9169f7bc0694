import { describeError } from './describe-error.ts';
import type { Log } from './log.ts';

/**
 * Ends this process in order on SIGTERM or SIGINT: runs `close` and exits with 0, or with 1 when it fails. A second
 * signal ends it at once.
 */
export function closeOnSignal(log: Log, close: () => Promise<void>): void {
  let closing = false;
  const end = async (signal: string) => {
    if (closing) process.exit(1);
    closing = true;
    log.info(`${signal}: closing`);
    try {
      await close();
      process.exit(0);
    } catch (error) {
      log.error({ error: describeError(error) }, 'closing failed');
      process.exit(1);
    }
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}
