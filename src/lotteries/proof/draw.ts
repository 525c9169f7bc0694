import { createHmac } from 'node:crypto';
import { ALGORITHM, type Announcement, announcementDigest, type Prize } from './announcement.ts';
import { uint64 } from './bytes.ts';
import { type Canonical, canonicalJson } from './canonical.ts';
import { type Entropy, entropyBytes, sourceOf } from './entropy.ts';
import { seedCommitment } from './seed.ts';
import type { Ticket } from './ticket.ts';

/** A place of the prize table: places are numbered through all prizes, and `prize` is the line of the table, both from 1. */
export interface Place {
  place: number;
  prize: number;
}

/** A ticket that was drawn for a place, with all that the caller knows of it; `index` is where it is listed, from 0. */
export type DrawnTicket<T extends Ticket = Ticket> = Place & T & { index: number };

/** A ticket that was drawn for a place and did not get it: its holder has won in this draw, or was excluded from it. */
export type PassedOver<T extends Ticket = Ticket> = DrawnTicket<T> & { reason: 'has_won' | 'excluded' };

export interface Drawing<T extends Ticket = Ticket> {
  /** One for each place from 1 on. */
  winners: DrawnTicket<T>[];
  /** In the order in which they were drawn. */
  passedOver: PassedOver<T>[];
  /** The places that are left when every ticket has been drawn. */
  notDrawn: Place[];
}

/** The tickets at these indices, in the same order; asked in batches of at most 1,000. */
export type TicketsAt<T extends Ticket = Ticket> = (indices: readonly number[]) => Promise<readonly T[]>;

const LOOKED_UP_AT_ONCE = 1000;
const NUMBERS = 1n << 64n;

/** The key of all random numbers of a draw, 32 bytes. Takes the digest of the announcement and the bytes of the entropy. */
export function drawKey(seed: Buffer, digest: Buffer, entropy: Buffer): Buffer {
  return createHmac('sha256', seed).update(`${ALGORITHM}\0`).update(digest).update(entropy).digest();
}

/** The numbers of the stream, 0 to 2^64 − 1: block n is HMAC-SHA-256 over n as eight bytes, and holds four of them. */
function* numbers(key: Buffer): Generator<bigint, never> {
  for (let n = 0; ; n++) {
    const block = createHmac('sha256', key).update(uint64(n)).digest();
    for (let at = 0; at < block.length; at += 8) yield block.readBigUInt64BE(at);
  }
}

/** A number from 0 to below - 1, each as likely as the others: what would make the low ones likelier is thrown away. */
function uniform(stream: Generator<bigint, never>, below: number): number {
  const m = BigInt(below);
  const limit = NUMBERS - (NUMBERS % m);
  for (;;) {
    const number = stream.next().value;
    if (number < limit) return Number(number % m);
  }
}

/**
 * The indices 0 to count - 1 in the order in which they are drawn, each once: the shuffle of Fisher and Yates, of which
 * only the places that were touched are kept, so a few draws from a million tickets cost no more than from ten.
 */
export function* drawIndices(key: Buffer, count: number): Generator<number, void> {
  const stream = numbers(key);
  const moved = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const at = i + uniform(stream, count - i);
    const drawn = moved.get(at) ?? at;
    moved.set(at, moved.get(i) ?? i);
    moved.delete(i);
    yield drawn;
  }
}

/** Every place of a prize table, in the order in which they are drawn. */
export function placesOf(prizes: readonly Pick<Prize, 'quantity'>[]): Place[] {
  const lines = prizes.flatMap(({ quantity }, i) => Array<number>(quantity).fill(i + 1));
  return lines.map((prize, i) => ({ place: i + 1, prize }));
}

/**
 * Fills the places one after the other with the tickets that `drawIndices` yields. A ticket whose holder has won in this
 * draw or is excluded (hexadecimal) is passed over, and the next one is drawn for the same place.
 */
export async function fillPlaces<T extends Ticket>(
  places: readonly Place[],
  indices: Iterator<number, void>,
  excluded: ReadonlySet<string>,
  ticketsAt: TicketsAt<T>,
): Promise<Drawing<T>> {
  const winners: DrawnTicket<T>[] = [];
  const passedOver: PassedOver<T>[] = [];
  const won = new Set<string>();
  for (let passed = 0; winners.length < places.length; ) {
    // Where many are passed over, many are looked up at once; those that come after the last place were not drawn.
    const wanted = Math.max(places.length - winners.length, 2 * passed);
    const batch = take(indices, Math.min(wanted, LOOKED_UP_AT_ONCE));
    if (batch.length === 0) break;
    passed = passedOver.length;
    for (const [i, ticket] of (await ticketsAt(batch)).entries()) {
      const place = places[winners.length];
      if (!place) break;
      const drawn = { ...ticket, ...place, index: batch[i]! };
      const holder = ticket.holder.toString('hex');
      if (won.has(holder)) passedOver.push({ ...drawn, reason: 'has_won' });
      else if (excluded.has(holder)) passedOver.push({ ...drawn, reason: 'excluded' });
      else {
        won.add(holder);
        winners.push(drawn);
      }
    }
    passed = passedOver.length - passed;
  }
  return { winners, passedOver, notDrawn: places.slice(winners.length) };
}

function take(indices: Iterator<number, void>, atMost: number): number[] {
  const taken: number[] = [];
  while (taken.length < atMost) {
    const next = indices.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}

/**
 * Draws: a pure function of what was announced, the seed, the entropy and the frozen list, which `ticketsAt` reads.
 * Throws when the seed is not the one that was committed, or the entropy not of the source that was announced, forged,
 * or too little of it revealed.
 */
export async function draw<T extends Ticket>(
  announcement: Announcement,
  seed: Buffer,
  entropy: Entropy,
  ticketsAt: TicketsAt<T>,
): Promise<Drawing<T>> {
  const { commitment, frozen, prizes, excluded, source } = announcement;
  if (seedCommitment(seed).toString('hex') !== commitment.hash) throw new Error('the seed is not the committed one');
  if (canonicalJson(sourceOf(entropy) as Canonical) !== canonicalJson(source as Canonical))
    throw new Error('the entropy is not of the source that was announced');
  const key = drawKey(seed, announcementDigest(announcement), entropyBytes(entropy));
  const barred = new Set(excluded.map(({ holder }) => holder));
  return fillPlaces(placesOf(prizes), drawIndices(key, frozen.count), barred, ticketsAt);
}
