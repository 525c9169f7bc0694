import { QueryFailedError } from 'typeorm';

/** What the log gets to know of an error. Never a statement's parameters: they can hold personal data. */
export interface ErrorDescription {
  name: string;
  message: string;
  /** The error's own code, e.g. ECONNREFUSED. Not named `code`, which the log masks: vouchers have codes too. */
  errorCode?: string;
  /** The statement with its question marks. */
  sql?: string;
  stack?: string;
}

// What the database quotes of a statement that it refuses: Duplicate entry '138…' for key 'member.phone_hash'.
const QUOTED = [
  /(?<=entry )'.*'(?= for key)/s,
  /(?<=value:? )'.*'(?= for (column|function))/s,
  /(?<=near )'.*'(?= at line)/s,
];

/** A text with nothing in it that a statement carried: such values can be personal data. */
function withoutValues(text: string): string {
  return QUOTED.reduce((told, quoted) => told.replace(quoted, '?'), text);
}

/** Describes an error, and what caused it, for the log. */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { name: 'NotAnError', message: String(error) };
  const { code } = error as { code?: unknown };
  const said = error instanceof QueryFailedError ? withoutValues : (text: string) => text;
  return {
    name: error.name,
    message: said(error.message),
    ...(typeof code === 'string' && { errorCode: code }),
    ...(error instanceof QueryFailedError && { sql: error.query }),
    ...(error.stack !== undefined && { stack: said(error.stack) }),
  };
}

const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'POOL_CLOSED',
  'ERR_STREAM_DESTROYED',
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  // The disk is full, until somebody makes room.
  'ER_DISK_FULL',
  'ER_RECORD_FILE_FULL',
  // A node that is no part of its cluster (1047, which mysql2 knows by its older meaning; 1180 at COMMIT), or is read-only.
  'ER_UNKNOWN_COM_ERROR',
  'ER_ERROR_DURING_COMMIT',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_READ_ONLY_MODE',
  // A crowd at one row, for longer than a transaction tries again: it passes like an outage.
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
]);

// mysql2 and ioredis have no code for a connection or pool that has been closed.
const CLOSED = /connection is (in closed state|closed)|pool is closed|queue limit reached|max retries per request/i;

/** Whether a fault says only that the database or Redis is away or overrun, so that the same request may pass later. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, driverError, errors } = error as { code?: unknown; driverError?: unknown; errors?: unknown };
  return (
    (typeof code === 'string' && AWAY.has(code)) ||
    CLOSED.test(error.message) ||
    isUnavailable(driverError) ||
    isUnavailable(error.cause) ||
    // A host name with several addresses fails with all their errors together.
    (error instanceof AggregateError && Array.isArray(errors) && errors.some(isUnavailable))
  );
}
