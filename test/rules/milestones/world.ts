import { addDays } from '../../../src/platform/clock.ts';
import { insertRows } from '../../../src/platform/db/sql.ts';
import { accrue } from '../../../src/rules/accrue.ts';
import type { RuleDraft } from '../../../src/rules/definition.ts';
import { findMilestones } from '../../../src/rules/milestones/find-milestones.ts';
import { aMember, type Person } from '../../unions/tree.ts';
import { aWorld } from '../world.ts';

export const EVERY_BIRTHDAY: RuleDraft = {
  award: { kind: 'fixed', points: 100 },
  occurrence: { kind: 'values', attributes: ['年份'] },
};

/** Points for these full years, and nothing for others. */
export const forYears = (attribute: string, ...years: number[]): RuleDraft => ({
  award: { kind: 'tiered', attribute, tiers: years.map((year) => ({ value: String(year), points: year * 10 })) },
  occurrence: { kind: 'values', attributes: [attribute] },
});

export const EVERY_CHILD: RuleDraft = {
  award: { kind: 'fixed', points: 200 },
  occurrence: { kind: 'values', attributes: ['子女'] },
};

/** What a member lived, as it was recorded. */
export interface Lived {
  type: string;
  occurredOn: string;
  attributes: Record<string, string | number>;
  state: string;
}

/** A programme on a day, twenty past midnight, with nobody on its roll and no rule. */
export async function aYear(day: string) {
  const world = await aWorld({ memberCount: 0 });
  const { deps, unionId, programmeId } = world;
  const { db, clock } = deps;
  const at = (date: string, time = '00:20') => clock.set(`${date}T${time}:00+08:00`);
  at(day);
  const join = (person: Person) => aMember(deps, unionId, person);
  const change = (memberId: string, column: 'birth_date' | 'name' | 'state', value: string) =>
    db.query(`UPDATE member SET ${column} = ?, updated_at = ? WHERE id = ?`, [value, clock.now(), memberId]);
  const find = () => findMilestones(deps);
  /** Makes it a later day, as if the job had run every day before it. */
  const skipTo = async (date: string) => {
    at(addDays(date, -1));
    const run = [programmeId, addDays(date, -1), 'done', 0, clock.now(), clock.now()];
    const columns = ['programme_id', 'day', 'state', 'recorded', 'looked_until', 'finished_at'];
    await insertRows(db.manager, 'milestone_run', columns, [run]);
    at(date);
  };
  /** Does what the outbox asks for, as the job process would. */
  const pay = async () => {
    const asked = (await world.outbox()).filter(({ job }) => job === 'accrue');
    for (const { payload } of asked) await accrue(deps, payload.eventIds as string[]);
  };
  /** What a member lived, or everybody when nobody is named, in order of day. */
  const lived = async (memberId = '%'): Promise<Lived[]> => {
    const rows: (Omit<Lived, 'attributes'> & { attributes: string })[] = await db.query(
      `SELECT type, occurred_on AS occurredOn, attributes, state FROM activity_event
       WHERE member_id LIKE ? ORDER BY occurred_on, reference, id`,
      [memberId],
    );
    return rows.map((row) => ({ ...row, attributes: JSON.parse(row.attributes) }));
  };
  /** The days on which milestones of a member fell. */
  const days = async (memberId?: string) => (await lived(memberId)).map((event) => event.occurredOn);
  const runs = (): Promise<{ day: string; state: string; recorded: number }[]> =>
    db.query('SELECT day, state, recorded FROM milestone_run WHERE programme_id = ? ORDER BY day', [programmeId]);
  return { ...world, at, skipTo, join, change, find, pay, lived, days, runs };
}
