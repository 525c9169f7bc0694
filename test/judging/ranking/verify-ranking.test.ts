import { describe, expect, test } from 'vitest';
import { rankingVerificationLine, verifyRanking } from '../../../src/judging/ranking/verify-ranking.ts';
import { accepted } from '../../unions/tree.ts';
import type { JudgingWorld } from '../world.ts';
import { aRankingWorld } from './world.ts';

describe('verifying a version', () => {
  /** Changes the stored version behind the back of the triggers. */
  async function tamper({ deps }: JudgingWorld, table: string, change: string): Promise<void> {
    const [{ statement }] = await deps.db.query(
      'SELECT action_statement AS statement FROM information_schema.triggers WHERE trigger_schema = DATABASE() AND trigger_name = ?',
      [`${table}_no_update`],
    );
    await deps.db.query(`DROP TRIGGER ${table}_no_update`);
    try {
      await deps.db.query(`UPDATE ${table} SET ${change}`);
    } finally {
      await deps.db.query(`CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} FOR EACH ROW ${statement}`);
    }
  }

  test('finds no difference in what was made, whatever the terms', async () => {
    const { aScoredPanel, make, deps } = await aRankingWorld();
    for (const aggregate of ['mean', 'trimmed_mean', 'rank_sum'] as const) {
      const { panelId } = await aScoredPanel({ aggregate });
      const found = await verifyRanking(deps.db, accepted(await make(panelId)));
      expect(rankingVerificationLine(found!)).toBe('ranking, version 1: 3 candidates, 12 scores, 0 differences');
    }
  });

  test('tells a total, a place or a score that was changed', async () => {
    const world = await aRankingWorld();
    const { panelId, ids } = await world.aScoredPanel();
    const id = accepted(await world.make(panelId));
    await tamper(world, 'ranking_place', `total = 1 WHERE candidate_id = '${ids[1]}'`);
    expect(await world.differences(id)).toEqual(['place 1, total: the version says 1, the scores 90000000']);
    await tamper(world, 'ranking_place', `total = 90000000, place = 9 WHERE candidate_id = '${ids[1]}'`);
    expect(await world.differences(id)).toContain('place 9: the scores make no such place');
    await tamper(world, 'ranking_place', `place = 1 WHERE candidate_id = '${ids[1]}'`);
    await tamper(
      world,
      'panel_score',
      `value = 90001 WHERE candidate_id = '${ids[1]}' AND criterion_number = 1 LIMIT 1`,
    );
    expect(await world.differences(id)).toContainEqual(expect.stringContaining('hash of the scores'));
  });

  test('knows no version that there is not', async () => {
    const { deps } = await aRankingWorld();
    expect(await verifyRanking(deps.db, 'none')).toBeUndefined();
  });
});
