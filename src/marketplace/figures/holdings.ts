import { updateRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { pointsFromSql } from '../../platform/points.ts';
import { coversMember } from '../../unions/queries.ts';
import type { Measures } from './measures.ts';
import type { Tally } from './tally.ts';

interface Holding {
  memberId: string;
  programmeId: string;
  /** '' for the member's points. */
  merchantId: string;
  unionId: string;
  held: number;
  inVouchers: number;
}

/** Where a member is now; both empty for an id of no member. */
interface Whereabouts {
  unionId: string;
  path: string;
}

/**
 * What members hold, and the union in which it is counted. A member is counted where she is when her transfer is; what
 * she holds then goes with her when she moves, so that no union is left with points of members who are gone. Who is no
 * longer in the branch of a programme in which she has points is counted at the programme's own union.
 */
export class Holdings {
  private readonly holdings = new Map<string, Holding>();

  private constructor(
    private readonly whereabouts: ReadonlyMap<string, Whereabouts>,
    known: readonly Holding[],
    private readonly homes: ReadonlyMap<string, string>,
  ) {
    for (const holding of known) this.holdings.set(keyOf(holding), holding);
  }

  /** Reads what these members hold in any programme. Two statements. */
  static async read(tx: Tx, memberIds: readonly string[]): Promise<Holdings> {
    if (memberIds.length === 0) return new Holdings(new Map(), [], new Map());
    const members: { id: string; unionId: string; path: string }[] = await tx.query(
      `SELECT member.id, member.union_id AS unionId, union_node.path
       FROM member JOIN union_node ON union_node.id = member.union_id WHERE member.id IN (?)`,
      [memberIds],
    );
    const rows: (Holding & { homeId: string })[] = await tx.query(
      `SELECT figure_holding.member_id AS memberId, figure_holding.programme_id AS programmeId,
              figure_holding.merchant_id AS merchantId, figure_holding.union_id AS unionId, figure_holding.held,
              figure_holding.in_vouchers AS inVouchers, programme.union_id AS homeId
       FROM figure_holding JOIN programme ON programme.id = figure_holding.programme_id
       WHERE figure_holding.member_id IN (?)`,
      [memberIds],
    );
    const known = rows.map(({ homeId, ...row }) => ({
      ...row,
      held: pointsFromSql(row.held),
      inVouchers: pointsFromSql(row.inVouchers),
    }));
    return new Holdings(
      new Map(members.map(({ id, ...where }) => [id, where])),
      known,
      new Map(rows.map((row) => [row.programmeId, row.homeId])),
    );
  }

  /** The union in which a member is counted now, in the programme of the union `homeId`. */
  unionOf(memberId: string, homeId: string): string {
    const { unionId, path } = this.whereabouts.get(memberId) ?? { unionId: homeId, path: '' };
    return coversMember({ unionId: homeId }, path) ? unionId : homeId;
  }

  /** Takes what each member held to where she is now; `monthOf` says in which month of the figures. */
  move(tally: Tally, monthOf: (memberId: string) => string): void {
    for (const holding of this.holdings.values()) {
      const { programmeId, memberId, held, inVouchers } = holding;
      const unionId = this.unionOf(memberId, this.homes.get(programmeId)!);
      if (unionId === holding.unionId) continue;
      const merchantId = holding.merchantId === '' ? undefined : holding.merchantId;
      const place = { programmeId, month: monthOf(memberId), merchantId };
      tally.add({ ...place, unionId: holding.unionId }, { held: -held, in_vouchers: -inVouchers });
      tally.add({ ...place, unionId }, { held, in_vouchers: inVouchers });
      holding.unionId = unionId;
    }
  }

  /** Adds to what a member holds, once `move` has been. */
  add(
    of: Pick<Holding, 'memberId' | 'programmeId' | 'unionId'>,
    merchantId: string | undefined,
    { held, in_vouchers }: Measures,
  ): void {
    if (held) this.addTo({ ...of, merchantId: '' }, held, 0);
    if (in_vouchers) this.addTo({ ...of, merchantId: merchantId ?? '' }, 0, in_vouchers);
  }

  /** Writes what members hold now; a merchant of whose vouchers none is left is forgotten. */
  async write(tx: Tx): Promise<void> {
    const rows = [...this.holdings.values()];
    if (rows.length === 0) return;
    await updateRows(
      tx,
      'figure_holding',
      ['member_id', 'programme_id', 'merchant_id', 'union_id', 'held', 'in_vouchers'],
      rows.map((row) => [row.memberId, row.programmeId, row.merchantId, row.unionId, row.held, row.inVouchers]),
      ['union_id', 'held', 'in_vouchers'],
    );
    const emptied = rows.filter((row) => row.merchantId !== '' && row.inVouchers === 0).map((row) => row.memberId);
    if (emptied.length === 0) return;
    await tx.query("DELETE FROM figure_holding WHERE member_id IN (?) AND merchant_id <> '' AND in_vouchers = 0", [
      [...new Set(emptied)],
    ]);
  }

  private addTo(of: Omit<Holding, 'held' | 'inVouchers'>, held: number, inVouchers: number): void {
    const known = this.holdings.get(keyOf(of)) ?? { ...of, held: 0, inVouchers: 0 };
    this.holdings.set(keyOf(of), {
      ...known,
      held: known.held + held,
      inVouchers: known.inVouchers + inVouchers,
    });
  }
}

const keyOf = (of: Pick<Holding, 'memberId' | 'programmeId' | 'merchantId'>) =>
  `${of.memberId} ${of.programmeId} ${of.merchantId}`;
