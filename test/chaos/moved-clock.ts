/** Loaded before a process of the program: its clock goes as many milliseconds ahead of the machine's as a file says. */
import { readFileSync } from 'node:fs';

const LOOK_MS = 50;
const file = process.env.CHAOS_CLOCK_FILE ?? '';
const Real = Date;
let aheadMs = 0;

const look = () => {
  try {
    aheadMs = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    aheadMs = 0;
  }
};
look();
setInterval(look, LOOK_MS).unref();

class MovedDate extends Real {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(Real.now() + aheadMs);
    // A date is made of whatever a date may be made of.
    else super(...(given as [number]));
  }

  static override now(): number {
    return Real.now() + aheadMs;
  }
}
globalThis.Date = MovedDate as DateConstructor;
