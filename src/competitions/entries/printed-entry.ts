import type { EntityManager } from 'typeorm';
import { findUnions } from '../../unions/queries.ts';
import { Competition, type Entrant } from '../plan/competition.entity.ts';
import { Division } from '../plan/division.entity.ts';
import type { Entry } from './entry.entity.ts';

/** What every certificate of an entry says. */
export interface PrintedEntry {
  competition: string;
  year: number;
  /** The union whose competition it is. */
  organiser: string;
  division: string | null;
  kind: Entrant;
  /** Of the firm, the team or the member. */
  name: string;
  /** The firm, or the union of people who work in none. */
  firm: string;
}

export async function printedEntry(db: EntityManager, entry: Entry): Promise<PrintedEntry> {
  const competition = await db.findOneByOrFail(Competition, { id: entry.competitionId });
  const division = entry.divisionId === null ? null : await db.findOneByOrFail(Division, { id: entry.divisionId });
  const unions = await findUnions(db, [entry.unionId, competition.unionId]);
  const nameOf = (unionId: string) => unions.find(({ id }) => id === unionId)!.name;
  return {
    ...{ competition: competition.name, year: competition.year, organiser: nameOf(competition.unionId) },
    ...{ division: division?.name ?? null, kind: entry.kind, name: entry.name, firm: nameOf(entry.unionId) },
  };
}
