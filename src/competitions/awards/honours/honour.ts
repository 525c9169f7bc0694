import type { EntityManager } from 'typeorm';
import type { BeijingDay } from '../../../platform/clock.ts';
import { Entry } from '../../entries/entry.entity.ts';
import { readCertificateNumber } from '../../entries/number.ts';
import { type PrintedEntry, printedEntry } from '../../entries/printed-entry.ts';
import { Award } from '../../plan/award.entity.ts';
import { Win } from '../win.entity.ts';

/** What the certificate of an honour says. */
export interface Honour extends PrintedEntry {
  number: string;
  /** 安徽省五一劳动奖状. */
  honour: string;
  award: string;
  place: number;
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
  const printed = await printedEntry(db, entry);
  return { ...printed, number: win.honourNumber!, honour: award.honourName!, award: award.name, place, wonOn };
}
