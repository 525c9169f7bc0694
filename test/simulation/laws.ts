import type { DataSource } from 'typeorm';
import { verifyAudit } from '../../src/identity/audit.ts';
import { sealTransfers } from '../../src/ledger/seal.ts';
import { verifyLedger } from '../../src/ledger/verify.ts';
import { verifyStatement } from '../../src/marketplace/settlement/verify-statement.ts';
import { broken } from './broken.ts';
import type { Sim } from './command.ts';
import { LedgerLaws } from './ledger-laws.ts';
import { LotteryLaws } from './lottery-laws.ts';
import { StatementLaws } from './statement-laws.ts';
import { StockLaws } from './stock-laws.ts';
import type { Adjustment, Charge, Claim, Voucher } from './things.ts';

/** Everything that must be true whenever nobody is at a door. */
export class Laws {
  readonly ledger: LedgerLaws;
  private readonly lotteries: LotteryLaws;
  private readonly statements: StatementLaws;
  private readonly stock: StockLaws;

  constructor(private readonly sim: Sim) {
    this.ledger = new LedgerLaws(sim);
    this.lotteries = new LotteryLaws(sim);
    this.statements = new StatementLaws(sim);
    this.stock = new StockLaws(sim);
  }

  private get db(): DataSource {
    return this.sim.world.deps.db;
  }

  async begin(): Promise<void> {
    await this.ledger.begin();
    await this.stock.begin();
  }

  /** What jobs have made, so that the model knows of it: lotteries, treats, statements. */
  async readNews(): Promise<void> {
    await this.lotteries.read();
    await this.stock.readTreats();
    await this.statements.check();
  }

  /** What has changed since the last time; a few statements, however long the run is. */
  async check(): Promise<void> {
    await this.readNews();
    await this.ledger.check();
    await this.lotteries.check();
    await this.stock.check();
    await this.checkStates();
  }

  /** The whole of it, by the program's own means of verification and by sums over whole tables. */
  async checkAll(): Promise<void> {
    await sealTransfers(this.sim.world.deps);
    const { differences } = await verifyLedger(this.db);
    if (differences[0]) broken('the ledger is coherent', differences.join('\n'));
    const audit = await verifyAudit(this.db);
    if (audit.broken) broken('the audit trail is whole', JSON.stringify(audit.broken));
    await this.stock.checkAll();
    await this.lotteries.checkAll();
    for (const { id, month } of this.sim.model.statements) {
      const found = await verifyStatement(this.db, id);
      if (found?.differences[0]) broken('a statement is what the ledger says', `${month}: ${found.differences[0]}`);
    }
  }

  /** What was touched is in the state in which the model has it. */
  private async checkStates(): Promise<void> {
    const { model } = this.sim;
    const touched = [...model.touched].filter(({ id }) => id !== undefined);
    model.touched.clear();
    await this.compare('voucher', 'state', touched.filter(isVoucher), ({ state }) => state);
    await this.compare('charge', "CONCAT(state, ' ', refunded)", touched.filter(isCharge), (charge) => {
      const isLapsed = charge.state === 'held' && charge.holdUntil <= model.now;
      return isLapsed ? ['lapsed 0', 'held 0'] : `${charge.state} ${charge.refunded}`;
    });
    await this.compare('claim', 'state', touched.filter(isClaim), ({ state }) => state);
    await this.compare('adjustment', 'state', touched.filter(isAdjustment), ({ state }) => state);
  }

  private async compare<T extends { id: string | undefined }>(
    table: string,
    column: string,
    things: readonly T[],
    expected: (thing: T) => string | readonly string[],
  ): Promise<void> {
    if (things.length === 0) return;
    const rows: { id: string; found: string }[] = await this.db.query(
      `SELECT id, ${column} AS found FROM ${table} WHERE id IN (?)`,
      [things.map(({ id }) => id)],
    );
    const found = new Map(rows.map((row) => [row.id, row.found]));
    for (const thing of things) {
      const [stored, model] = [found.get(thing.id!), [expected(thing)].flat()];
      if (!model.includes(stored!)) {
        broken('states are those of what was accepted', `${table} ${thing.id}: ${stored}, the model has ${model}`);
      }
    }
  }
}

const isVoucher = (thing: object): thing is Voucher => 'validUntil' in thing;
const isCharge = (thing: object): thing is Charge => 'holdUntil' in thing;
const isClaim = (thing: object): thing is Claim => 'levels' in thing;
const isAdjustment = (thing: object): thing is Adjustment => 'by' in thing;
