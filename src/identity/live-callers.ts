import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import type { DataSource } from 'typeorm';

/** How long, in milliseconds, a process may believe what it last read about a caller. */
export const BELIEVED_MS = 5_000;

/** How long, in milliseconds, a process looks a caller up for each request after it changed something about it. Longer than any transaction. */
const WATCHED_MS = 60_000;

interface Believed<A> {
  answer: A;
  /** The ids of the session, subject or API token that the answer rests on. */
  about: readonly string[];
  until: number;
}

/** What one process remembers about those who call, under the id of their session or the hash of their API token. */
export class LiveCallers<A> {
  private readonly believed = new LRUCache<string, Believed<A>>({ max: 50_000 });

  constructor(private readonly db: DataSource) {}

  /** What is remembered under a key, if it is younger than five seconds and nothing that it rests on was changed here. */
  get(key: string, now: number): A | undefined {
    const found = this.believed.get(key);
    if (!found || now >= found.until || this.isWatched(found.about)) return undefined;
    return found.answer;
  }

  /** Remembers what was read from the database at `readAt`, for five seconds from then. */
  set(key: string, answer: A, about: readonly string[], readAt: number): void {
    this.believed.set(key, { answer, about, until: readAt + BELIEVED_MS });
  }

  private isWatched(about: readonly string[]): boolean {
    const watched = watchedIds(this.db);
    return about.some((id) => watched.has(id));
  }
}

const watchedByDb = new WeakMap<DataSource, LRUCache<string, true>>();

function watchedIds(db: DataSource): LRUCache<string, true> {
  let watched = watchedByDb.get(db);
  if (!watched) {
    watched = new LRUCache({ max: 20_000, ttl: WATCHED_MS });
    watchedByDb.set(db, watched);
  }
  return watched;
}

/**
 * Tells this process that a session, subject (member, operator) or API token is being changed, so that its next request
 * is looked up anew; other processes find out within five seconds. May be called inside the transaction that changes
 * it: for a minute nothing remembered about this id is used, so it does not matter when the commit comes.
 */
export function lookUpAnew(db: DataSource, id: string): void {
  watchedIds(db).set(id, true);
}

/**
 * A loader for the whole process that remembers nothing and asks for many keys at once. While nothing is under way a
 * batch leaves at the end of the event loop's turn; while one is, the next gathers until that has come back. So a crowd
 * of requests makes statements as large, and as few, as the database is slow.
 */
export function gatheringLoader<K, V>(load: (keys: readonly K[]) => Promise<V[]>): DataLoader<K, V> {
  let underWay = 0;
  let gathered: (() => void)[] = [];
  return new DataLoader<K, V>(
    async (keys) => {
      underWay += 1;
      try {
        return await load(keys);
      } finally {
        underWay -= 1;
        const leaving = gathered;
        gathered = [];
        for (const dispatch of leaving) dispatch();
      }
    },
    {
      cache: false,
      maxBatchSize: 1000,
      batchScheduleFn: (dispatch) => {
        if (underWay === 0) setImmediate(dispatch);
        else gathered.push(dispatch);
      },
    },
  );
}
