import type { Deps } from '../../src/platform/deps.ts';
import { jobs } from '../../workers/jobs.ts';
import { again, allOf } from './again.ts';
import type { Sim } from './command.ts';
import { purseOf } from './member.ts';
import { ownAccount } from './world.ts';

const noProgress = async () => {};

/** The periodic jobs that move something, and how often a batch meets one; the others only look, sweep or count. */
const PERIODIC = [
  { name: 'seal-transfers', often: 0.5 },
  { name: 'expire-lots', often: 0.3 },
  { name: 'lapse-vouchers', often: 0.3 },
  { name: 'lapse-holds', often: 0.3 },
  { name: 'release-stock', often: 0.2 },
  { name: 'put-up-treats', often: 0.2 },
  { name: 'pay-due', often: 0.3 },
  { name: 'prepare-lotteries', often: 0.3 },
  { name: 'advance-lotteries', often: 0.4 },
  { name: 'close-months', often: 0.15 },
  { name: 'roll-up-figures', often: 0.1 },
  { name: 'sweep-cards', often: 0.05 },
];

/** What a batch has of jobs: which, and whether two machines do them at once, or one does them twice. */
export interface Shift {
  names: readonly string[];
  machines: 1 | 2;
  twice: boolean;
  /** Whether the outbox is worked off. */
  relays: boolean;
}

const HOUR_MS = 3_600_000;

/**
 * The jobs of a batch that comes so long after the one before, by the seed: nearly all after many hours. Some come late:
 * what is due is done by a later one.
 */
export function chooseShift({ random }: Sim, sinceMs: number): Shift {
  const least = sinceMs > 6 * HOUR_MS ? 0.85 : 0;
  const names = PERIODIC.filter(({ often }) => random.chance(Math.max(often, least))).map(({ name }) => name);
  const [machines, twice, relays] = [random.chance(0.2), random.chance(0.1), random.chance(0.7)];
  return { names, machines: machines ? 2 : 1, twice, relays };
}

/** Everything that is due, once. */
export const EVERYTHING: Shift = { names: PERIODIC.map(({ name }) => name), machines: 1, twice: false, relays: true };

/** Runs the jobs of a shift as the job process does, without any queue. */
export async function work(sim: Sim, { names, machines, twice, relays }: Shift): Promise<void> {
  const { processes } = sim.world;
  const asked = relays ? await outbox(sim) : [];
  const turn = async (process: Deps) => {
    for (const { job, payload } of asked) await run(process, job, payload);
    for (const name of names) await run(process, name, {});
  };
  await allOf(processes.slice(0, machines).map(turn));
  if (twice) await turn(processes[0]);
  if (asked.length > 0) {
    await sim.world.deps.db.query('DELETE FROM outbox WHERE id IN (?)', [asked.map(({ id }) => id)]);
  }
  if (names.includes('lapse-vouchers')) lapseInModel(sim);
}

async function outbox({ world }: Sim): Promise<{ id: string; job: string; payload: unknown }[]> {
  const rows: { id: string; job: string; payload: string }[] = await world.deps.db.query(
    'SELECT id, job, payload FROM outbox ORDER BY id LIMIT 300',
  );
  return rows.map(({ id, job, payload }) => ({ id, job, payload: JSON.parse(payload) }));
}

async function run(deps: Deps, name: string, payload: unknown): Promise<void> {
  const job = jobs.find(({ definition }) => definition.name === name)!;
  await again(() => job.run(deps, job.definition.payload.parse(payload), noProgress));
}

function lapseInModel(sim: Sim): void {
  const { model, world } = sim;
  model.lapse((kind, voucher) => {
    if (kind === 'member') return purseOf(sim, voucher).member;
    return ownAccount(world, kind, model.offers[voucher.offer]!.programme);
  });
}
