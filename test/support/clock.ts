import type { Clock } from '../../src/platform/clock.ts';

/** A clock that stands still until it is moved. */
export class TestClock implements Clock {
  constructor(private instant = new Date('2026-08-03T02:00:00.000Z')) {}

  now(): Date {
    return new Date(this.instant);
  }

  set(iso: string): void {
    this.instant = new Date(iso);
  }

  advance({ days = 0, hours = 0, minutes = 0, seconds = 0 }): void {
    this.instant = new Date(this.instant.getTime() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
  }
}
