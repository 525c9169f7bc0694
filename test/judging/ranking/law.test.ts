import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addCandidates } from '../../../src/judging/panels/add-candidates.ts';
import { insertRows, type SqlValue } from '../../../src/platform/db/sql.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted } from '../../unions/tree.ts';
import { aCriterion, anAccount } from '../world.ts';
import { type Panel, panels, rankAll } from './panels.ts';
import { aRankingWorld } from './world.ts';

type World = Awaited<ReturnType<typeof aRankingWorld>>;

/** Stores a panel with all its scores as if it had been judged, and closes it. The candidates' ids are made anew. */
async function judged({ aPanel, inTx, mill, anAccountOf, deps }: World & Accounts, { terms, candidates }: Panel) {
  const { criteria, needed, ...how } = terms;
  const panelId = await aPanel({
    ...how,
    ...{ judgesPerEntry: 99, judgesNeeded: needed, late: 'without' },
    criteria: criteria.map((criterion, i) => aCriterion({ ...criterion, name: `指标${i + 1}` })),
  });
  const now = deps.clock.now();
  const ids = new Map([...candidates].map((one) => [one.candidateId, newId()]));
  const judgeIds = new Map<string, string>([['', '']]);
  const insert = (table: string, columns: string, rows: SqlValue[][]) =>
    insertRows(deps.db.manager, table, columns.split(' '), rows);
  for (const name of new Set(candidates.flatMap(({ sheets }) => sheets.map(({ judgeId }) => judgeId)))) {
    if (name === '') continue;
    judgeIds.set(name, newId());
    await insert('panel_judge', 'id panel_id operator_id state invited_at invited_by answered_at', [
      [judgeIds.get(name)!, panelId, await anAccountOf(name), 'accepted', now, 'system', now],
    ]);
  }
  const entries = [...candidates].sort((a, b) => a.number - b.number);
  await inTx((tx) =>
    addCandidates(
      tx,
      panelId,
      entries.map(({ candidateId }) => ({
        ...{ id: ids.get(candidateId)!, unionId: mill, label: '作品', evidenceOf: null },
      })),
    ),
  );
  const sheets = entries.flatMap(({ candidateId, sheets: ofIt }) =>
    ofIt.map((sheet) => ({ id: ids.get(candidateId)!, judge: judgeIds.get(sheet.judgeId)!, sheet })),
  );
  await insert(
    'panel_sheet',
    'panel_id candidate_id judge_id number state saved_at submitted_at counts_from',
    sheets
      .filter(({ judge }) => judge !== '')
      .map(({ id, judge }) => [panelId, id, judge, 1, 'submitted', now, now, 1]),
  );
  await insert(
    'panel_score',
    'panel_id candidate_id judge_id sheet_number criterion_number value',
    sheets.flatMap(({ id, judge, sheet }) =>
      sheet.values.flatMap((value, i) => (value === undefined ? [] : [[panelId, id, judge, 1, i + 1, value]])),
    ),
  );
  await deps.db.query("UPDATE panel SET state = 'closed', opened_at = ?, closed_at = ? WHERE id = ?", [
    now,
    now,
    panelId,
  ]);
  return { panelId, ids, judgeIds };
}

interface Accounts {
  /** The id of the account of a judge of this name, made when it is asked for. */
  anAccountOf(name: string): Promise<string>;
}

test('what is stored is what the scores say, place by place, and making it again gives the same', async () => {
  const world = await aRankingWorld();
  const accounts = new Map<string, string>();
  const anAccountOf = async (name: string) => {
    if (!accounts.has(name)) accounts.set(name, (await anAccount(world.deps, world.east, 'judge')).operatorId!);
    return accounts.get(name)!;
  };
  await fc.assert(
    fc.asyncProperty(panels(), async (one) => {
      const { panelId, ids, judgeIds } = await judged({ ...world, anAccountOf }, one);
      const id = accepted(await world.make(panelId));
      const expected = rankAll(
        one.terms,
        one.candidates.map((each) => ({
          ...each,
          candidateId: ids.get(each.candidateId)!,
          sheets: each.sheets.map((sheet) => ({ ...sheet, judgeId: judgeIds.get(sheet.judgeId)! })),
        })),
      );
      expect(
        (await world.places(id)).map(({ candidateId, total, decidedBy, detail }) => ({
          ...{ candidateId, total, decidedBy },
          marks: detail.marks,
        })),
      ).toEqual(
        expected.map(({ candidateId, total, decidedBy, reckoned }) => ({
          ...{ candidateId, total, decidedBy },
          marks: reckoned.criteria.map(({ marks }) => marks),
        })),
      );
      expect(await world.differences(id)).toEqual([]);
    }),
    { numRuns: 12 },
  );
});
