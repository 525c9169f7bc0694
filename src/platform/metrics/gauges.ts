import type { Redis } from 'ioredis';
import { collectDefaultMetrics, Gauge, type Metric, Registry } from 'prom-client';
import { outboxBacklog } from '../db/outbox-backlog.ts';
import { lastRun } from '../db/periodic-run.ts';
import { poolUse } from '../db/pool-use.ts';
import type { Deps } from '../deps.ts';
import { readHeartbeat } from '../heartbeat.ts';
import { queuePrefix } from '../queue.ts';
import { queueReader } from './queue-gauges.ts';
import { type Reader, readWithin } from './reader.ts';

/** What is looked at when somebody asks for the metrics. */
export interface Gauges {
  /** In Prometheus' text form. What cannot be read just now is left out, so that nothing stale is told. */
  text(): Promise<string>;
}

/** Makes the gauges of a process: its pool, event loop and memory, and what all processes share. */
export function createGauges(deps: Deps, redis: Redis): Gauges {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const readers = [
    poolReader(deps),
    outboxReader(deps),
    verificationReader(deps, 'ledger', 'the ledger'),
    verificationReader(deps, 'audit', 'the audit trail'),
    heartbeatReader(deps, redis),
    queueReader(deps, redis),
  ];
  for (const { gauges } of readers) for (const gauge of gauges) registry.registerMetric(gauge as Metric);
  return {
    text: async () => {
      await Promise.all(readers.map(readWithin));
      return registry.metrics();
    },
  };
}

function poolReader({ db }: Deps): Reader {
  const connections = new Gauge({
    name: 'xingfu_db_connections',
    help: "Connections of this process's pool.",
    labelNames: ['state'],
    registers: [],
  });
  const waiting = new Gauge({ name: 'xingfu_db_waiting', help: 'Who waits for a connection.', registers: [] });
  return {
    gauges: [connections, waiting],
    read: async () => {
      const use = poolUse(db);
      if (!use) return;
      connections.set({ state: 'used' }, use.used);
      connections.set({ state: 'idle' }, use.idle);
      waiting.set(use.waiting);
    },
  };
}

function outboxReader(deps: Deps): Reader {
  const labelNames = ['state'];
  const rows = new Gauge({
    name: 'xingfu_outbox_rows',
    help: 'Outbox rows that no queue has seen (unsent), and whose job is not done yet (sent).',
    labelNames,
    registers: [],
  });
  const oldest = new Gauge({
    name: 'xingfu_outbox_oldest_seconds',
    help: 'Age of the oldest outbox row.',
    labelNames,
    registers: [],
  });
  return {
    gauges: [rows, oldest],
    read: async () => {
      for (const [state, backlog] of Object.entries(await outboxBacklog(deps))) {
        rows.set({ state }, backlog.rows);
        oldest.set({ state }, backlog.oldestSeconds);
      }
    },
  };
}

function verificationReader({ db, clock }: Deps, name: 'ledger' | 'audit', what: string): Reader {
  const differences = new Gauge({
    name: `xingfu_${name}_differences`,
    help: `Differences that the last nightly verification of ${what} found.`,
    registers: [],
  });
  const age = new Gauge({
    name: `xingfu_${name}_verified_seconds`,
    help: `Time since the last nightly verification of ${what} ended.`,
    registers: [],
  });
  return {
    gauges: [differences, age],
    read: async () => {
      const run = await lastRun(db, `verify-${name}`);
      if (!run) return;
      differences.set((run.detail as { differences: number }).differences);
      age.set((clock.now().getTime() - run.finishedAt.getTime()) / 1000);
    },
  };
}

function heartbeatReader({ config }: Deps, redis: Redis): Reader {
  const age = new Gauge({
    name: 'xingfu_job_process_heartbeat_seconds',
    help: 'Time since a job process gave a sign of life.',
    registers: [],
  });
  return {
    gauges: [age],
    read: async () => {
      const heard = await readHeartbeat(redis, queuePrefix(config.databaseUrl));
      if (heard) age.set(heard.ageSeconds);
    },
  };
}
