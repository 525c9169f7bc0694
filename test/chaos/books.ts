/** What clients have sent and were told: the truth that the database is held against. */
import type { Person } from './world.ts';

/** A request as a client may send it once or many times. */
export interface Request {
  what: 'redeem' | 'verify' | 'scan' | 'charge' | 'record';
  person: Person;
  query: string;
  /** With the key. */
  variables: Record<string, unknown>;
}

/** A request, and the only answer to it that there may be. */
export interface Settled {
  request: Request;
  /** The root field's value as JSON. */
  answer: string;
  /** How often it was sent before somebody answered, less one. */
  cuts: number;
  /** From the first failure to the answer. */
  waitedMs: number;
}

/** What all the answers add up to. */
export class Books {
  /** Redemptions, with their offers. */
  readonly redeemed = new Map<string, string>();
  readonly verified = new Map<string, string>();
  readonly scanned = new Map<string, string>();
  /** Charges, with their points. */
  readonly charged = new Map<string, number>();
  readonly events = new Map<string, string>();
  /** Those of this round. */
  settled: Settled[] = [];
  /** How many of them were refused. */
  refused = 0;
  readonly differences: string[] = [];

  beginRound(): void {
    this.settled = [];
    this.refused = 0;
  }

  add(settled: Settled): void {
    this.settled.push(settled);
    const { what, variables } = settled.request;
    const value = JSON.parse(settled.answer);
    if (value.code !== undefined) this.refuse(what, value.code);
    else if (what === 'redeem') this.keep(what, this.redeemed, value.id, String(variables.offerId));
    else if (what === 'verify') this.keep(what, this.verified, value.id, value.id);
    else if (what === 'scan') this.keep(what, this.scanned, value.id, value.id);
    else if (what === 'charge') this.keep(what, this.charged, value.id, value.points);
    else if (what === 'record') for (const id of value.eventIds) this.keep(what, this.events, id, id);
  }

  private keep<T>(what: string, known: Map<string, T>, id: string, value: T): void {
    if (known.has(id)) this.differ(`${what} ${id} was given for two keys`);
    known.set(id, value);
  }

  differ(what: string): void {
    this.differences.push(what);
  }

  private refuse(what: string, code: string): void {
    this.refused += 1;
    if (!EXPECTED.has(code)) this.differ(`${what} was refused with ${code}`);
  }
}

/** What may be said at a counter when an answer took long, or the server's clock is not the phone's. */
const EXPECTED = new Set(['CARD_CODE_EXPIRED', 'CLOCK_SKEW', 'SCAN_TOO_OLD']);
