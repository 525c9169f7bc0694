import { Between, type EntityManager, In } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';
import { MemberChild } from '../../unions/family/member-child.entity.ts';
import { childrenBornBetween } from '../../unions/family/queries.ts';
import { EVENTS_AT_ONCE } from '../job-definitions.ts';
import type { NamedEvent } from '../write-events.ts';
import type { Days } from './anniversary.ts';
import { SCHOOL_ENTRY } from './milestone-kinds.ts';
import { pages } from './pages.ts';

/** The first day of school in a year. */
export const firstDayOfSchool = (year: number): BeijingDay => `${year}-09-01`;

/**
 * When the children were born who enter school in a year: those who are six when it begins (Compulsory Education Law,
 * art. 11).
 */
export function bornForSchool(year: number): Days {
  return { from: `${year - 7}-09-01`, until: `${year - 6}-08-31` };
}

/** The confirmed children of a branch who enter school in a year, as events of that first day of school, by pages. */
export async function* schoolEntries(db: EntityManager, unionPath: string, year: number): AsyncGenerator<NamedEvent[]> {
  const born = bornForSchool(year);
  const asked = { from: born.from, to: born.until, unionPath, limit: EVENTS_AT_ONCE };
  const found = pages((last: { childId: string } | undefined) =>
    childrenBornBetween(db, { ...asked, after: last?.childId ?? '' }),
  );
  for await (const children of found) {
    const names = await namesOfChildren(
      db,
      children.map((child) => child.memberId),
      born,
    );
    yield children.flatMap(({ childId, memberId }) => {
      const name = names.get(childId);
      // The member took the consent back at this moment.
      if (name === undefined) return [];
      const { type, word, attribute } = SCHOOL_ENTRY;
      const attributes = { [attribute]: name };
      return [{ memberId, type, attributes, occurredOn: firstDayOfSchool(year), reference: `${word}:${childId}` }];
    });
  }
}

/** A text for each child of these members that tells it from the member's other children: "2020年3月生（老大）". */
async function namesOfChildren(
  db: EntityManager,
  memberIds: readonly string[],
  { from, until }: Days,
): Promise<Map<string, string>> {
  const children = await db.find(MemberChild, {
    where: { memberId: In([...memberIds]), birthDate: Between(from, until) },
    order: { id: 'ASC' },
  });
  const used = new Map<string, number>();
  return new Map(
    children.map(({ id, memberId, birthDate, nameHint }) => {
      const [year, month] = birthDate.split('-').map(Number);
      const name = `${year}年${month}月生${nameHint === null ? '' : `（${nameHint}）`}`;
      const key = `${memberId} ${name}`;
      const place = (used.get(key) ?? 0) + 1;
      used.set(key, place);
      return [id, place === 1 ? name : `${name}之${place}`];
    }),
  );
}
