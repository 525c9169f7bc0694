import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { beijingDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { unionInScope } from '../../unions/scope.ts';
import type { UnionNode } from '../../unions/union-node.entity.ts';
import { obstacle } from '../plan/eligibility.ts';
import { askedOfEntrant, firmsEntering } from '../plan/entrants.ts';
import { placeEntries } from './enter-parties.ts';
import { Entry } from './entry.entity.ts';
import { firmEntered, firmNotDescribed, notEligible } from './refusals.ts';
import { type EntryTerms, lockEntryTerms, placeOf, wrongTimeToEnter } from './terms.ts';
import type { NewEntry } from './write-entries.ts';

/**
 * Enters the firm that a union stands for into a competition of firms (competitions:write in the firm's union), by the
 * server's clock. Resolves with the entry's id; audited. Refusals: UNION_UNKNOWN, COMPETITION_UNKNOWN, COMPETITION_OVER,
 * ENTRY_NOT_OPEN, ENTRY_CLOSED, ENTRANT_OTHER, FIRM_NOT_DESCRIBED, ALREADY_ENTERED, DIVISION_UNKNOWN, NO_STAGE_HERE,
 * NOT_ELIGIBLE, QUOTA_FULL.
 */
export async function enterFirm(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { competitionId: string; divisionId: string | null; unionId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'enterFirm', key, input }, async (tx, now) => {
    const { competitionId, divisionId, unionId } = input;
    const union = await unionInScope(tx, caller, 'competitions:write', unionId);
    if (!union.ok) return refuse({ ...union.refusal, at: 'unionId' });
    const terms = await lockEntryTerms(tx, competitionId, union.value.path);
    if (!terms.ok) return terms;
    const wrong = wrongTimeToEnter(terms.value.competition, 'firm', now);
    if (wrong) return refuse(wrong);
    const judged = await judgeFirm(tx, terms.value, union.value, divisionId, now);
    const [entered] = await placeEntries(tx, deps, terms.value, [judged], { by: caller.actor, at: now });
    if (!entered!.ok) return entered!;
    const target = { targetKind: 'entry', targetId: entered!.value, unionId };
    const after = { competitionId, divisionId, name: union.value.name };
    await recordAudit(tx, { actor: caller.actor, action: 'enterFirm', ...target, after }, now);
    return entered!;
  });
}

async function judgeFirm(
  tx: Tx,
  terms: EntryTerms,
  { id, name, path }: UnionNode,
  divisionId: string | null,
  now: Date,
): Promise<Result<NewEntry>> {
  const { competition, unionNames } = terms;
  const entrant = (await firmsEntering(tx, [id])).get(id)!;
  if (entrant.firm?.unionId !== id) return refuse(firmNotDescribed);
  const own = { competitionId: competition.id, unionId: id, kind: 'firm', state: 'entered' } as const;
  if (await tx.existsBy(Entry, own)) return refuse(firmEntered);
  const place = placeOf(terms, divisionId, path);
  if (!place.ok) return place;
  const { division, stage } = place.value;
  const asked = askedOfEntrant(entrant, beijingDay(now), null);
  const found = obstacle([competition.eligibility, division?.eligibility ?? null], asked, unionNames);
  if (found) return refuse(notEligible(found, 'unionId'));
  const { firmType } = entrant.firm;
  return accept({
    ...{ divisionId, stageId: stage.id, unionId: id, unionPath: path, kind: 'firm', name, firmType, members: [] },
  });
}
