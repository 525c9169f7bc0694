import type { EntityManager } from 'typeorm';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import type { Condition } from '../../rules/conditions.ts';
import { conditionPlace, conditionsIn } from '../../rules/definition-place.ts';
import { Programme } from '../../unions/programme.entity.ts';
import { coversMember, findUnions } from '../../unions/queries.ts';
import { normaliseTrade } from '../../unions/skill/record-skill-levels.ts';
import type { UnionNode } from '../../unions/union-node.entity.ts';
import { wrongForm } from './check-form.ts';
import { checkEligibility } from './eligibility.ts';
import type { CompetitionPlan } from './plan.ts';
import { payerOutside, programmeOutside, unionOutside } from './refusals.ts';

/**
 * Checks a plan of a union as far as a draft must be right, and resolves with it as it is kept: the values of its
 * conditions read, its trades normalised. Refusals: those of `wrongForm` and `checkEligibility`, UNION_UNKNOWN,
 * PROGRAMME_UNKNOWN.
 */
export async function checkPlan(
  db: EntityManager,
  union: UnionNode,
  given: CompetitionPlan,
): Promise<Result<CompetitionPlan>> {
  const wrong = wrongForm(given);
  if (wrong) return refuse(wrong);
  const read = withEligibilityRead(given);
  if (!read.ok) return read;
  const plan = read.value;
  const outside = (await unionsOutside(db, union, plan)) ?? (await programmeNotOf(db, union, plan));
  return outside ? refuse(outside) : accept(plan);
}

function withEligibilityRead(plan: CompetitionPlan): Result<CompetitionPlan> {
  const read = (condition: Condition | null, at: string) =>
    condition === null ? accept(null) : checkEligibility(condition, plan.entrant, at);
  const eligibility = read(plan.eligibility, 'plan.eligibility');
  if (!eligibility.ok) return eligibility;
  const divisions: CompetitionPlan['divisions'][number][] = [];
  for (const [i, division] of plan.divisions.entries()) {
    const own = read(division.eligibility, `plan.divisions.${i}.eligibility`);
    if (!own.ok) return own;
    divisions.push({ ...division, trade: tradeKept(division.trade), eligibility: own.value });
  }
  return accept({ ...plan, trade: tradeKept(plan.trade), eligibility: eligibility.value, divisions });
}

function tradeKept(trade: string | null): string | null {
  return trade === null ? null : normaliseTrade(trade);
}

async function unionsOutside(db: EntityManager, union: UnionNode, plan: CompetitionPlan): Promise<Refusal | undefined> {
  const named = [...unionsNamed(plan)];
  const unions = await findUnions(db, [...new Set(named.map(({ id }) => id))]);
  const paths = new Map(unions.map(({ id, path }) => [id, path]));
  for (const { id, at, pays } of named) {
    const path = paths.get(id);
    const below = path?.startsWith(union.path);
    if (pays && !below && !(path && union.path.startsWith(path))) return payerOutside(at);
    if (!pays && !below) return unionOutside(at);
  }
  return undefined;
}

interface NamedUnion {
  id: string;
  at: string;
  pays: boolean;
}

/** Every union that a plan names, with its place. */
function* unionsNamed({ eligibility, divisions, stages, awards }: CompetitionPlan): Generator<NamedUnion> {
  yield* placesAsked(eligibility, 'plan.eligibility');
  for (const [i, division] of divisions.entries())
    yield* placesAsked(division.eligibility, `plan.divisions.${i}.eligibility`);
  for (const [i, { unionId }] of stages.entries()) yield { id: unionId, at: `plan.stages.${i}.unionId`, pays: false };
  for (const [i, { payerUnionId }] of awards.entries())
    if (payerUnionId !== null) yield { id: payerUnionId, at: `plan.awards.${i}.payerUnionId`, pays: true };
}

function* placesAsked(root: Condition | null, at: string): Generator<NamedUnion> {
  for (const [one, [, ...path]] of root ? conditionsIn(root) : [])
    if (one.kind === 'branch')
      for (const [i, id] of one.unionIds.entries())
        yield { id, at: [at, ...conditionPlace(root, [...path, 'unionIds', i])].join('.'), pays: false };
}

async function programmeNotOf(
  db: EntityManager,
  union: UnionNode,
  { programmeId }: CompetitionPlan,
): Promise<Refusal | undefined> {
  if (programmeId === null) return undefined;
  const programme = await db.findOneBy(Programme, { id: programmeId });
  return programme && coversMember(programme, union.path) ? undefined : programmeOutside;
}
