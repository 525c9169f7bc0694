import { confirmStatement } from '../../src/marketplace/settlement/confirm-statement.ts';
import { disputeLine } from '../../src/marketplace/settlement/dispute-line.ts';
import { monthNumber, numberOfMonth } from './calendar.ts';
import { type Command, firstOf, fixed, made, NOTHING, type Sim, writes } from './command.ts';
import type { Statement } from './things.ts';
import { PROGRAMMES } from './world.ts';

/** The statement of a merchant for a month, when it is there. */
export const statementOf = (
  { model }: Sim,
  programme: number,
  merchant: number,
  month: number,
): Statement | undefined =>
  model.statements.find(
    (one) => one.programme === programme && one.merchant === merchant && one.month === monthNumber(month),
  );

/** The owner confirms a statement, or disputes one of its lines. */
export function answerStatement(sim: Sim, now: Date): Command {
  const { world, random } = sim;
  const [programme, merchant] = [random.below(PROGRAMMES), random.below(world.merchants.length)];
  const month = numberOfMonth(now) - random.between(1, 2);
  const [isDispute, anyLine] = [random.chance(0.3), random.below(1000)];
  const { owner } = world.merchants[merchant]!;
  const find = fixed(() => statementOf(sim, programme, merchant, month));
  const lineId = made(async () => {
    const account = "SELECT id FROM account WHERE kind = 'merchant' AND owner_id = ? AND programme_id = ?";
    const lines: { id: string }[] = await world.deps.db.query(
      `SELECT id FROM transfer WHERE credit_account_id = (${account}) AND day LIKE ? LIMIT 1000`,
      [owner.merchantId, world.programmeIds[programme]!, `${monthNumber(month)}%`],
    );
    return lines[anyLine % Math.max(lines.length, 1)]?.id ?? `${NOTHING}0000`;
  });
  return {
    kind: isDispute ? 'dispute' : 'confirm statement',
    says: `merchant ${merchant} ${isDispute ? 'disputes a line of' : 'confirms'} ${monthNumber(month)} of programme ${programme}`,
    touches: () => [writes(`statement ${programme} ${merchant} ${month}`)],
    verdict: () => {
      const one = find();
      if (!one || one.state === 'draft') return 'STATEMENT_UNKNOWN';
      const isOpen = one.state === 'sent' || one.state === 'disputed';
      if (isDispute) return isOpen ? ['ok', 'LINE_DISPUTED', 'LINE_UNKNOWN'] : 'STATEMENT_CONFIRMED';
      return firstOf(one.state === 'disputed' && 'DISPUTES_OPEN', !isOpen && 'STATEMENT_CONFIRMED');
    },
    send: async (process, key) => {
      const statementId = find()?.id ?? NOTHING;
      if (!isDispute) return confirmStatement(process, owner, key, { statementId });
      return disputeLine(process, owner, key, { statementId, lineId: await lineId(), reason: '少算' });
    },
    accepted: (id) => {
      const one = find()!;
      one.state = isDispute ? 'disputed' : 'confirmed';
      if (isDispute) one.disputes.push({ id, isOpen: true });
    },
  };
}
