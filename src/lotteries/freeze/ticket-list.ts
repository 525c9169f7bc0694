import type { EntityManager } from 'typeorm';
import { groupBy } from '../../platform/group-by.ts';
import { CHUNK, chunkOf, levelsOf, proofOf } from '../proof/merkle.ts';
import { leavesOf, type Ticket } from '../proof/ticket.ts';
import { type ListedGrant, ticketsOf } from './stream-tickets.ts';

/** A frozen list: where its chunks begin, and the tree over them. Of a million tickets it is 4,000 chunks. */
export interface TicketList {
  lotteryId: string;
  count: number;
  chunks: readonly { grantId: string; firstTicket: number }[];
  /** The levels of the tree over the roots of the chunks. */
  top: readonly Buffer[];
}

/** A ticket of the list with its grant, and the proof that it is there. */
export interface ListedTicket extends Ticket {
  index: number;
  grantId: string;
  memberId: string;
  /** Which of the grant's tickets, from 1. */
  number: number;
  proof: Buffer[];
}

/** Opens the frozen list of a lottery that was counted. Reads its chunks, and no ticket. */
export async function openTicketList(
  db: EntityManager,
  { id, ticketCount }: { id: string; ticketCount: number | null },
): Promise<TicketList> {
  if (ticketCount === null) throw new Error(`the tickets of lottery ${id} are not counted yet`);
  const rows: { grantId: string; firstTicket: number; hash: Buffer }[] = await db.query(
    `SELECT first_grant_id AS grantId, first_ticket AS firstTicket, hash FROM lottery_chunk
     WHERE lottery_id = ? ORDER BY number`,
    [id],
  );
  return {
    lotteryId: id,
    count: ticketCount,
    chunks: rows,
    top: levelsOf(Buffer.concat(rows.map(({ hash }) => hash))),
  };
}

/** Chunks that one statement reads: a thousand winners stand in almost as many. */
const CHUNKS_AT_ONCE = 16;

/** The tickets at these indices, in this order. Reads the chunks in which they stand, 256 tickets each. */
export async function ticketsAt(
  db: EntityManager,
  list: TicketList,
  indices: readonly number[],
): Promise<ListedTicket[]> {
  const found = new Map<number, ListedTicket>();
  const byChunk = [...groupBy(indices, (index) => chunkOf(index).number)];
  for (let from = 0; from < byChunk.length; from += CHUNKS_AT_ONCE) {
    const some = byChunk.slice(from, from + CHUNKS_AT_ONCE);
    const chunks = await readChunks(
      db,
      list,
      some.map(([number]) => number),
    );
    for (const [i, [, ofChunk]] of some.entries()) {
      for (const index of ofChunk) found.set(index, ticketIn(list, chunks[i]!, index));
    }
  }
  return indices.map((index) => found.get(index)!);
}

/** The indices of the tickets of one grant that takes part. Reads one chunk. */
export async function indicesOf(
  db: EntityManager,
  list: TicketList,
  { id, tickets }: Pick<ListedGrant, 'id' | 'tickets'>,
): Promise<number[]> {
  // The last chunk that begins before the grant, or with its first ticket.
  const number = list.chunks.findLastIndex(
    ({ grantId, firstTicket }) => grantId < id || (grantId === id && firstTicket === 1),
  );
  const [chunk] = await readChunks(db, list, [number]);
  const { tickets: ofChunk, first } = chunk!;
  const at = ofChunk.findIndex(({ grantId, number: k }) => grantId === id && k === 1);
  return Array.from({ length: tickets }, (_, i) => first + at + i);
}

interface Chunk {
  first: number;
  tickets: { ticket: Ticket; grantId: string; memberId: string; number: number }[];
  /** The tree over its tickets. */
  levels: readonly Buffer[];
}

/** Chunks of the list in the order of these numbers, each of 256 grants at the most; one statement. */
async function readChunks(db: EntityManager, list: TicketList, numbers: readonly number[]): Promise<Chunk[]> {
  const rows: (ListedGrant & { chunk: number })[] = await db.query(
    numbers
      .map(
        () => `(SELECT ? AS chunk, id, member_id AS memberId, tickets FROM lottery_grant
                WHERE lottery_id = ? AND id >= ? AND left_out IS NULL ORDER BY id LIMIT ?)`,
      )
      .join(' UNION ALL '),
    numbers.flatMap((number) => [number, list.lotteryId, list.chunks[number]!.grantId, CHUNK]),
  );
  const grants = groupBy(rows, ({ chunk }) => Number(chunk));
  return numbers.map((number) => {
    // A union keeps no order.
    const ofChunk = grants.get(number)!.sort((one, other) => (one.id < other.id ? -1 : 1));
    return chunkOfGrants(list, number, ofChunk);
  });
}

function chunkOfGrants(
  { lotteryId, chunks, count }: TicketList,
  number: number,
  grants: readonly ListedGrant[],
): Chunk {
  const { grantId, firstTicket } = chunks[number]!;
  const first = number * CHUNK;
  const length = Math.min(CHUNK, count - first);
  const tickets: Chunk['tickets'] = [];
  for (const grant of grants) {
    let k = 0;
    for (const ticket of ticketsOf(lotteryId, [grant])) {
      k += 1;
      if (grant.id === grantId && k < firstTicket) continue;
      if (tickets.length === length) break;
      tickets.push({ ticket, grantId: grant.id, memberId: grant.memberId, number: k });
    }
  }
  const leaves = leavesOf(
    first,
    tickets.map(({ ticket }) => ticket),
  );
  return { first, tickets, levels: levelsOf(leaves) };
}

function ticketIn({ top }: TicketList, { first, tickets, levels }: Chunk, index: number): ListedTicket {
  const { ticket, ...of } = tickets[index - first]!;
  return { ...ticket, ...of, index, proof: proofOf(index, levels, top) };
}
