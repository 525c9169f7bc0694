import type { Deps } from '../deps.ts';

/** Outbox rows in one state. */
export interface Backlog {
  rows: number;
  /** The age of the oldest, 0 when there is none. */
  oldestSeconds: number;
}

/** What the outbox holds: `unsent`, that no queue has seen; `sent`, whose job is not done yet. */
export interface OutboxBacklog {
  unsent: Backlog;
  sent: Backlog;
}

/** How old the oldest work of each kind is, in seconds. Two look-ups in indexes, however full the outbox is. */
export async function outboxAges({ db, clock }: Deps): Promise<{ unsent: number; undone: number }> {
  const rows: { state: 'unsent' | 'undone'; created_at: Date }[] = await db.query(
    `(SELECT 'unsent' AS state, created_at FROM outbox WHERE relayed_at IS NULL ORDER BY id LIMIT 1)
     UNION ALL (SELECT 'undone', created_at FROM outbox ORDER BY id LIMIT 1)`,
  );
  const now = clock.now().getTime();
  const age = (state: string) => {
    const row = rows.find((one) => one.state === state);
    return row ? Math.max(0, (now - row.created_at.getTime()) / 1000) : 0;
  };
  return { unsent: age('unsent'), undone: age('undone') };
}

/** Counts the whole outbox. */
export async function outboxBacklog({ db, clock }: Deps): Promise<OutboxBacklog> {
  const rows: { sent: number; number: number; oldest: Date }[] = await db.query(
    'SELECT relayed_at IS NOT NULL AS sent, COUNT(*) AS number, MIN(created_at) AS oldest FROM outbox GROUP BY relayed_at IS NOT NULL',
  );
  const now = clock.now().getTime();
  const of = (sent: number): Backlog => {
    const row = rows.find((one) => Number(one.sent) === sent);
    if (!row) return { rows: 0, oldestSeconds: 0 };
    return { rows: Number(row.number), oldestSeconds: Math.max(0, (now - row.oldest.getTime()) / 1000) };
  };
  return { unsent: of(0), sent: of(1) };
}
