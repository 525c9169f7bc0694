import type { DataSource } from 'typeorm';
import { type AccountKind, ISSUING, type TransferKind } from '../../src/ledger/transfer.ts';
import { type Account, checkAccounts, checkLots } from './account-laws.ts';
import { broken } from './broken.ts';
import type { Sim } from './command.ts';
import { RuleLaws } from './rule-laws.ts';
import { accountName } from './world.ts';

interface Moved {
  id: string;
  kind: TransferKind;
  debit: string;
  credit: string;
  points: number;
  cause: string;
  reverses: string | null;
}

/** Kinds that follow from another transfer of the same posting, or from time. */
const FOLLOWING = new Set<TransferKind>(['expiry', 'unexpiry', 'owing', 'write_off', 'repayment']);
const REVERSED = new Set<TransferKind>(['redemption', 'verification', 'accrual', 'ticket']);

/**
 * The ledger against what the doors accepted. Every transfer is read once, added up here by account, and has to be owed
 * by exactly one thing that was accepted, or fallen due; and nothing may stay owed when a batch is over.
 */
export class LedgerLaws {
  readonly rules: RuleLaws;
  private readonly accounts = new Map<string, Account>();
  /** What was moved and may be reversed, under what it was owed as. */
  private readonly reversible = new Map<string, { due: string; moved: Moved }>();
  private lastAccount = '';
  private lastTransfer = '';
  transfers = 0;

  constructor(private readonly sim: Sim) {
    this.rules = new RuleLaws(sim);
  }

  private get db(): DataSource {
    return this.sim.world.deps.db;
  }

  /** Takes what stands before the first batch as given. */
  async begin(): Promise<void> {
    await this.readAccounts();
    for (const moved of await this.readTransfers()) this.add(moved);
    this.publish();
  }

  /** Reads what is new, and finds every law of the ledger kept. */
  async check(): Promise<void> {
    await this.readAccounts();
    await this.rules.read();
    const moved = await this.readTransfers();
    for (const one of moved) this.add(one);
    for (const one of moved) {
      if (FOLLOWING.has(one.kind)) this.followed(one, moved);
      else if (one.kind !== 'reversal') this.match(one);
    }
    this.rules.takeBack();
    for (const one of moved) if (one.kind === 'reversal') this.match(one);
    const [open] = this.sim.model.dues;
    if (open) broken('what was accepted is in the ledger', `${open[0]}: ${JSON.stringify(open[1])} was not moved`);
    await checkAccounts(this.db, this.accounts, new Set(moved.flatMap(({ debit, credit }) => [debit, credit])));
    await checkLots(
      this.db,
      moved.map(({ id }) => id),
    );
    await this.checkBudgets();
    this.publish();
  }

  private async readAccounts(): Promise<void> {
    const rows: { id: string; programme_id: string; kind: AccountKind; owner_id: string }[] = await this.db.query(
      'SELECT id, programme_id, kind, owner_id FROM account WHERE id > ? ORDER BY id',
      [this.lastAccount],
    );
    for (const { id, programme_id: programmeId, kind, owner_id: ownerId } of rows) {
      const programme = this.sim.world.programmeIds.indexOf(programmeId);
      this.accounts.set(id, { name: accountName(kind, ownerId, programmeId), kind, programme, balance: 0 });
      this.lastAccount = id;
    }
  }

  private async readTransfers(): Promise<Moved[]> {
    const rows: (Moved & { points: number | string })[] = await this.db.query(
      `SELECT id, kind, debit_account_id AS debit, credit_account_id AS credit, points, cause_id AS cause,
              reverses_id AS reverses FROM transfer WHERE id > ? ORDER BY id`,
      [this.lastTransfer],
    );
    this.lastTransfer = rows.at(-1)?.id ?? this.lastTransfer;
    this.transfers += rows.length;
    return rows.map((row) => ({ ...row, points: Number(row.points) }));
  }

  private add({ debit, credit, points }: Moved): void {
    this.accounts.get(debit)!.balance -= points;
    this.accounts.get(credit)!.balance += points;
  }

  private match(one: Moved): void {
    const original = one.reverses === null ? undefined : this.reversible.get(one.reverses);
    const due = one.kind === 'reversal' ? `reversal of ${original?.due}` : `${one.kind} ${one.cause}`;
    const [from, to] = [this.accounts.get(one.debit)!.name, this.accounts.get(one.credit)!.name];
    const asked = one.kind === 'accrual' ? this.rules.owed(one.cause) : this.sim.model.dues.get(due);
    const owed = asked ?? this.owedByJobs(one, original?.moved, due);
    if (!owed) broken('the ledger moves what was accepted, once', `${due} of ${one.points} points was not owed`);
    if (owed.points !== one.points || owed.from !== from || owed.to !== to) {
      const found = JSON.stringify({ points: one.points, from, to });
      broken('the ledger moves what was accepted', `${due}: owed was ${JSON.stringify(owed)}, moved ${found}`);
    }
    this.sim.model.dues.delete(due);
    if (one.kind === 'ticket') this.sim.model.tickets.get(one.cause)!.pot += one.points;
    if (REVERSED.has(one.kind)) this.reversible.set(one.id, { due, moved: one });
    if (one.kind === 'reversal') this.reversible.delete(one.reverses!);
    if (one.kind === 'accrual') this.rules.paid(one.cause, one.id);
  }

  /** What no command asked for: points that lotteries set aside, pay and give back, and that refused tickets bring back. */
  private owedByJobs(one: Moved, original: Moved | undefined, due: string) {
    const { model } = this.sim;
    const lottery = model.lotteries.find(
      ({ id, wins }) => id === one.cause || wins.some((win) => win.id === one.cause),
    );
    const ticket = original && model.tickets.get(original.cause);
    const found = ticket ?? lottery;
    if (!found) return undefined;
    const change = { reservation: 1, prize: -1, release: -1, reversal: -1 }[one.kind as 'prize'];
    if (change === undefined || (one.kind === 'reversal' && !due.startsWith('reversal of ticket'))) return undefined;
    if (one.kind === 'prize' && !found.wins.some(({ id, state }) => id === one.cause && state === 'paid'))
      return undefined;
    found.pot += change * one.points;
    if (found.pot < 0) broken('a lottery gives what it has', `lottery ${found.month} gave ${-found.pot} more`);
    const [debit, credit] = [this.accounts.get(one.debit)!.name, this.accounts.get(one.credit)!.name];
    return { points: one.points, from: debit, to: credit };
  }

  private followed({ kind, id, debit, credit }: Moved, all: readonly Moved[]): void {
    const [from, to] = [this.accounts.get(debit)!.kind, this.accounts.get(credit)!.kind];
    const sides = { expiry: 'member breakage', unexpiry: 'breakage member', owing: 'owed member' };
    const wanted = { ...sides, write_off: 'written_off member', repayment: 'member owed' }[kind as 'expiry'];
    if (wanted !== `${from} ${to}`) broken('points follow their way', `${kind} ${id} went from ${from} to ${to}`);
    if (kind === 'expiry') return;
    // What covers a reversal stands in one posting with it, and what pays off a debt with what was given.
    const cause = kind === 'repayment' ? ['accrual', 'adjustment', 'prize'] : ['reversal'];
    const isCaused = all.some((other) => other.id.startsWith(id.slice(0, 26)) && cause.includes(other.kind));
    if (!isCaused) broken('points follow their way', `${kind} ${id} stands alone`);
  }

  private async checkBudgets(): Promise<void> {
    const { world, model } = this.sim;
    const issued = this.issued();
    const rows: { programme_id: string; budget: string; issued: string }[] = await this.db.query(
      'SELECT programme_id, budget, issued FROM programme_budget',
    );
    for (const { programme_id: id, budget, issued: stored } of rows) {
      const programme = world.programmeIds.indexOf(id);
      const told = `programme ${programme}: issued ${issued[programme]}, stored ${stored} of ${budget}`;
      if (issued[programme]! > model.budgets[programme]!) broken('nothing is issued over budget', told);
      if (Number(stored) !== issued[programme]) broken('what was issued is counted', told);
      if (Number(budget) !== model.budgets[programme]) broken('budgets are what was set', told);
    }
  }

  private issued(): number[] {
    const issued = this.sim.world.programmeIds.map(() => 0);
    for (const { kind, programme, balance } of this.accounts.values()) {
      if (ISSUING.has(kind)) issued[programme]! -= balance;
    }
    return issued;
  }

  private publish(): void {
    this.sim.model.issued.splice(0, Infinity, ...this.issued());
  }
}
