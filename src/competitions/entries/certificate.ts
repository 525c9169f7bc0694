import type { EntityManager } from 'typeorm';
import { maskName } from '../../identity/personal-data.ts';
import { findUnions } from '../../unions/queries.ts';
import { Competition, type Entrant } from '../plan/competition.entity.ts';
import { Division } from '../plan/division.entity.ts';
import { Entry, type EntryState } from './entry.entity.ts';
import { readCertificateNumber } from './number.ts';

/** What the certificate of an entry says to whoever holds it and asks whether it is true. */
export interface EntryCertificate {
  number: string;
  competition: string;
  year: number;
  /** The union whose competition it is. */
  organiser: string;
  division: string | null;
  kind: Entrant;
  /** Of the firm or team; of a member with all but the ends hidden, to be compared with the paper. */
  name: string;
  /** The firm, or the union of people who work in none. */
  firm: string;
  state: EntryState;
  enteredAt: Date;
}

/** The certificate of a number, however it was typed; undefined when no entry has it. For everyone who has the number. */
export async function certificateOf(db: EntityManager, given: string): Promise<EntryCertificate | undefined> {
  const number = readCertificateNumber(given);
  const entry = number === undefined ? null : await db.findOneBy(Entry, { number });
  if (!entry) return undefined;
  const competition = await db.findOneByOrFail(Competition, { id: entry.competitionId });
  const division = entry.divisionId === null ? null : await db.findOneByOrFail(Division, { id: entry.divisionId });
  const unions = await findUnions(db, [entry.unionId, competition.unionId]);
  const nameOf = (unionId: string) => unions.find(({ id }) => id === unionId)!.name;
  return {
    number: entry.number,
    competition: competition.name,
    year: competition.year,
    organiser: nameOf(competition.unionId),
    division: division?.name ?? null,
    kind: entry.kind,
    name: entry.kind === 'individual' ? maskName(entry.name) : entry.name,
    firm: nameOf(entry.unionId),
    state: entry.state,
    enteredAt: entry.enteredAt,
  };
}
