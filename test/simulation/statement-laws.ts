import { verifyStatement } from '../../src/marketplace/settlement/verify-statement.ts';
import { broken } from './broken.ts';
import type { Sim } from './command.ts';
import type { Statement } from './things.ts';

interface Row {
  id: string;
  programmeId: string;
  merchantId: string;
  accountId: string;
  month: string;
  points: string;
}

/** Settlement: one statement for each month and merchant, and it says what the ledger moved in that month. */
export class StatementLaws {
  private last = '';

  constructor(private readonly sim: Sim) {}

  private get db() {
    return this.sim.world.deps.db;
  }

  async check(): Promise<void> {
    const { model, world } = this.sim;
    const rows: Row[] = await this.db.query(
      `SELECT id, programme_id AS programmeId, merchant_id AS merchantId, account_id AS accountId, month, points
       FROM settlement_statement WHERE id > ? ORDER BY id`,
      [this.last],
    );
    for (const row of rows) {
      this.last = row.id;
      const programme = world.programmeIds.indexOf(row.programmeId);
      const merchant = world.merchants.findIndex(({ id }) => id === row.merchantId);
      const one: Statement = {
        ...{ id: row.id, programme, merchant, month: row.month, state: 'draft', sentBy: -1, disputes: [] },
      };
      const isTwice = model.statements.some(
        (other) => other.programme === programme && other.merchant === merchant && other.month === row.month,
      );
      if (isTwice) broken('a month is settled once', `${row.month} of merchant ${merchant}, programme ${programme}`);
      model.statements.push(one);
      await this.checkSum(row);
    }
    await this.checkStates();
  }

  private async checkSum({ id, accountId, month, points }: Row): Promise<void> {
    const [{ moved }] = await this.db.query(
      `SELECT IFNULL(SUM(IF(credit_account_id = ?, 1, -1) * CAST(points AS SIGNED)), 0) AS moved FROM transfer
       WHERE (credit_account_id = ? OR debit_account_id = ?) AND day LIKE ?`,
      [accountId, accountId, accountId, `${month}%`],
    );
    if (Number(moved) !== Number(points)) {
      broken('a statement is what the ledger says', `${id} of ${month}: ${points}, the ledger moved ${moved}`);
    }
    const found = await verifyStatement(this.db, id);
    if (found?.differences[0]) broken('a statement is what the ledger says', `${id}: ${found.differences[0]}`);
  }

  private async checkStates(): Promise<void> {
    const { statements } = this.sim.model;
    if (statements.length === 0) return;
    const rows: { id: string; state: string }[] = await this.db.query('SELECT id, state FROM settlement_statement');
    const states = new Map(rows.map(({ id, state }) => [id, state]));
    const wrong = statements.find(({ id, state }) => states.get(id) !== state);
    if (wrong) {
      const told = `${wrong.month} of merchant ${wrong.merchant} is ${states.get(wrong.id)}, the model has ${wrong.state}`;
      broken('statements are in the states that were accepted', told);
    }
  }
}
