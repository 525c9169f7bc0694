import { recordAudit } from '../../identity/audit.ts';
import { beijingDay } from '../../platform/clock.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { Programme } from '../../unions/programme.entity.ts';
import { type DueRound, dueRounds, opensAt } from './due-rounds.ts';
import { type MadeLine, makeOffers } from './make-offers.ts';
import { TreatPlan } from './plan.entity.ts';
import { linesOfPlans, linesOfRounds } from './queries.ts';
import { TreatRound } from './round.entity.ts';

/**
 * Puts up the rounds of an active plan that are due, with an offer for each line; lines of a round that were left out are
 * looked at again, as long as its day is not over. The plan is locked, so a month is put up once, by whichever machine
 * comes first. Resolves with how many rounds are new.
 */
export async function putUpRounds(tx: Tx, planId: string, now: Date): Promise<number> {
  await tx.query('SELECT id FROM treat_plan WHERE id = ? FOR UPDATE', [planId]);
  const plan = await tx.findOneByOrFail(TreatPlan, { id: planId });
  if (plan.state !== 'active') return 0;
  let putUp = 0;
  for (const due of dueRounds(plan, beijingDay(now))) {
    const round = await tx.findOneBy(TreatRound, { planId, month: due.month });
    if (round) await completeRound(tx, round, now);
    else {
      await putUpRound(tx, plan, due, now);
      putUp += 1;
    }
  }
  return putUp;
}

async function putUpRound(tx: Tx, plan: TreatPlan, { month, day }: DueRound, now: Date): Promise<void> {
  const round: TreatRound = {
    id: newId(),
    planId: plan.id,
    programmeId: plan.programmeId,
    month,
    name: plan.name,
    day,
    opensAt: opensAt(day, plan.opens),
    submittedBy: plan.changedBy,
    putUpAt: now,
  };
  await tx.insert(TreatRound, round);
  const made = await makeOffers(tx, round, (await linesOfPlans(tx, [plan.id])).get(plan.id) ?? [], now);
  await insertRows(
    tx,
    'treat_round_line',
    ['round_id', 'number', 'merchant_id', 'outlet_id', 'what', 'quantity', 'offer_id', 'left_out'],
    made.map(({ number, merchantId, outletId, what, quantity, offerId, leftOut }) => [
      round.id,
      number,
      merchantId,
      outletId,
      what,
      quantity,
      offerId,
      leftOut,
    ]),
  );
  await audit(tx, 'putUpTreat', round, made, now);
}

/** Makes the offers of lines that can be given after all, because a contract was signed or a merchant is active again. */
async function completeRound(tx: Tx, round: TreatRound, now: Date): Promise<void> {
  if (round.day < beijingDay(now)) return;
  const lines = (await linesOfRounds(tx, [round.id])).get(round.id) ?? [];
  const missing = lines.filter((line) => line.offerId === null);
  if (missing.length === 0) return;
  const made = await makeOffers(tx, round, missing, now);
  for (const { number, offerId, leftOut } of made)
    await tx.query('UPDATE treat_round_line SET offer_id = ?, left_out = ? WHERE round_id = ? AND number = ?', [
      offerId,
      leftOut,
      round.id,
      number,
    ]);
  const added = made.filter((line) => line.offerId !== null);
  if (added.length > 0) await audit(tx, 'completeTreat', round, added, now);
}

async function audit(
  tx: Tx,
  action: string,
  { id, month, day, programmeId }: TreatRound,
  made: readonly MadeLine[],
  now: Date,
): Promise<void> {
  const { unionId } = await tx.findOneByOrFail(Programme, { id: programmeId });
  const lines = made.map(({ number, quantity, offerId, leftOut }) => ({ number, quantity, offerId, leftOut }));
  const target = { targetKind: 'treat_round', targetId: id, unionId };
  await recordAudit(tx, { actor: 'system', action, ...target, after: { month, day, lines } }, now);
}
