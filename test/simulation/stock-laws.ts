import { broken } from './broken.ts';
import type { Sim } from './command.ts';
import type { Offer } from './things.ts';

/** Pieces, limits, and the treats that jobs put up. */
export class StockLaws {
  private lastLine = '';

  constructor(private readonly sim: Sim) {}

  private get db() {
    return this.sim.world.deps.db;
  }

  async begin(): Promise<void> {
    await this.readTreats();
  }

  /** Enters in the model the offers of treats that were put up. */
  async readTreats(): Promise<void> {
    const { model, world } = this.sim;
    const rows: Line[] = await this.db.query(
      `SELECT o.id, r.id AS roundId, r.programme_id AS programmeId, r.month, l.number, l.quantity, o.merchant_id AS merchantId,
              l.outlet_id AS outletId, o.sale_from AS saleFrom, o.sale_to AS saleTo, o.use_until AS useUntil
       FROM treat_round_line l JOIN treat_round r ON r.id = l.round_id JOIN offer o ON o.id = l.offer_id
       WHERE o.id > ? ORDER BY o.id`,
      [this.lastLine],
    );
    for (const row of rows) {
      this.lastLine = row.id;
      const programme = world.programmeIds.indexOf(row.programmeId);
      const place = `${programme} ${row.month} ${row.number}`;
      if (model.treats.has(place)) broken('a treat is put up once', place);
      model.treats.set(place, model.offers.length);
      model.offers.push(treatOf(this.sim, row, programme));
    }
  }

  /** What is left of every offer, with what was released by now, is what the model has; no member has more than the limit. */
  async check(): Promise<void> {
    const { model } = this.sim;
    const rows: { id: string; remaining: number; left: string }[] = await this.db.query(
      `SELECT s.offer_id AS id, s.remaining, s.remaining + IFNULL((SELECT SUM(r.count) FROM offer_release r
         WHERE r.offer_id = s.offer_id AND r.release_at >= s.next_release_at AND r.release_at <= ?), 0) AS \`left\`
       FROM offer_stock s`,
      [model.now],
    );
    const left = new Map(rows.map((row) => [row.id, Number(row.left)]));
    for (const [number, offer] of model.offers.entries()) {
      const stored = left.get(offer.id)!;
      const told = `offer ${number}: ${stored} left, the model has ${model.stock(offer)} (${offer.taken} taken)`;
      if (stored < 0) broken('stock is never below zero', told);
      if (stored !== model.stock(offer)) broken('stock taken = vouchers not cancelled', told);
    }
    for (const slot of model.changedSlots) {
      const [, group] = slot.split(' ');
      const { limit } = model.offers.find((offer) => offer.group === group)!;
      const count = model.slots.get(slot)!;
      if (count > limit!.count) broken('limits are kept', `${count} of ${slot}, at the most ${limit!.count}`);
    }
    model.changedSlots.clear();
  }

  /** Whole tables: vouchers by offer and state, and that each is used, charged or won once. */
  async checkAll(): Promise<void> {
    const { model } = this.sim;
    const rows: { id: string; state: string; count: string }[] = await this.db.query(
      `SELECT r.offer_id AS id, v.state, COUNT(*) AS count FROM voucher v JOIN redemption r ON r.id = v.id
       GROUP BY r.offer_id, v.state`,
    );
    const stored = new Map(rows.map(({ id, state, count }) => [`${id} ${state}`, Number(count)]));
    const counted = new Map<string, number>();
    for (const { id, offer, state } of [...model.vouchers, ...model.prizes]) {
      if (id === undefined) continue;
      const key = `${model.offers[offer]!.id} ${state}`;
      counted.set(key, (counted.get(key) ?? 0) + 1);
    }
    for (const key of new Set([...stored.keys(), ...counted.keys()])) {
      const told = `${key}: ${stored.get(key) ?? 0}, the model has ${counted.get(key) ?? 0}`;
      if (stored.get(key) !== counted.get(key)) broken('vouchers are in the states that were accepted', told);
    }
    for (const [what, sql] of Object.entries(ONCE)) {
      const [twice] = await this.db.query(`${sql} LIMIT 1`);
      if (twice) broken('each is settled once', `${what} ${twice.id}`);
    }
  }
}

/** What there may be none of, whatever unique keys say. */
const ONCE = {
  'a voucher used without a use, or with two:': `SELECT v.id FROM voucher v
    LEFT JOIN verification u ON u.voucher_id = v.id AND u.undone_at IS NULL
    GROUP BY v.id, v.state HAVING COUNT(u.id) <> IF(v.state = 'used', 1, 0)`,
  'a charge without its transfer, or refunded beyond it:': `SELECT c.id FROM charge c
    LEFT JOIN charge_refund r ON r.charge_id = c.id GROUP BY c.id, c.points, c.refunded, c.state, c.transfer_id
    HAVING IFNULL(SUM(r.points), 0) <> c.refunded OR c.refunded > c.points OR (c.state = 'posted') <> (c.transfer_id IS NOT NULL)`,
  'an event that earned twice by one rule:': `SELECT event_id AS id FROM accrual WHERE revocation_id = ''
    GROUP BY event_id, rule_id HAVING COUNT(*) > 1`,
  'a code of a pool given twice:': `SELECT offer_id AS id FROM redemption_code GROUP BY offer_id, number HAVING COUNT(*) > 1`,
  'a win paid twice:': `SELECT cause_id AS id FROM transfer WHERE kind = 'prize' GROUP BY cause_id HAVING COUNT(*) > 1`,
};

interface Line {
  id: string;
  roundId: string;
  programmeId: string;
  month: string;
  number: number;
  quantity: number;
  merchantId: string;
  outletId: string;
  saleFrom: Date;
  saleTo: Date;
  useUntil: string;
}

function treatOf({ world }: Sim, row: Line, programme: number): Offer {
  const merchant = world.merchants.findIndex(({ id }) => id === row.merchantId);
  return {
    id: row.id,
    programme,
    merchant,
    outlets: [world.merchants[merchant]!.outletIds.indexOf(row.outletId)],
    price: 0,
    limit: { count: 1, period: 'ever' },
    group: row.roundId,
    lapse: 'forfeit',
    useDays: null,
    useUntil: row.useUntil,
    saleFrom: row.saleFrom,
    saleTo: row.saleTo,
    isPool: false,
    unions: null,
    isOnSale: true,
    supplied: row.quantity,
    releases: new Map(),
    taken: 0,
  };
}
