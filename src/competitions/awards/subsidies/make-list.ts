import { act } from '../../../identity/act.ts';
import { recordAudit } from '../../../identity/audit.ts';
import type { AdminCaller } from '../../../identity/caller.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { insertRows } from '../../../platform/db/sql.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/ids.ts';
import { accept, type Refusal, refuse } from '../../../platform/result.ts';
import type { Competition } from '../../plan/competition.entity.ts';
import { lockCompetitionInScope } from '../../plan/scope.ts';
import type { SubsidyLine } from './line.entity.ts';
import { SubsidyList } from './list.entity.ts';
import { competitionNotFinished, listMade, nothingToPay, subsidiesNotBudget } from './refusals.ts';

/**
 * Makes the payment list of a finished competition (awards:pay in its union) from what was won. Its sum must be the
 * budget; where places stayed vacant, the caller says what was planned for them, in fen, as a check that somebody has
 * looked at it. Resolves with the list's id; audited. Refusals: COMPETITION_UNKNOWN, COMPETITION_NOT_FINISHED,
 * SUBSIDY_LIST_MADE, NOTHING_TO_PAY, SUBSIDIES_NOT_BUDGET.
 */
export async function makeSubsidyList(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { competitionId: string; vacantFen: number },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'makeSubsidyList', key, input }, async (tx, now) => {
    const { competitionId, vacantFen } = input;
    const found = await lockCompetitionInScope(tx, caller, 'awards:pay', competitionId);
    if (!found.ok) return found;
    const { competition, union } = found.value;
    const lines = await linesToPay(tx, competitionId);
    const totalFen = lines.reduce((sum, { fen }) => sum + fen, 0);
    const trouble = (await troubleWith(tx, competition)) ?? troubleWithSum(totalFen, vacantFen, competition);
    if (trouble) return refuse(trouble);
    const id = newId();
    const sums = { lineCount: lines.length, totalFen, vacantFen, budgetFen: competition.budgetFen };
    await tx.insert(SubsidyList, { id, competitionId, state: 'made', ...sums, madeAt: now, madeBy: caller.actor });
    await writeLines(tx, id, lines);
    const target = { targetKind: 'subsidy_list', targetId: id, unionId: union.id };
    const after = { competitionId, ...sums };
    await recordAudit(tx, { actor: caller.actor, action: 'makeSubsidyList', ...target, after }, now);
    return accept(id);
  });
}

async function troubleWith(tx: Tx, { id, state }: Competition): Promise<Refusal | undefined> {
  if (state !== 'finished') return competitionNotFinished;
  return (await tx.existsBy(SubsidyList, { competitionId: id })) ? listMade : undefined;
}

function troubleWithSum(total: number, vacant: number, { budgetFen }: Competition): Refusal | undefined {
  if (total === 0) return nothingToPay;
  return vacant >= 0 && total + vacant === budgetFen ? undefined : subsidiesNotBudget(total, vacant, budgetFen);
}

type NewLine = Omit<SubsidyLine, 'listId' | 'number'>;

/** What each winner gets, by award and place. */
async function linesToPay(tx: Tx, competitionId: string): Promise<NewLine[]> {
  const rows = await tx.query<(Omit<NewLine, 'fen'> & { fen: string })[]>(
    `SELECT w.id AS winId, a.payer_union_id AS payerUnionId, p.name AS payer, e.name AS payee, u.name AS unionName,
            a.name AS award, w.place, a.subsidy_fen AS fen
     FROM competition_win w
     JOIN competition_award a ON a.competition_id = w.competition_id AND a.number = w.award_number
     JOIN entry e ON e.id = w.entry_id JOIN union_node u ON u.id = e.union_id
     JOIN union_node p ON p.id = a.payer_union_id
     WHERE w.competition_id = ? AND a.subsidy_fen > 0 ORDER BY a.number, w.place`,
    [competitionId],
  );
  return rows.map((row) => ({ ...row, fen: Number(row.fen) }));
}

async function writeLines(tx: Tx, listId: string, lines: readonly NewLine[]): Promise<void> {
  await insertRows(
    tx,
    'subsidy_line',
    ['list_id', 'number', 'win_id', 'payer_union_id', 'payer', 'payee', 'union_name', 'award', 'place', 'fen'],
    lines.map((line, i) => [
      ...[listId, i + 1, line.winId, line.payerUnionId, line.payer],
      ...[line.payee, line.unionName, line.award, line.place, line.fen],
    ]),
  );
}
