import { type DestinationStream, pino } from 'pino';

export type Log = pino.Logger;

const MASKED = [
  'password',
  'phone',
  'idNumber',
  'accessToken',
  'refreshToken',
  'bindingToken',
  'token',
  'code',
  'phoneCode',
  'authorization',
  'cookie',
];

/**
 * The process's structured log, on standard output where nothing else is given. What could carry a secret or personal
 * data is never passed in; that values of these names are masked is the second fence.
 */
export function createLog(level: string, to?: DestinationStream): Log {
  const redact = {
    paths: [...MASKED, ...MASKED.map((name) => `*.${name}`), 'req.headers.authorization', 'req.headers.cookie'],
    censor: '[masked]',
  };
  return to ? pino({ level, redact }, to) : pino({ level, redact });
}
