import { type Announcement, announcementDigest } from './announcement.ts';
import type { Drawing, DrawnTicket, Place } from './draw.ts';
import type { Entropy } from './entropy.ts';

export const TRANSCRIPT_FORMAT = 'xingfu-transcript-1';

/** A drawn ticket with the proof that it stands in the frozen list. Bytes are lower-case hexadecimal. */
export interface TranscriptTicket extends Place {
  index: number;
  ticket: string;
  holder: string;
  proof: string[];
}

/** All that anyone needs to check a draw, as it is published; `verifier/draw.md` says what each field means. */
export interface Transcript {
  format: typeof TRANSCRIPT_FORMAT;
  announcement: Announcement;
  digest: string;
  seed: string;
  entropy: Entropy;
  winners: TranscriptTicket[];
  passedOver: (TranscriptTicket & { reason: 'has_won' | 'excluded' })[];
  notDrawn: Place[];
}

/** What a member gets to prove that her ticket was in the list: the verifier takes it as `--ticket`. */
export interface TicketProof {
  index: number;
  ticket: string;
  holder: string;
  proof: string[];
}

/** A ticket's proof as it is handed out; `proof` as `proofOf` makes it. */
export function ticketProof(
  { index, ticket, holder }: Pick<DrawnTicket, 'index' | 'ticket' | 'holder'>,
  proof: readonly Buffer[],
): TicketProof {
  return { index, ticket, holder: holder.toString('hex'), proof: proof.map((hash) => hash.toString('hex')) };
}

/**
 * The transcript of a draw. `proofs` has the proof (`proofOf`) of every drawn ticket by its index, of those that won and
 * of those that were passed over.
 */
export function transcriptOf(
  announcement: Announcement,
  seed: Buffer,
  entropy: Entropy,
  { winners, passedOver, notDrawn }: Drawing,
  proofs: ReadonlyMap<number, readonly Buffer[]>,
): Transcript {
  const entry = (drawn: DrawnTicket): TranscriptTicket => {
    const proof = proofs.get(drawn.index);
    if (!proof) throw new Error(`there is no proof of the ticket at ${drawn.index}`);
    return { place: drawn.place, prize: drawn.prize, ...ticketProof(drawn, proof) };
  };
  return {
    format: TRANSCRIPT_FORMAT,
    announcement,
    digest: announcementDigest(announcement).toString('hex'),
    seed: seed.toString('hex'),
    entropy,
    winners: winners.map(entry),
    passedOver: passedOver.map((drawn) => ({ ...entry(drawn), reason: drawn.reason })),
    notDrawn,
  };
}
