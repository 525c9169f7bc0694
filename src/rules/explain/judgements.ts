import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { Deps } from '../../platform/deps.ts';
import type { KeptOutcome } from '../write-judgements.ts';

/** What each rule that looked at these events said of them last, by the event's id; none for an event not judged yet. */
async function judgementsOf(db: EntityManager, eventIds: readonly string[]): Promise<Map<string, KeptOutcome[]>> {
  const rows: { event_id: string; outcomes: string }[] = await db.query(
    'SELECT event_id, outcomes FROM judgement WHERE event_id IN (?)',
    [eventIds],
  );
  return new Map(rows.map((row) => [row.event_id, JSON.parse(row.outcomes)]));
}

/** The same for `loader(context, judgementLoader)`. */
export function judgementLoader({ db }: Deps): DataLoader<string, KeptOutcome[]> {
  return new DataLoader(async (ids) => {
    const found = await judgementsOf(db.manager, ids);
    return ids.map((id) => found.get(id) ?? []);
  });
}
