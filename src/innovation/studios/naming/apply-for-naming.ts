import { act } from '../../../identity/act.ts';
import { recordAudit } from '../../../identity/audit.ts';
import type { AdminCaller } from '../../../identity/caller.ts';
import { beijingDay } from '../../../platform/clock.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/ids.ts';
import { accept, type Refusal, type Result, refuse } from '../../../platform/result.ts';
import { UnionNode } from '../../../unions/union-node.entity.ts';
import { wrongText } from '../form.ts';
import { replaceEvidence } from '../replace-evidence.ts';
import { lockStudioInScope } from '../scope.ts';
import { Studio } from '../studio.entity.ts';
import { mayName } from './levels.ts';
import { LONGEST_STATEMENT } from './limits.ts';
import { type NamingLevel, namingEvidence, StudioNaming } from './naming.entity.ts';
import { levelNotOfUnion, namingNotReturned, namingPending, namingStands, namingUnionUnknown } from './refusals.ts';
import { lockOwnNaming } from './scope.ts';
import { renewableFrom } from './term.ts';

export interface NamingApplication {
  studioId: string;
  level: NamingLevel;
  /** Who is to give the name: the studio's union or one above it. */
  namingUnionId: string;
  statement: string;
  /** Nine at the most. */
  evidenceIds: readonly string[];
}

/**
 * Applies for a studio's name at a level (studios:write in its union). Where it bears one already this is the application
 * for its renewal, within half a year before its end. Resolves with the naming's id; audited. Refusals: STUDIO_UNKNOWN,
 * STUDIO_DISSOLVED, TEXT_LENGTH, UNION_UNKNOWN, LEVEL_NOT_OF_UNION, NAMING_PENDING, NAMING_STANDS, and those of
 * `attachEvidence`.
 */
export async function applyForNaming(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: NamingApplication,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'applyForNaming', key, input }, async (tx, now) => {
    const { studioId, level, namingUnionId, statement, evidenceIds } = input;
    const { actor } = caller;
    const found = await lockStudioInScope(tx, caller, studioId);
    if (!found.ok) return found;
    const wrong =
      wrongText('statement', statement, LONGEST_STATEMENT) ??
      (await wrongNamingUnion(tx, found.value.union.path, input));
    if (wrong) return refuse(wrong);
    const renews = await nameToRenew(tx, input, now);
    if (!renews.ok) return renews;
    const id = newId();
    const given = { id, studioId, level, namingUnionId, statement, renews: renews.value };
    await tx.insert(StudioNaming, { ...given, state: 'applied', appliedAt: now, appliedBy: actor });
    const attached = await replaceEvidence(tx, { owner: actor, evidenceIds, to: namingEvidence(id) }, now);
    if (!attached.ok) return attached;
    const target = { targetKind: 'studio', targetId: studioId, unionId: found.value.studio.unionId };
    const after = { ...given, evidenceIds };
    await recordAudit(tx, { actor, action: 'applyForNaming', ...target, after }, now);
    return accept(id);
  });
}

/**
 * Submits an application again that was returned, completed (studios:write in the studio's union). Resolves with the
 * naming's id; audited. Refusals: NAMING_UNKNOWN, NAMING_NOT_RETURNED, TEXT_LENGTH, and those of `attachEvidence`.
 */
export async function completeApplication(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { namingId: string; statement: string; evidenceIds: readonly string[] },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'completeNamingApplication', key, input }, async (tx, now) => {
    const { namingId, statement, evidenceIds } = input;
    const { actor } = caller;
    const found = await lockOwnNaming(tx, caller, namingId);
    if (!found.ok) return found;
    const { state, reason, studioId, statement: before } = found.value;
    if (state !== 'returned') return refuse(namingNotReturned);
    const wrong = wrongText('statement', statement, LONGEST_STATEMENT);
    if (wrong) return refuse(wrong);
    const applied = { state: 'applied' as const, reason: null, statement, appliedAt: now, appliedBy: actor };
    await tx.update(StudioNaming, { id: namingId }, applied);
    const attached = await replaceEvidence(tx, { owner: actor, evidenceIds, to: namingEvidence(namingId) }, now);
    if (!attached.ok) return attached;
    const { unionId } = await tx.findOneByOrFail(Studio, { id: studioId });
    const target = { targetKind: 'studio', targetId: studioId, unionId };
    const change = { before: { namingId, state, reason, statement: before }, after: { statement, evidenceIds } };
    await recordAudit(tx, { actor, action: 'completeNamingApplication', ...target, ...change }, now);
    return accept(namingId);
  });
}

async function wrongNamingUnion(
  tx: Tx,
  studioPath: string,
  { namingUnionId, level }: NamingApplication,
): Promise<Refusal | undefined> {
  const union = studioPath.includes(`/${namingUnionId}/`) ? await tx.findOneBy(UnionNode, { id: namingUnionId }) : null;
  if (!union) return namingUnionUnknown;
  return mayName(union, level) ? undefined : levelNotOfUnion('level');
}

/** The id of the name that an application renews; null when the studio bears none of the level. */
async function nameToRenew(tx: Tx, { studioId, level }: NamingApplication, now: Date): Promise<Result<string | null>> {
  const namings = await tx.findBy(StudioNaming, { studioId, level });
  if (namings.some(({ state }) => state === 'applied' || state === 'returned' || state === 'listed'))
    return refuse(namingPending);
  const borne = namings.find(({ state }) => state === 'named');
  if (!borne) return accept(null);
  const from = renewableFrom(borne.endsOn!);
  return beijingDay(now) < from ? refuse(namingStands(borne.endsOn!, from)) : accept(borne.id);
}
