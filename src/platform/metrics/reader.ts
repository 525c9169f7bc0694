import { setTimeout as pause } from 'node:timers/promises';
import type { Gauge } from 'prom-client';

/** Gauges that are read together. */
export interface Reader {
  gauges: Gauge<string>[];
  /** Sets the gauges. A label that it does not set is not told. */
  read(): Promise<void>;
}

const PATIENCE_MS = 2_000;

const reading = new WeakSet<Reader>();

/** Sets a reader's gauges anew. What does not answer in two seconds, or fails, leaves them empty. */
export async function readWithin(reader: Reader): Promise<void> {
  // Not a second time while the first still waits for an answer.
  if (reading.has(reader)) return;
  reading.add(reader);
  await Promise.all(reader.gauges.map(empty));
  const read = reader
    .read()
    .catch(() => {})
    .finally(() => reading.delete(reader));
  await Promise.race([read, pause(PATIENCE_MS, undefined, { ref: false })]);
}

// Its own reset would leave a gauge without labels at 0, which is no way of saying that nothing is known.
async function empty(gauge: Gauge<string>): Promise<void> {
  const { values } = await gauge.get();
  for (const { labels } of values) gauge.remove(labels);
}
