import { hash } from 'node:crypto';
import { HASH_BYTES } from './bytes.ts';

/** A ticket as the frozen list holds it. */
export interface Ticket {
  /** "<grant id>-<k>": the k-th ticket of a grant, from 1. */
  ticket: string;
  /** Who holds it, 32 bytes: see `holderOf`. */
  holder: Buffer;
}

/** The name of the k-th ticket (from 1) of a grant. */
export function ticketName(grantId: string, k: number): string {
  return `${grantId}-${k}`;
}

/**
 * What stands for a member in the list of one lottery, 32 bytes: the same on all of her tickets, so that everyone sees
 * that no holder won twice, and another one in every lottery, so that nobody can follow her from month to month.
 */
export function holderOf(lotteryId: string, memberId: string): Buffer {
  return Buffer.from(hash('sha256', `xingfu-holder\0${lotteryId}\0${memberId}`, 'binary'), 'latin1');
}

const NUMBER_AT = 1;
const TICKET_AT = NUMBER_AT + 8;

// Hashes are taken as Latin-1 text, which Node hands over far quicker than a Buffer of 32 bytes. A ticket's bytes are
// put together in a buffer that is kept for its length: a million leaves make no garbage.
const drafts = new Map<number, Buffer>();

/**
 * Writes the leaf of a ticket to `leaves`, 32 bytes from `at`: SHA-256 over 0x00, its index as eight bytes, its name in
 * ASCII, 0x00 and its holder. The index (from 0) is the ticket's place in the frozen list.
 */
export function writeLeaf(leaves: Buffer, at: number, index: number, { ticket, holder }: Ticket): void {
  let draft = drafts.get(ticket.length);
  if (!draft) {
    draft = Buffer.alloc(TICKET_AT + ticket.length + 1 + HASH_BYTES);
    drafts.set(ticket.length, draft);
  }
  draft.writeUInt32BE(Math.floor(index / 2 ** 32), NUMBER_AT);
  draft.writeUInt32BE(index % 2 ** 32, NUMBER_AT + 4);
  draft.write(ticket, TICKET_AT, 'latin1');
  holder.copy(draft, TICKET_AT + ticket.length + 1);
  leaves.write(hash('sha256', draft, 'binary'), at, HASH_BYTES, 'latin1');
}

/** The leaves of consecutive tickets, 32 bytes each; `first` is the index of the first of them. */
export function leavesOf(first: number, tickets: readonly Ticket[]): Buffer {
  const leaves = Buffer.allocUnsafe(tickets.length * HASH_BYTES);
  for (const [i, ticket] of tickets.entries()) writeLeaf(leaves, i * HASH_BYTES, first + i, ticket);
  return leaves;
}
