import type { EntityManager } from 'typeorm';
import { maskName } from '../../../identity/personal-data.ts';
import { Panel } from '../../../judging/panels/panel.entity.ts';
import { type CurrentStanding, currentStandings } from '../../../judging/ranking/current-standings.ts';
import { insertRows } from '../../../platform/db/sql.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { Entrant } from '../../plan/competition.entity.ts';
import type { Standing } from './scoreboard.entity.ts';

/** Standings that a scoreboard shows. */
export const MOST_STANDINGS = 100;

/** Live finals have tens of entries; all scores are read for each change, so a heat of thousands gets no scoreboard. */
const MOST_CANDIDATES = 2000;

/**
 * Makes the scoreboards of live stages anew in which scores came in since, each as the next version. However many
 * processes do it at once, each version is made of what it says. Resolves with how many were looked at and changed.
 */
export async function makeScoreboards({ db, clock }: Deps): Promise<number> {
  const live: { stageId: string; panelId: string }[] = await db.query(
    `SELECT s.id AS stageId, r.panel_id AS panelId FROM competition_stage s
     JOIN stage_run r ON r.stage_id = s.id JOIN panel p ON p.id = r.panel_id
     WHERE s.is_live = 1 AND s.state IN ('scoring', 'ranked', 'in_notice') AND p.candidate_count <= ?`,
    [MOST_CANDIDATES],
  );
  let changed = 0;
  for (const one of live) if (await makeScoreboard(db.manager, one, clock.now())) changed += 1;
  return changed;
}

async function makeScoreboard(
  db: EntityManager,
  { stageId, panelId }: { stageId: string; panelId: string },
  now: Date,
): Promise<boolean> {
  // Read before the scores: what comes in between is seen the next time.
  const seen = await scoresSeen(db, panelId);
  const [before]: { version: number; seen: string }[] = await db.query(
    'SELECT version, seen FROM scoreboard WHERE stage_id = ?',
    [stageId],
  );
  if (before?.seen === seen) return false;
  const panel = await db.findOneByOrFail(Panel, { id: panelId });
  const standings = await currentStandings(db, panel);
  const shown = await named(db, standings.slice(0, MOST_STANDINGS));
  const count = await candidatesIn(db, panelId);
  const version = (before?.version ?? 0) + 1;
  const columns = ['stage_id', 'version', 'standings', 'candidate_count', 'scored_count', 'seen', 'made_at'];
  const row = [stageId, version, JSON.stringify(shown), count, Math.min(standings.length, count), seen, now];
  // Of two at once the second changes nothing, and looks again the next time.
  const change = columns
    .slice(2)
    .map((column) => `${column} = IF(version < VALUES(version), VALUES(${column}), ${column})`);
  const after = `ON DUPLICATE KEY UPDATE ${change.join(', ')}, version = GREATEST(version, VALUES(version))`;
  await insertRows(db, 'scoreboard', columns, [row], after);
  return true;
}

/** What tells whether any score of a panel came in or went since. */
async function scoresSeen(db: EntityManager, panelId: string): Promise<string> {
  const [row]: { seen: string }[] = await db.query(
    `SELECT CONCAT_WS('/', p.import_count, p.ranking_count,
       (SELECT COUNT(*) FROM panel_sheet s WHERE s.panel_id = p.id AND s.state = 'submitted'),
       (SELECT COUNT(*) FROM panel_sheet s WHERE s.panel_id = p.id AND s.state = 'void'),
       (SELECT COUNT(*) FROM panel_candidate c WHERE c.panel_id = p.id AND c.state = 'in')) AS seen
     FROM panel p WHERE p.id = ?`,
    [panelId],
  );
  return row!.seen;
}

async function candidatesIn(db: EntityManager, panelId: string): Promise<number> {
  const [row]: { count: string }[] = await db.query(
    "SELECT COUNT(*) AS count FROM panel_candidate WHERE panel_id = ? AND state = 'in'",
    [panelId],
  );
  return Number(row!.count);
}

async function named(db: EntityManager, standings: readonly CurrentStanding[]): Promise<Standing[]> {
  const ids = standings.map(({ candidateId }) => candidateId);
  const rows: { id: string; name: string; kind: Entrant }[] = await db.query(
    'SELECT id, name, kind FROM entry WHERE id IN (?)',
    [['', ...ids]],
  );
  const names = new Map(rows.map(({ id, name, kind }) => [id, kind === 'individual' ? maskName(name) : name]));
  return standings.map(({ place, candidateId, total }) => ({
    ...{ place, entryId: candidateId, name: names.get(candidateId)!, total },
  }));
}
