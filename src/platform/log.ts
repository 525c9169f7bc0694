import { pino } from 'pino';

export type Log = pino.Logger;

/** The process's structured log, on standard output. What could carry a secret or personal data is never passed in; the paths below are the second fence. */
export function createLog(level: string): Log {
  return pino({
    level,
    redact: {
      paths: [
        'req.headers.authorization',
        '*.password',
        '*.phone',
        '*.idNumber',
        '*.refreshToken',
        '*.accessToken',
        '*.code',
      ],
      censor: '[masked]',
    },
  });
}
