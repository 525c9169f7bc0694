import DataLoader from 'dataloader';
import { In } from 'typeorm';
import type { Deps } from '../../platform/deps.ts';
import { groupBy } from '../../platform/group-by.ts';
import { DeclaredEventType } from './declared-event-type.entity.ts';
import type { EventType } from './event-type.ts';
import { withReadyMade } from './queries.ts';

/** The event types that a programme knows, by the programme's id. */
export function eventTypesLoader({ db }: Deps): DataLoader<string, EventType[]> {
  return new DataLoader(async (programmeIds) => {
    const rows = await db.manager.find(DeclaredEventType, {
      where: { programmeId: In([...programmeIds]) },
      order: { code: 'ASC' },
    });
    const declared = groupBy(rows, (row) => row.programmeId);
    return programmeIds.map((id) => withReadyMade(declared.get(id) ?? []));
  });
}
