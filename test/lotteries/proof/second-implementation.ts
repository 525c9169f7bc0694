// A second implementation of the draw `xingfu-draw-1`, written from src/lotteries/verifier/draw.md alone, before the
// first was looked at. It imports nothing from src/ and shares nothing with it: that the two agree shows that the
// document is complete. The numbers of sections are those of the document.
import { createHash, createHmac } from 'node:crypto';

/** A ticket of the frozen list, as far as the draw looks at it. */
export interface Ticket {
  readonly ticket: string;
  readonly holder: string;
}

/** What the draw looks at of an announcement (section 6); the digest is taken of all that stands there. */
export interface Announcement {
  readonly frozen: { readonly count: number };
  readonly prizes: readonly { readonly quantity: number }[];
  readonly excluded: readonly { readonly holder: string }[];
}

/** The entropy as it stands in a transcript (section 7), as far as the draw looks at it. */
export type Entropy =
  | { readonly kind: 'drand'; readonly signature: string }
  | { readonly kind: 'reveals'; readonly parties: readonly { readonly reveal: string | null }[] };

/** What a draw is computed from. */
export interface DrawInput {
  readonly announcement: Announcement;
  readonly seed: string;
  readonly entropy: Entropy;
}

/** A place and the prize that is won there, both numbered from 1. */
export interface Place {
  readonly place: number;
  readonly prize: number;
}

/** A ticket that was drawn, and the place that it was drawn for. */
export interface Drawn extends Place {
  readonly index: number;
  readonly ticket: string;
  readonly holder: string;
}

/** A ticket that was drawn and may not win. */
export interface PassedOver extends Drawn {
  readonly reason: 'has_won' | 'excluded';
}

/** All that comes out of a draw. */
export interface Outcome {
  readonly winners: readonly Drawn[];
  readonly passedOver: readonly PassedOver[];
  readonly notDrawn: readonly Place[];
}

const ZERO = Uint8Array.of(0);
const ONE = Uint8Array.of(1);

function sha256(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function hmac(key: Uint8Array, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

function uint64be(value: number | bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** Bytes written in hexadecimal; other than Buffer.from it refuses what is not lower-case hexadecimal. */
function fromHex(text: string): Buffer {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new Error(`not lower-case hexadecimal: ${text}`);
  return Buffer.from(text, 'hex');
}

/** The commitment to a seed (section 3). */
export function seedCommitment(seed: string): string {
  return sha256('xingfu-seed', ZERO, fromHex(seed)).toString('hex');
}

/** A party's commitment to its reveal (section 3). */
export function revealCommitment(reveal: string): string {
  return sha256('xingfu-reveal', ZERO, fromHex(reveal)).toString('hex');
}

/** What stands for a member on her tickets in one lottery (section 4). */
export function holderOf(lotteryId: string, memberId: string): string {
  return sha256('xingfu-holder', ZERO, lotteryId, ZERO, memberId).toString('hex');
}

/** The leaf of the ticket at an index (section 4). */
export function leafOf(index: number, { ticket, holder }: Ticket): string {
  return sha256(ZERO, uint64be(index), ticket, ZERO, fromHex(holder)).toString('hex');
}

function parentOf(left: string, right: string): string {
  return sha256(ONE, fromHex(left), fromHex(right)).toString('hex');
}

/** The Merkle root over the leaves of a whole list (section 5, the definition from above). */
export function rootOf(leaves: readonly string[]): string {
  const [first] = leaves;
  if (first === undefined) return sha256().toString('hex');
  if (leaves.length === 1) return first;
  let k = 1;
  while (2 * k < leaves.length) k *= 2;
  return parentOf(rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}

/** Whether a proof leads from the leaf at an index to the root of a list of `count` tickets (section 5). */
export function proofHolds(
  leaf: string,
  index: number,
  proof: readonly string[],
  list: { readonly root: string; readonly count: number },
): boolean {
  if (index >= list.count) return false;
  let reached = leaf;
  let place = index;
  let used = 0;
  for (let width = list.count; width > 1; width = Math.ceil(width / 2)) {
    const odd = place % 2 === 1;
    if (odd || place < width - 1) {
      const neighbour = proof[used];
      if (neighbour === undefined) return false;
      used += 1;
      reached = odd ? parentOf(neighbour, reached) : parentOf(reached, neighbour);
    }
    place = Math.floor(place / 2);
  }
  return reached === list.root && used === proof.length;
}

function canonicalCharacter(character: string): string {
  const named = '\b\f\n\r\t"\\'.indexOf(character);
  if (named >= 0) return `\\${'bfnrt"\\'[named]}`;
  if (character >= ' ') return character;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function canonicalString(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new Error('half a surrogate pair');
  return `"${Array.from(text, canonicalCharacter).join('')}"`;
}

/** The canonical text of a JSON value with whole numbers (section 6). */
export function canonicalText(value: unknown): string {
  if (typeof value === 'string') return canonicalString(value);
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return String(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object' || value === null) throw new Error(`not of an announcement: ${String(value)}`);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${canonicalString(key)}:${canonicalText(inner)}`).join(',')}}`;
}

/** The digest of an announcement (section 6). */
export function digestOf(announcement: unknown): string {
  return sha256(canonicalText(announcement)).toString('hex');
}

/** The 32 bytes of entropy, in hexadecimal, of what the transcript says of it (section 7). */
export function entropyOf(entropy: Entropy): string {
  if (entropy.kind === 'drand') return sha256(fromHex(entropy.signature)).toString('hex');
  const parts = entropy.parties.flatMap(({ reveal }) => (reveal === null ? [ZERO] : [ONE, fromHex(reveal)]));
  return sha256('xingfu-reveals', ZERO, ...parts).toString('hex');
}

/** The key of a draw, which decides everything (section 8). */
export function drawKey({ announcement, seed, entropy }: DrawInput): string {
  const digest = fromHex(digestOf(announcement));
  return hmac(fromHex(seed), 'xingfu-draw-1', ZERO, digest, fromHex(entropyOf(entropy))).toString('hex');
}

function* numbers(key: Uint8Array): Generator<bigint, never> {
  for (let n = 0n; ; n += 1n) {
    const block = hmac(key, uint64be(n));
    for (let at = 0; at < 32; at += 8) yield block.readBigUInt64BE(at);
  }
}

function uniform(stream: Generator<bigint, never>, m: number): number {
  const size = BigInt(m);
  const limit = size * (2n ** 64n / size);
  for (;;) {
    const x = stream.next().value;
    if (x < limit) return Number(x % size);
  }
}

/** The indices of a list of `count` tickets in the order in which they are drawn (section 8). */
export function* candidateIndices(key: string, count: number): Generator<number, void> {
  const stream = numbers(fromHex(key));
  const touched = new Map<number, number>();
  for (let i = 0; i < count; i += 1) {
    const j = i + uniform(stream, count - i);
    const drawn = touched.get(j) ?? j;
    touched.set(j, touched.get(i) ?? i);
    yield drawn;
  }
}

/** The places of a draw, in the order in which they are filled (section 8). */
export function placesOf(prizes: Announcement['prizes']): Place[] {
  const prizeOfPlace = prizes.flatMap(({ quantity }, at) => Array<number>(quantity).fill(at + 1));
  return prizeOfPlace.map((prize, at) => ({ place: at + 1, prize }));
}

/** Draws: every place goes to the next ticket whose holder may win (section 8). */
export function draw(input: DrawInput, ticketAt: (index: number) => Ticket): Outcome {
  const { frozen, prizes, excluded } = input.announcement;
  const excludedHolders = new Set(excluded.map(({ holder }) => holder));
  const hasWon = new Set<string>();
  const winners: Drawn[] = [];
  const passedOver: PassedOver[] = [];
  const left = placesOf(prizes);
  for (const index of candidateIndices(drawKey(input), frozen.count)) {
    const [place] = left;
    if (place === undefined) break;
    const { ticket, holder } = ticketAt(index);
    const drawn = { ...place, index, ticket, holder };
    if (hasWon.has(holder)) passedOver.push({ ...drawn, reason: 'has_won' });
    else if (excludedHolders.has(holder)) passedOver.push({ ...drawn, reason: 'excluded' });
    else {
      winners.push(drawn);
      hasWon.add(holder);
      left.shift();
    }
  }
  return { winners, passedOver, notDrawn: left };
}
