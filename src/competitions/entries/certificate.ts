import type { EntityManager } from 'typeorm';
import { maskName } from '../../identity/personal-data.ts';
import { readCertificateNumber } from '../../platform/certificate/number.ts';
import { Entry, type EntryState } from './entry.entity.ts';
import { type PrintedEntry, printedEntry } from './printed-entry.ts';

/**
 * What the certificate of an entry says to whoever holds it and asks whether it is true. A member's name has all but the
 * ends hidden, to be compared with the paper.
 */
export interface EntryCertificate extends PrintedEntry {
  number: string;
  state: EntryState;
  enteredAt: Date;
}

/** The certificate of a number, however it was typed; undefined when no entry has it. For everyone who has the number. */
export async function certificateOf(db: EntityManager, given: string): Promise<EntryCertificate | undefined> {
  const number = readCertificateNumber(given);
  const entry = number === undefined ? null : await db.findOneBy(Entry, { number });
  if (!entry) return undefined;
  const { state, enteredAt } = entry;
  const printed = await printedEntry(db, entry);
  const name = entry.kind === 'individual' ? maskName(entry.name) : entry.name;
  return { ...printed, name, number: entry.number, state, enteredAt };
}
