import { beijingDay } from '../../src/platform/clock.ts';
import type { TestDeps } from '../support/deps.ts';
import { adminTurn } from './admin.ts';
import { partyTurns } from './admin-lotteries.ts';
import { adopt } from './adopt.ts';
import { allOf, faults } from './again.ts';
import { buildWorld } from './build-world.ts';
import { BEGIN, instants } from './calendar.ts';
import { cashierTurn } from './cashier.ts';
import { Clients, type Manner, MOST_KEPT } from './clients.ts';
import { type Command, contended, type Sim } from './command.ts';
import { Failure, type Options } from './failure.ts';
import { chooseShift, EVERYTHING, type Shift, work } from './jobs.ts';
import { Laws } from './laws.ts';
import { memberTurn } from './member.ts';
import { Model } from './model.ts';
import { putOffersOnSale } from './offers.ts';
import { readPurses } from './purses.ts';
import { Random } from './random.ts';
import type { Report } from './report.ts';
import { chargeLimitOf, firstBudget } from './world.ts';
import { planTheYear } from './year.ts';

/**
 * How many turns a batch has, most of them one command. A long run has longer batches: the more commands come at once,
 * the more of them the program commits together, and the fewer transactions there are for each.
 */
export const turnsOf = (steps: number) => Math.min(512, Math.max(48, Math.ceil(steps / 200)));
const DEAR_CHECKS = 12;

/** A batch as the seed has it, before anybody knows what it will be answered. */
interface Batch {
  now: Date;
  /** Turn by turn; a turn is played by one client, in this order. */
  turns: Command[][];
  /** For each command, how it is sent. */
  manners: Manner[][];
  shift: Shift;
  /** Whether the jobs run beside the clients; else before them. */
  isBeside: boolean;
  /** From which of the commands that are kept on some are sent once more. */
  echo: number;
}

/**
 * Plays a seeded year: batch by batch the clock moves, jobs run, and clients send what the seed has chosen; after each
 * batch every law is checked. Throws a `Failure` that says how to see the same again.
 */
export async function simulate(deps: TestDeps, options: Options): Promise<Report> {
  const run = new Run(deps, options);
  try {
    return await run.play();
  } catch (error) {
    throw new Failure(options, run.place, error);
  }
}

class Run {
  place = 'before the first batch';
  private readonly report: Report;
  private sim!: Sim;
  private clients!: Clients;
  private laws!: Laws;

  constructor(
    private readonly deps: TestDeps,
    private readonly options: Options,
  ) {
    const none = { steps: 0, batches: 0, foreseen: 0, repeated: 0, transfers: 0, faults: 0 };
    this.report = { ...none, answers: new Map(), until: new Date(BEGIN) };
  }

  async play(): Promise<Report> {
    const { seed, steps, members } = this.options;
    const random = new Random(seed);
    await this.begin(random, members);
    // A turn has 1.23 commands in the long run: the days are over a little after the last step, never before it.
    const expected = Math.ceil(steps / (turnsOf(steps) * 1.2));
    const times = instants(random, Math.max(expected, 24));
    for (const [i, now] of times.entries()) {
      if (this.report.steps >= steps) break;
      await this.playBatch(this.choose(now));
      if ((i + 1) % Math.ceil(times.length / DEAR_CHECKS) === 0) await this.checkAll(i, times.length);
    }
    await this.end();
    return { ...this.report, transfers: this.laws.ledger.transfers, faults: faults.passed };
  }

  private async begin(random: Random, members: number): Promise<void> {
    this.deps.clock.set(new Date(BEGIN).toISOString());
    const world = await buildWorld(this.deps, members);
    const model = new Model();
    this.sim = { world, model, random };
    for (const [i] of world.memberIds.entries()) {
      model.members.push({ union: i % world.unions.length, state: 'active', chargeLimit: chargeLimitOf(i) });
    }
    for (const _ of world.programmeIds) {
      model.budgets.push(firstBudget(members));
      model.reported.push(0);
    }
    model.begin(this.deps.clock.now());
    await planTheYear(world, await putOffersOnSale(world, model));
    this.clients = new Clients(this.sim, this.report);
    this.laws = new Laws(this.sim);
    await this.laws.begin();
  }

  /** What happens in a batch, by the seed and the calendar alone. */
  private choose(now: Date): Batch {
    const { sim } = this;
    const { random } = sim;
    sim.model.begin(now);
    const actors = [
      { weight: 40, turn: memberTurn },
      { weight: 45, turn: cashierTurn },
      { weight: 18, turn: adminTurn },
    ];
    const turns = Array.from({ length: turnsOf(this.options.steps) }, () => random.weighted(actors).turn(sim, now));
    if (random.chance(0.4)) turns.push(...partyTurns(sim, now));
    const manner = (): Manner => (random.chance(0.05) ? 'again' : random.chance(0.03) ? 'twice at once' : 'once');
    const manners = turns.map((turn) => turn.map(manner));
    const [isBeside, echo] = [random.chance(0.2), random.below(MOST_KEPT)];
    return {
      now,
      turns,
      manners,
      shift: chooseShift(sim, now.getTime() - this.report.until.getTime()),
      isBeside: isBeside && this.options.clients > 1,
      echo,
    };
  }

  private async playBatch(batch: Batch): Promise<void> {
    const { sim, report } = this;
    report.batches += 1;
    report.until = batch.now;
    this.place = `batch ${report.batches}, ${batch.now.toISOString()}`;
    this.deps.clock.set(batch.now.toISOString());
    if (!batch.isBeside) await work(sim, batch.shift);
    await this.laws.readNews();
    await readPurses(sim, batch.turns.flat());
    const hands = this.deal(batch);
    const unclear = contended(hands.map((steps) => steps.flatMap(({ command }) => command.touches())));
    await allOf([
      ...hands.map((steps, client) => this.clients.act(steps, client, unclear, !batch.isBeside)),
      ...(batch.isBeside ? [work(sim, batch.shift)] : []),
    ]);
    await this.clients.echo(batch.echo);
    this.place = `after batch ${report.batches}, ${batch.now.toISOString()}, step ${report.steps}`;
    await this.options.meddle?.(report.batches);
    await adopt(sim);
    await this.laws.check();
  }

  /** What each client has in hand: the turns of the batch, dealt one by one. */
  private deal({ turns, manners }: Batch) {
    const { clients, seed } = this.options;
    const key = (turn: number, place: number) => `sim-${seed}-${this.report.batches}-${turn}-${place}`;
    const dealt = turns.map((turn, i) =>
      turn.map((command, j) => ({ command, manner: manners[i]![j]!, key: key(i, j) })),
    );
    return Array.from({ length: clients }, (_, client) => dealt.filter((_turn, i) => i % clients === client).flat());
  }

  private async checkAll(batch: number, batches: number): Promise<void> {
    const { steps, until } = this.report;
    await this.laws.checkAll();
    const { transfers } = this.laws.ledger;
    this.options.tell?.(
      `  ${beijingDay(until)}  batch ${batch + 1} of ${batches}  ${steps} steps  ${transfers} transfers`,
    );
  }

  /** Forty days go by twice, and everything that was left to jobs is done. */
  private async end(): Promise<void> {
    const { sim } = this;
    this.place = 'in the end';
    for (const days of [3, 40, 40]) {
      this.deps.clock.advance({ days });
      sim.model.begin(this.deps.clock.now());
      for (let round = 0; round < 2; round++) await work(sim, EVERYTHING);
      await this.laws.check();
    }
    await this.laws.checkAll();
  }
}
