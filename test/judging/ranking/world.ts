import type { PanelTerms } from '../../../src/judging/panels/terms.ts';
import { placesOf } from '../../../src/judging/ranking/queries.ts';
import { rankPanel } from '../../../src/judging/ranking/rank-panel.ts';
import { Ranking } from '../../../src/judging/ranking/ranking.entity.ts';
import { settleRanking } from '../../../src/judging/ranking/settle-ranking.ts';
import { verifyRanking } from '../../../src/judging/ranking/verify-ranking.ts';
import { insertRows } from '../../../src/platform/db/sql.ts';
import { accepted } from '../../unions/tree.ts';
import { aJudgingWorld } from '../world.ts';

/** The page that has all of a test's. */
export const ALL = { first: 100, after: undefined };

/** What both judges give: by candidate, the score of Ann and that of Bob, the same in both criteria. */
type Given = readonly (readonly [number, number])[];

const GIVEN: Given = [
  [80, 70],
  [90, 90],
  [60, 90],
];

/** The world of judging with shorthands for making versions of rankings and looking at them. */
export async function aRankingWorld() {
  const world = await aJudgingWorld();
  const { deps, inTx, both, submit, close } = world;
  const { manager } = deps.db;
  const make = (panelId: string, reason: string | null = null) =>
    inTx((tx) => rankPanel(tx, panelId, { actor: 'system:competitions', reason }, deps.clock.now()));
  const settle = (panelId: string, id: string) => inTx((tx) => settleRanking(tx, panelId, id, deps.clock.now()));
  /** A panel whose scores are all in, and which is closed. */
  const aScoredPanel = async (fields: Partial<PanelTerms> = {}, given = GIVEN) => {
    const panel = await world.anOpenPanel(fields);
    for (const [i, [ann, bob]] of given.entries()) {
      accepted(await submit(panel.ann, panel.panelId, i + 1, both(ann * 1000)));
      accepted(await submit(panel.bob, panel.panelId, i + 1, both(bob * 1000)));
    }
    accepted(await close(panel.panelId));
    return panel;
  };
  const ranking = (id: string) => manager.findOneByOrFail(Ranking, { id });
  const places = async (id: string) => (await placesOf(manager, id, ALL)).items;
  /** The candidates' ids from the first place on. */
  const order = async (id: string) => (await places(id)).map(({ candidateId }) => candidateId);
  const differences = async (id: string) => (await verifyRanking(deps.db, id))?.differences;
  /** Imports objective scores, one for each of the first candidates, as the next import does. */
  const measure = async (panelId: string, criterion: number, scores: readonly number[]) => {
    const { importCount, rankingCount } = await world.panel(panelId);
    const entries = await world.candidates(panelId);
    await inTx(async (tx) => {
      await insertRows(
        tx,
        'panel_score',
        ['panel_id', 'candidate_id', 'judge_id', 'sheet_number', 'criterion_number', 'value'],
        scores.map((score, i) => [panelId, entries[i]!.id, '', importCount + 1, criterion, score * 1000]),
      );
      await insertRows(
        tx,
        'objective_import',
        'panel_id number file_name file_sha256 row_count score_count counts_from imported_by imported_at'.split(' '),
        [
          [
            ...[panelId, importCount + 1, '成绩.csv', Buffer.alloc(32), scores.length, scores.length],
            ...[rankingCount + 1, world.admin.actor, deps.clock.now()],
          ],
        ],
      );
      await tx.query('UPDATE panel SET import_count = import_count + 1 WHERE id = ?', [panelId]);
    });
  };
  return { ...world, measure, make, settle, aScoredPanel, ranking, places, order, differences };
}
