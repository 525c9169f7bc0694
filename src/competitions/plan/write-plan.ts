import { insertRows, type SqlValue, updateRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { Competition } from './competition.entity.ts';
import type { AwardPlan, CompetitionPlan, DivisionPlan, StagePlan } from './plan.ts';

/** Whose a new competition is, and what its plan was copied from; null for one planned anew. */
export interface NewCompetition {
  unionId: string;
  copiedFrom: string | null;
}

/** Writes a plan that was checked as the draft of a competition. Resolves with its id. */
export async function writeCompetition(
  tx: Tx,
  { unionId, copiedFrom }: NewCompetition,
  plan: CompetitionPlan,
  now: Date,
): Promise<string> {
  const id = newId();
  await tx.insert(Competition, { id, unionId, copiedFrom, ...ownColumns(plan), state: 'draft', createdAt: now });
  await writeParts(tx, { id, unionId }, plan);
  return id;
}

/** Writes another plan that was checked over that of a draft. */
export async function rewriteCompetition(
  tx: Tx,
  { id, unionId }: Pick<Competition, 'id' | 'unionId'>,
  plan: CompetitionPlan,
): Promise<void> {
  await tx.update(Competition, { id, state: 'draft' }, ownColumns(plan));
  await tx.query('DELETE FROM competition_award WHERE competition_id = ?', [id]);
  // Before any is deleted, none may name another.
  await tx.query('UPDATE competition_stage SET parent_id = NULL WHERE competition_id = ?', [id]);
  await tx.query('DELETE FROM competition_stage WHERE competition_id = ?', [id]);
  await tx.query('DELETE FROM competition_division WHERE competition_id = ?', [id]);
  await writeParts(tx, { id, unionId }, plan);
}

/** What of a plan stands in the competition's own row. */
function ownColumns(plan: CompetitionPlan) {
  const { divisions: _divisions, stages: _stages, awards: _awards, team, criteria, ...own } = plan;
  return {
    ...own,
    criteria: [...criteria],
    teamMin: team?.min ?? null,
    teamMax: team?.max ?? null,
    substitutesAtMost: team?.substitutesAtMost ?? 0,
  };
}

async function writeParts(
  tx: Tx,
  competition: Pick<Competition, 'id' | 'unionId'>,
  { divisions, stages, awards }: CompetitionPlan,
): Promise<void> {
  const divisionIds = await writeDivisions(tx, competition.id, divisions);
  const stageIds = await writeStages(tx, competition.id, stages, divisionIds);
  await writeAwards(tx, competition, awards, stageIds);
}

async function writeDivisions(tx: Tx, competitionId: string, divisions: readonly DivisionPlan[]): Promise<string[]> {
  const ids = divisions.map(() => newId());
  await insertRows(
    tx,
    'competition_division',
    ['id', 'competition_id', 'number', 'name', 'trade', 'eligibility'],
    divisions.map(({ name, trade, eligibility }, i) => [ids[i]!, competitionId, i + 1, name, trade, json(eligibility)]),
  );
  return ids;
}

async function writeStages(
  tx: Tx,
  competitionId: string,
  stages: readonly StagePlan[],
  divisionIds: readonly string[],
): Promise<string[]> {
  const ids = stages.map(() => newId());
  const columns = ['id', 'competition_id', 'number', 'division_id', 'parent_id', 'name', 'level', 'round', 'union_id'];
  const more = ['starts_on', 'ends_on', 'advance', 'wild_cards', 'is_live', 'criteria', 'judging', 'state'];
  const row = (one: StagePlan, i: number, parentId: string | null): SqlValue[] => [
    ...[ids[i]!, competitionId, i + 1, one.division === null ? null : divisionIds[one.division - 1]!, parentId],
    ...[one.name, one.level, one.round, one.unionId, one.startsOn, one.endsOn, json(one.advance), one.wildCards],
    ...[one.isLive, json(one.criteria), json(one.judging), 'planned'],
  ];
  const table = 'competition_stage';
  await insertRows(
    tx,
    table,
    [...columns, ...more],
    stages.map((one, i) => row(one, i, null)),
  );
  // Afterwards, since a stage may feed into one further down the list.
  const fed = stages.flatMap((one, i) => (one.parent === null ? [] : [row(one, i, ids[one.parent - 1]!)]));
  await updateRows(tx, table, [...columns, ...more], fed, ['parent_id']);
  return ids;
}

async function writeAwards(
  tx: Tx,
  { id, unionId }: Pick<Competition, 'id' | 'unionId'>,
  awards: readonly AwardPlan[],
  stageIds: readonly string[],
): Promise<void> {
  const columns = ['competition_id', 'number', 'stage_id', 'name', 'honour_name', 'from_place', 'to_place'];
  await insertRows(
    tx,
    'competition_award',
    [...columns, 'gives_points', 'skill_level', 'subsidy_fen', 'payer_union_id'],
    awards.map((one, i): SqlValue[] => [
      ...[id, i + 1, stageIds[one.stage - 1]!, one.name, one.honourName, one.fromPlace, one.toPlace],
      ...[one.givesPoints, one.skillLevel, one.subsidyFen, one.payerUnionId ?? unionId],
    ]),
  );
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
