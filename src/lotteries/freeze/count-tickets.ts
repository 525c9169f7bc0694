import { insertRows } from '../../platform/db/sql.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { lockLottery } from '../lottery.ts';
import { HASH_BYTES } from '../proof/bytes.ts';
import { CHUNK, type FrozenTree, growTree } from '../proof/merkle.ts';
import { type ListedGrant, listedGrants, ticketsOf } from './stream-tickets.ts';

/** Where a chunk of the list begins: with this ticket (from 1) of this grant. */
interface ChunkStart {
  grantId: string;
  ticket: number;
}

/**
 * Counts the frozen list of tickets and writes its Merkle root with the roots of its chunks, once: the list stands
 * still by then (see completeList), so whoever counts it, after whatever end amid it, finds the same. Reads the
 * grants page by page, in bounded memory. Whether the root is new.
 */
export async function countTickets({ db, clock }: Deps, lotteryId: string): Promise<boolean> {
  const tree = growTree();
  const starts: ChunkStart[] = [];
  let count = 0;
  for await (const grants of listedGrants(db.manager, lotteryId)) {
    for (const grant of grants) {
      starts.push(...startsIn(grant, count));
      count += grant.tickets;
    }
    tree.add(ticketsOf(lotteryId, grants));
  }
  const frozen = tree.finish();
  return inTransaction(db, async (tx) => {
    const lottery = await lockLottery(tx, lotteryId);
    if (lottery?.state !== 'frozen' || lottery.listedAt === null || lottery.root !== null) return false;
    await insertRows(
      tx,
      'lottery_chunk',
      ['lottery_id', 'number', 'first_grant_id', 'first_ticket', 'hash'],
      starts.map(({ grantId, ticket }, number) => [lotteryId, number, grantId, ticket, chunkRoot(frozen, number)]),
    );
    await tx.query('UPDATE lottery SET root = ?, ticket_count = ?, counted_at = ? WHERE id = ?', [
      frozen.root,
      frozen.count,
      clock.now(),
      lotteryId,
    ]);
    return true;
  });
}

/** The chunks that begin within a grant whose first ticket stands at an index. */
function startsIn({ id, tickets }: ListedGrant, index: number): ChunkStart[] {
  const starts: ChunkStart[] = [];
  for (let at = Math.ceil(index / CHUNK) * CHUNK; at < index + tickets; at += CHUNK) {
    starts.push({ grantId: id, ticket: at - index + 1 });
  }
  return starts;
}

function chunkRoot({ chunkRoots }: FrozenTree, number: number): Buffer {
  return chunkRoots.subarray(number * HASH_BYTES, (number + 1) * HASH_BYTES);
}
