import type { DataSource } from 'typeorm';
import { Servers } from './servers.ts';

/** How much of a pool is in use. */
export interface PoolUse {
  used: number;
  idle: number;
  /** Those who wait for a connection. */
  waiting: number;
}

interface Counted {
  readonly length: number;
}

// mysql2 tells this nowhere else.
interface Pool {
  _allConnections: Counted;
  _freeConnections: Counted;
  _connectionQueue: Counted;
}

/** Counts the connections of a data source, of several servers those to the one in use; undefined where it has no single pool. */
export function poolUse(db: DataSource): PoolUse | undefined {
  const driver = db.driver as { pool?: Partial<Pool> | Servers };
  const pool = driver.pool instanceof Servers ? (driver.pool.current as Partial<Pool>) : driver.pool;
  if (!pool?._allConnections || !pool._freeConnections || !pool._connectionQueue) return undefined;
  const idle = pool._freeConnections.length;
  return { used: pool._allConnections.length - idle, idle, waiting: pool._connectionQueue.length };
}
