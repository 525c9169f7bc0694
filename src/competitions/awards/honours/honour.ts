import type { EntityManager } from 'typeorm';
import type { BeijingDay } from '../../../platform/clock.ts';
import { findUnions } from '../../../unions/queries.ts';
import { Entry } from '../../entries/entry.entity.ts';
import { readCertificateNumber } from '../../entries/number.ts';
import { Award } from '../../plan/award.entity.ts';
import { Competition, type Entrant } from '../../plan/competition.entity.ts';
import { Division } from '../../plan/division.entity.ts';
import { Win } from '../win.entity.ts';

/** What the certificate of an honour says. */
export interface Honour {
  number: string;
  /** 安徽省五一劳动奖状. */
  honour: string;
  award: string;
  place: number;
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
  wonOn: BeijingDay;
}

/** The honour whose certificate has a number, however it was typed; undefined when there is none. */
export async function honourOf(db: EntityManager, given: string): Promise<Honour | undefined> {
  const number = readCertificateNumber(given);
  const win = number === undefined ? null : await db.findOneBy(Win, { honourNumber: number });
  if (!win) return undefined;
  const { competitionId, awardNumber, place, wonOn } = win;
  const award = await db.findOneByOrFail(Award, { competitionId, number: awardNumber });
  const entry = await db.findOneByOrFail(Entry, { id: win.entryId });
  const competition = await db.findOneByOrFail(Competition, { id: competitionId });
  const division = entry.divisionId === null ? null : await db.findOneByOrFail(Division, { id: entry.divisionId });
  const unions = await findUnions(db, [entry.unionId, competition.unionId]);
  const nameOf = (unionId: string) => unions.find(({ id }) => id === unionId)!.name;
  return {
    ...{ number: win.honourNumber!, honour: award.honourName!, award: award.name, place, wonOn },
    ...{ competition: competition.name, year: competition.year, organiser: nameOf(competition.unionId) },
    ...{ division: division?.name ?? null, kind: entry.kind, name: entry.name, firm: nameOf(entry.unionId) },
  };
}
