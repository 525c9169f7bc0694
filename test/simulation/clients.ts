import { isDeepStrictEqual } from 'node:util';
import type { Outcome } from '../../src/platform/db/idempotency.ts';
import { again, allOf } from './again.ts';
import { broken } from './broken.ts';
import type { Command, Sim } from './command.ts';
import type { Report } from './report.ts';

/** Of how many commands the outcome is kept, to send one of them once more. */
export const MOST_KEPT = 300;
/** How many are sent once more after a batch. More than half were refused, and would be refused without any key. */
const ECHOES = 8;

/** How a command is sent: once, again when it is answered, or twice at the same time. */
export type Manner = 'once' | 'again' | 'twice at once';

/** A command in the hand of a client. Its key names seed, batch, turn and place. */
interface Step {
  command: Command;
  manner: Manner;
  key: string;
}

interface Sent {
  command: Command;
  key: string;
  outcome: Outcome;
}

/** Those who stand at the doors: they send, hold every answer against the model, and count it in the report. */
export class Clients {
  /** Something was wrong: every client finishes what it has in hand, and no more. */
  private isOver = false;
  private readonly kept: Sent[] = [];

  constructor(
    private readonly sim: Sim,
    private readonly report: Report,
  ) {}

  /** Sends what one client has in hand, one after the other. The model judges what is touched by no other client. */
  async act(steps: readonly Step[], client: number, unclear: ReadonlySet<string>, isCalm: boolean): Promise<void> {
    for (const step of steps) {
      if (this.isOver) return;
      const touched = step.command.touches();
      const isAlone = touched.every((touch) => !unclear.has(touch.slice(2)));
      try {
        await this.send(step, client, isAlone && isCalm);
      } catch (error) {
        this.isOver = true;
        throw error;
      }
      if (!isAlone) for (const touch of touched) if (touch.startsWith('w')) this.sim.model.unsure.add(touch.slice(2));
    }
  }

  private async send({ command, manner, key }: Step, client: number, isClear: boolean): Promise<void> {
    const { report } = this;
    report.steps += 1;
    const [here, there] = client % 2 === 0 ? this.sim.world.processes : [...this.sim.world.processes].reverse();
    const verdict = isClear ? command.verdict() : undefined;
    const once = () => again(() => command.send(here!, key));
    const [outcome, other] = await allOf([once(), ...(manner === 'twice at once' ? [once()] : [])]);
    const answer = outcome!.ok ? 'ok' : outcome!.refusal.code;
    const told = `${key} (${command.kind}: ${command.says}) was answered ${answer}`;
    if (verdict !== undefined) {
      report.foreseen += 1;
      if (![verdict].flat().includes(answer)) {
        broken('answers are those of the model', `${told}, the model says ${[verdict].flat().join(' or ')}`);
      }
    }
    if (outcome!.ok) command.accepted(outcome!.value);
    const counted = `${command.kind} ${answer}`;
    report.answers.set(counted, (report.answers.get(counted) ?? 0) + 1);
    const sent = { command, key, outcome: outcome! };
    if (manner === 'twice at once') this.requireSame(sent, other!, told);
    if (manner === 'again') this.requireSame(sent, await again(() => command.send(there!, key)), told);
    if (this.kept.length < MOST_KEPT) this.kept.push(sent);
    else this.kept[report.steps % MOST_KEPT] = sent;
  }

  private requireSame({ outcome }: Sent, repeated: Outcome, told: string): void {
    this.report.repeated += 1;
    if (!isDeepStrictEqual(plain(outcome), plain(repeated))) {
      broken('the same key has the same outcome', `${told}; sent again: ${JSON.stringify(repeated)}`);
    }
  }

  /** Some of what was sent lately is sent once more, as by phones that have found their network again. */
  async echo(from: number): Promise<void> {
    for (let i = 0; i < Math.min(ECHOES, this.kept.length); i++) {
      const sent = this.kept[(from + i) % this.kept.length]!;
      const repeated = await again(() => sent.command.send(this.sim.world.processes[0], sent.key));
      this.requireSame(sent, repeated, `${sent.command.kind} (${sent.command.says}), key ${sent.key},`);
    }
  }
}

/** As a client would read it. */
const plain = (outcome: Outcome) => JSON.parse(JSON.stringify(outcome));
