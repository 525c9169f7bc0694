import { rejectDispute, upholdDispute } from '../../src/marketplace/settlement/answer-dispute.ts';
import { markPaid } from '../../src/marketplace/settlement/mark-paid.ts';
import { sendStatement } from '../../src/marketplace/settlement/send-statement.ts';
import { monthNumber, numberOfMonth } from './calendar.ts';
import { type Command, firstOf, fixed, NOTHING, type Sim, writes } from './command.ts';
import { statementOf } from './owner.ts';
import { PROGRAMMES } from './world.ts';

/** An admin sends a statement, answers a dispute, or enters that it is paid. */
export function statementCommand(sim: Sim, by: number, now: Date): Command {
  const { world, random } = sim;
  const [programme, merchant] = [random.below(PROGRAMMES), random.below(world.merchants.length)];
  const month = numberOfMonth(now) - random.between(1, 2);
  const { what } = random.weighted([
    { what: 'send', weight: 4 },
    { what: 'answer', weight: 2 },
    { what: 'pay', weight: 3 },
  ] as const);
  const [isUpheld, rightFen] = [random.chance(0.5), random.between(1, 9_999)];
  const admin = world.admins[by]!;
  const find = fixed(() => statementOf(sim, programme, merchant, month));
  const dispute = fixed(() => find()?.disputes.find(({ isOpen }) => isOpen));
  return {
    kind: `${what} statement`,
    says: `admin ${by} ${what}s the statement of merchant ${merchant} for ${monthNumber(month)} in programme ${programme}`,
    touches: () => [writes(`statement ${programme} ${merchant} ${month}`)],
    verdict: () => {
      const one = find();
      if (what === 'answer') {
        if (!dispute()) return 'DISPUTE_UNKNOWN';
        if (!dispute()!.isOpen) return 'DISPUTE_ANSWERED';
        // Which line it is about, and what that says, the model does not know.
        return isUpheld ? ['ok', 'RIGHT_FEN_OUT_OF_RANGE', 'CORRECTION_CHANGES_NOTHING'] : 'ok';
      }
      if (!one) return 'STATEMENT_UNKNOWN';
      if (what === 'send') return one.state === 'draft' ? 'ok' : 'STATEMENT_NOT_DRAFT';
      return firstOf(
        one.state === 'paid' && 'STATEMENT_PAID',
        one.state !== 'confirmed' && 'STATEMENT_NOT_CONFIRMED',
        one.sentBy === by && 'SECOND_PERSON_NEEDED',
      );
    },
    send: (process, key) => {
      const statementId = find()?.id ?? NOTHING;
      if (what === 'send') return sendStatement(process, admin, key, { statementId });
      if (what === 'pay') return markPaid(process, admin, key, { statementId, reference: '转账凭证' });
      const answer = { disputeId: dispute()?.id ?? NOTHING, reason: '已核对' };
      if (!isUpheld) return rejectDispute(process, admin, key, answer);
      return upholdDispute(process, admin, key, { ...answer, rightFen });
    },
    accepted: () => {
      const one = find()!;
      if (what === 'pay') one.state = 'paid';
      else if (what === 'send') Object.assign(one, { state: 'sent', sentBy: by });
      else {
        dispute()!.isOpen = false;
        if (one.disputes.every(({ isOpen }) => !isOpen)) one.state = 'sent';
      }
    },
  };
}
