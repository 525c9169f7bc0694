import type { Command, Sim } from './command.ts';

/**
 * Tells the model what the members whom these commands are about can spend now: the sum of their lots that live. After
 * every batch the laws find those lots to be what the accepted commands have left.
 */
export async function readPurses({ model, world }: Sim, commands: readonly Command[]): Promise<void> {
  model.spendable.clear();
  const touches = commands.flatMap((command) => command.touches());
  const numbers = [...new Set(touches.flatMap((touch) => /^. member (\d+)$/.exec(touch)?.[1] ?? []))].map(Number);
  if (numbers.length === 0) return;
  const rows: { ownerId: string; programmeId: string; points: string }[] = await world.deps.db.query(
    `SELECT a.owner_id AS ownerId, a.programme_id AS programmeId, SUM(l.remaining) AS points
     FROM account a JOIN lot l ON l.account_id = a.id AND l.is_open = 1 AND l.expires_at > ?
     WHERE a.owner_id IN (?) AND a.kind = 'member' GROUP BY a.owner_id, a.programme_id`,
    [model.now, numbers.map((number) => world.memberIds[number])],
  );
  const found = new Map(rows.map((row) => [`${row.ownerId} ${row.programmeId}`, Number(row.points)]));
  for (const number of numbers) {
    for (const [programme, id] of world.programmeIds.entries()) {
      model.spendable.set(`${number} ${programme}`, found.get(`${world.memberIds[number]} ${id}`) ?? 0);
    }
  }
}
