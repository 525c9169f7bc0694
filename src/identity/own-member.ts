import type { EntityManager } from 'typeorm';
import type { AdminCaller } from './caller.ts';

/** The id of the member that an admin is; null when she is none or nobody has written it down, and for an API token. */
export async function memberIdOf(
  db: EntityManager,
  { operatorId }: Pick<AdminCaller, 'operatorId'>,
): Promise<string | null> {
  if (operatorId === null) return null;
  const [row] = await db.query<{ member_id: string | null }[]>('SELECT member_id FROM operator WHERE id = ?', [
    operatorId,
  ]);
  return row?.member_id ?? null;
}
