import type { EntityManager } from 'typeorm';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { Programme } from '../../unions/programme.entity.ts';
import { coversMember } from '../../unions/queries.ts';
import type { UnionNode } from '../../unions/union-node.entity.ts';
import { normaliseField } from './category-for.ts';
import { wrongForm } from './check-form.ts';
import type { SeasonPlan } from './plan.ts';
import { prefixTaken, programmeOutside } from './refusals.ts';

/**
 * Checks a plan of a union as far as a draft must be right, and resolves with it as it is kept: its fields normalised.
 * Refusals: those of `wrongForm`, PROGRAMME_UNKNOWN.
 */
export async function checkPlan(db: EntityManager, union: UnionNode, given: SeasonPlan): Promise<Result<SeasonPlan>> {
  const categories = given.categories.map((one) => ({ ...one, fields: one.fields?.map(normaliseField) ?? null }));
  const plan = { ...given, categories };
  const wrong = wrongForm(plan);
  if (wrong) return refuse(wrong);
  const { programmeId } = plan;
  const programme = programmeId === null ? null : await db.findOneBy(Programme, { id: programmeId });
  const covered = programmeId === null || (programme && coversMember(programme, union.path));
  return covered ? accept(plan) : refuse(programmeOutside);
}

/**
 * Refuses a prefix of certificates that another season than this has: PREFIX_TAKEN. Of two that take it at one instant
 * the database stops the second, which is refused when it is sent again.
 */
export async function freePrefix(tx: Tx, prefix: string, at: string, seasonId = ''): Promise<Result<void>> {
  const rows: unknown[] = await tx.query('SELECT id FROM innovation_season WHERE certificate_prefix = ? AND id <> ?', [
    prefix,
    seasonId,
  ]);
  return rows.length > 0 ? refuse(prefixTaken(at)) : accept(undefined);
}
