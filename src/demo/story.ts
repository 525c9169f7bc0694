import { isDeepStrictEqual } from 'node:util';
import type { Answer, Refused } from './client.ts';

/** A step found something else than it expected. */
class Differs extends Error {
  constructor(what: string, seen: unknown, expected: unknown) {
    super(`${what}：应为 expected ${inWords(expected)}，实为 seen ${inWords(seen)}`);
  }
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}

/** Checks that what was seen is what was expected, in all its parts. */
export function same(what: string, seen: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(seen, expected)) throw new Differs(what, seen, expected);
}

/** Checks that a number is not smaller than expected; others may use the server at the same time. */
export function atLeast(what: string, seen: number, least: number): void {
  if (!(seen >= least)) throw new Differs(what, seen, `≥ ${least}`);
}

/** Checks that something was refused, and with this code; returns the refusal. */
export function refused<T>(answer: Answer<T>, code: string): Refused {
  if (answer.ok) throw new Differs('拒绝 refusal', `accepted ${inWords(answer.value)}`, code);
  if (answer.refusal.code !== code) throw new Differs('拒绝 refusal', inWords(answer.refusal), code);
  return answer.refusal;
}

/** What an earlier step should have brought; without it this step fails too. */
export function needed<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`前面的步骤没有得到${what}。 An earlier step has not brought this.`);
  return value;
}

/** Tells a story step by step, counts the steps, and goes on when one fails. */
export class Story {
  private steps = 0;
  private failed = 0;
  private notes: string[] = [];

  constructor(private readonly tell: (line: string) => void) {}

  /** Begins a part of the story. */
  part(zh: string, en: string): void {
    this.tell(`\n${zh} · ${en}`);
  }

  /** A line to tell below the step that is under way. */
  note(line: string): void {
    this.notes.push(line);
  }

  /** Does and checks one thing. Resolves with what it brought; undefined when it failed, which is told with the reason. */
  async step<T>(zh: string, en: string, act: () => Promise<T>): Promise<T | undefined> {
    this.steps += 1;
    this.notes = [];
    let result: T | undefined;
    let mark = '✓';
    try {
      result = await act();
    } catch (error) {
      this.failed += 1;
      mark = '✗';
      this.notes.push(...(error as Error).message.split('\n'));
    }
    this.tell(`${String(this.steps).padStart(3)} ${mark} ${zh} · ${en}`);
    for (const line of this.notes) this.tell(`        ${line}`);
    return result;
  }

  /** Tells how it went; returns how many steps failed. */
  end(): number {
    this.tell(`\ndemo: ${this.steps} steps, ${this.failed} failed`);
    return this.failed;
  }
}
