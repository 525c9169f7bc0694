import type { EntityManager } from 'typeorm';
import { maskName } from '../../../identity/personal-data.ts';
import type { Certificate } from '../../../platform/certificate/draw-certificate.ts';
import type { FoundHonour } from '../../../platform/certificate/found-honour.ts';
import type { BeijingDay } from '../../../platform/clock.ts';
import { Entry } from '../../entries/entry.entity.ts';
import { type PrintedEntry, printedEntry } from '../../entries/printed-entry.ts';
import { Award } from '../../plan/award.entity.ts';
import { Win } from '../win.entity.ts';

/** What the certificate of an honour of a competition says. */
export interface Honour extends PrintedEntry {
  number: string;
  /** 安徽省五一劳动奖状. */
  honour: string;
  award: string;
  place: number;
  wonOn: BeijingDay;
}

/** The honour of a competition whose certificate has a number; undefined when there is none. */
export async function competitionHonour(db: EntityManager, number: string): Promise<FoundHonour | undefined> {
  const win = await db.findOneBy(Win, { honourNumber: number });
  if (!win) return undefined;
  const { competitionId, awardNumber, place, wonOn } = win;
  const award = await db.findOneByOrFail(Award, { competitionId, number: awardNumber });
  const entry = await db.findOneByOrFail(Entry, { id: win.entryId });
  const printed = await printedEntry(db, entry);
  const honour: Honour = { ...printed, number, honour: award.honourName!, award: award.name, place, wonOn };
  const name = honour.kind === 'individual' ? maskName(honour.name) : honour.name;
  return { number, shown: { ...honour, name }, certificate: certificateOf(honour) };
}

/** The words of the certificate. */
export function certificateOf(honour: Honour): Certificate {
  const { number, kind, name, firm, competition, division, award, place, honour: title, organiser, wonOn } = honour;
  const at = division === null ? competition : `${competition}（${division}）`;
  return {
    ...{ number, occasion: competition, organiser, on: wonOn },
    whom: kind === 'firm' || name === firm ? name : `${name}（${firm}）`,
    said: `在${at}中获得${award}（第 ${place} 名），特授予“${title}”称号。\n特发此证，以资鼓励。`,
  };
}
