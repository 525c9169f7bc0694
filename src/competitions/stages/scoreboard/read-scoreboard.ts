import { LRUCache } from 'lru-cache';
import type { DataSource } from 'typeorm';
import { isId } from '../../../platform/ids.ts';
import { Scoreboard } from './scoreboard.entity.ts';

/** For so long a process shows a scoreboard that it has read: ten thousand phones cost it one statement a second. */
const LIFE_MS = 1000;
const MOST_KEPT = 1000;

type Kept = LRUCache<string, Promise<Scoreboard | null>>;

const keptOf = new WeakMap<DataSource, Kept>();

/** How a live stage stands, a second old at the most; null when it has no scoreboard. */
export function readScoreboard(db: DataSource, stageId: string): Promise<Scoreboard | null> {
  if (!isId(stageId)) return Promise.resolve(null);
  const kept: Kept = keptOf.get(db) ?? new LRUCache({ max: MOST_KEPT, ttl: LIFE_MS });
  keptOf.set(db, kept);
  const found = kept.get(stageId);
  if (found) return found;
  const read = db.manager.findOneBy(Scoreboard, { stageId });
  kept.set(stageId, read);
  // A failure is the answer to those who asked meanwhile, and not to the next.
  read.catch(() => kept.delete(stageId));
  return read;
}
