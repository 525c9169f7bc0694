import type { EntityManager } from 'typeorm';
import { idsOnPath } from '../../unions/queries.ts';
import { cleanName } from '../../unions/roster/values.ts';

/** A colleague as a member names her. */
export interface NamedColleague {
  name: string;
  staffNumber: string;
}

/**
 * The ids of the members with just these names and staff numbers, in order, who have not left: of the same union as the
 * one who names them, else of its federation. Undefined for what fits nobody, or more than one: which of the two is wrong
 * is not told. One statement, however many.
 */
export async function findColleagues(
  db: EntityManager,
  unionPath: string,
  named: readonly NamedColleague[],
): Promise<(string | undefined)[]> {
  if (named.length === 0) return [];
  const rows: (NamedColleague & { id: string; path: string })[] = await db.query(
    `SELECT m.id, m.name, m.staff_number AS staffNumber, u.path FROM member m JOIN union_node u ON u.id = m.union_id
     WHERE m.staff_number IN (?) AND m.state <> 'left' AND u.path LIKE ?`,
    [named.map(({ staffNumber }) => staffNumber.trim()), `/${idsOnPath(unionPath)[0]}/%`],
  );
  return named.map((one) => {
    const found = rows.filter((row) => plain(row) === plain(one));
    const near = found.filter(({ path }) => path === unionPath);
    const [only, ...others] = near.length > 0 ? near : found;
    return others.length === 0 ? only?.id : undefined;
  });
}

// Staff numbers are compared as the database compares them, names as rosters clean them.
function plain({ name, staffNumber }: NamedColleague): string {
  return `${staffNumber.trim().toUpperCase()} ${cleanName({ text: name, kind: 'text' })}`;
}
