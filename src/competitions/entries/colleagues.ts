import type { EntityManager } from 'typeorm';
import { cleanName } from '../../unions/roster/values.ts';

/** A colleague as a captain names her. */
export interface NamedColleague {
  name: string;
  staffNumber: string;
}

/**
 * The ids of the active members of a branch who have just these names and staff numbers, in order; undefined for what
 * fits nobody, or more than one: which of the two is wrong is not told. One statement, however many.
 */
export async function findColleagues(
  db: EntityManager,
  branchPath: string,
  named: readonly NamedColleague[],
): Promise<(string | undefined)[]> {
  if (named.length === 0) return [];
  const rows: { id: string; name: string; staffNumber: string }[] = await db.query(
    `SELECT m.id, m.name, m.staff_number AS staffNumber FROM union_node u JOIN member m ON m.union_id = u.id
     WHERE u.path LIKE ? AND m.staff_number IN (?) AND m.state = 'active'`,
    [`${branchPath}%`, named.map(({ staffNumber }) => staffNumber.trim())],
  );
  return named.map((one) => {
    const found = rows.filter((row) => plain(row) === plain(one));
    return found.length === 1 ? found[0]!.id : undefined;
  });
}

// Staff numbers are compared as the database compares them, names as rosters clean them.
function plain({ name, staffNumber }: NamedColleague): string {
  return `${staffNumber.trim().toUpperCase()} ${cleanName({ text: name, kind: 'text' })}`;
}
