import { countAlone, oweAdjustment } from './admin-adjustments.ts';
import type { Sim } from './command.ts';
import { statementOf } from './owner.ts';
import type { Adjustment, Charge, Claim, Member, Offer, Statement, Voucher } from './things.ts';
import { memberAccount, merchantAccount, USUAL_CHARGE_LIMIT } from './world.ts';

/**
 * Where several clients changed one thing at once, nobody at a door can tell which came last: the model asks the database
 * how that thing stands, with one statement for all of a kind. What was accepted of it is still owed, once, and every
 * other law holds.
 */
export async function adopt(sim: Sim): Promise<void> {
  const { unsure } = sim.model;
  const places = new Map<string, number[][]>();
  for (const name of unsure) {
    const [kind, ...place] = name.split(' ') as [string, ...string[]];
    const others = places.get(kind);
    if (others) others.push(place.map(Number));
    else places.set(kind, [place.map(Number)]);
  }
  unsure.clear();
  for (const [kind, ofKind] of places) await ADOPTING[kind]?.(sim, ofKind);
}

const ADOPTING: Record<string, (sim: Sim, places: readonly number[][]) => Promise<void>> = {
  voucher: adoptVouchers,
  charge: adoptCharges,
  claim: adoptClaims,
  adjustment: adoptAdjustments,
  member: adoptMembers,
  offer: adoptOffers,
  budget: adoptBudgets,
  statement: adoptStatements,
};

/** How those of these things stand that are stored. `sql` ends where the list of their ids begins. */
async function stored<Row extends object, T extends { id: string | undefined }>(
  { world }: Sim,
  sql: string,
  things: readonly (T | undefined)[],
): Promise<[T, Row][]> {
  const known = new Map(things.flatMap((thing) => (thing?.id === undefined ? [] : [[thing.id, thing]])));
  if (known.size === 0) return [];
  const rows: (Row & { id: string })[] = await world.deps.db.query(`${sql} (?)`, [[...known.keys()]]);
  return rows.map((row) => [known.get(row.id)!, row]);
}

async function adoptVouchers(sim: Sim, places: readonly number[][]): Promise<void> {
  const { model } = sim;
  const vouchers = places.map(([number]) => model.vouchers[number!]);
  const rows = await stored<Pick<Voucher, 'state'>, Voucher>(
    sim,
    'SELECT id, state FROM voucher WHERE id IN',
    vouchers,
  );
  for (const [voucher, { state }] of rows) {
    voucher.state = state;
    if (state === 'unused') model.watch(voucher);
  }
}

/** A charge is held or posted by a limit that the member was changing. */
async function adoptCharges(sim: Sim, places: readonly number[][]): Promise<void> {
  const { model, world } = sim;
  const charges = places.map(([number]) => model.charges[number!]);
  const rows = await stored<{ state: string }, Charge>(sim, 'SELECT id, state FROM charge WHERE id IN', charges);
  for (const [charge, { state }] of rows) {
    const { member, programme, till } = charge.scan;
    const due = `charge ${charge.id}`;
    const wasHeld = charge.state === 'held';
    charge.state = state === 'posted' || state === 'declined' ? state : 'held';
    if (charge.state === 'held') model.dues.delete(due);
    if (charge.state !== 'posted' || !wasHeld) continue;
    const to = merchantAccount(world, world.tills[till]!.merchant, programme);
    model.owe(due, { points: charge.points, from: memberAccount(world, member, programme), to });
  }
}

async function adoptClaims(sim: Sim, places: readonly number[][]): Promise<void> {
  const claims = places.map(([number]) => sim.model.claims[number!]);
  const sql = 'SELECT id, state, first_approved_by AS firstBy FROM claim WHERE id IN';
  const rows = await stored<{ state: Claim['state']; firstBy: string | null }, Claim>(sim, sql, claims);
  for (const [claim, { state, firstBy }] of rows) {
    claim.state = state;
    claim.firstBy = sim.world.admins.findIndex(({ actor }) => actor === firstBy);
  }
}

/** An adjustment is posted or waits by what the same admin was moving for the same member. */
async function adoptAdjustments(sim: Sim, places: readonly number[][]): Promise<void> {
  const { model } = sim;
  const adjustments = places.map(([number]) => model.adjustments[number!]);
  const sql = 'SELECT id, state FROM adjustment WHERE id IN';
  for (const [one, { state }] of await stored<Pick<Adjustment, 'state'>, Adjustment>(sim, sql, adjustments)) {
    if (one.state === state) continue;
    one.state = state;
    countAlone(model, one, state === 'posted' ? 1 : -1);
    if (state === 'posted') oweAdjustment(sim, one);
    else model.dues.delete(`adjustment ${one.id}`);
  }
}

async function adoptMembers(sim: Sim, places: readonly number[][]): Promise<void> {
  const { model, world } = sim;
  const members = places.map(([number]) => ({ id: world.memberIds[number!], member: model.members[number!]! }));
  const sql = `SELECT m.id, m.union_id AS unionId, m.state, l.points AS chargeLimit FROM member m
    LEFT JOIN member_charge_limit l ON l.member_id = m.id WHERE m.id IN`;
  type Row = Pick<Member, 'state'> & { unionId: string; chargeLimit: number | null };
  for (const [{ member }, row] of await stored<Row, (typeof members)[number]>(sim, sql, members)) {
    member.union = world.unions.findIndex(({ id }) => id === row.unionId);
    member.state = row.state;
    member.chargeLimit = Number(row.chargeLimit ?? USUAL_CHARGE_LIMIT);
  }
}

async function adoptOffers(sim: Sim, places: readonly number[][]): Promise<void> {
  const { model, world } = sim;
  const offers = places.flatMap(([number]) => model.offers[number!] ?? []);
  const rows = await stored<{ state: string }, Offer>(sim, 'SELECT id, state FROM offer WHERE id IN', offers);
  for (const [offer, { state }] of rows) {
    offer.isOnSale = state === 'on_sale';
    offer.releases.clear();
  }
  if (rows.length === 0) return;
  const planned: { id: string; at: Date; count: number }[] = await world.deps.db.query(
    'SELECT offer_id AS id, release_at AS at, count FROM offer_release WHERE offer_id IN (?) AND release_at > ?',
    [offers.map(({ id }) => id), model.now],
  );
  const byId = new Map(offers.map((offer) => [offer.id, offer]));
  for (const { id, at, count } of planned) byId.get(id)!.releases.set(at.getTime(), count);
}

async function adoptBudgets({ model, world }: Sim, places: readonly number[][]): Promise<void> {
  const rows: { id: string; budget: number | string }[] = await world.deps.db.query(
    'SELECT programme_id AS id, budget FROM programme_budget WHERE programme_id IN (?)',
    [places.map(([programme]) => world.programmeIds[programme!]!)],
  );
  for (const { id, budget } of rows) model.budgets[world.programmeIds.indexOf(id)] = Number(budget);
}

async function adoptStatements(sim: Sim, places: readonly number[][]): Promise<void> {
  const statements = places.map(([programme, merchant, month]) => statementOf(sim, programme!, merchant!, month!));
  const sql = 'SELECT id, state, sent_by AS sentBy FROM settlement_statement WHERE id IN';
  const rows = await stored<{ state: Statement['state']; sentBy: string | null }, Statement>(sim, sql, statements);
  for (const [statement, { state, sentBy }] of rows) {
    statement.state = state;
    statement.sentBy = sim.world.admins.findIndex(({ actor }) => actor === sentBy);
  }
}
