import { attachEvidence } from '../../../evidence/attach-evidence.ts';
import { keepEvidence } from '../../../evidence/keep-evidence.ts';
import { evidenceOf } from '../../../evidence/queries.ts';
import { act } from '../../../identity/act.ts';
import { recordAudit } from '../../../identity/audit.ts';
import type { AdminCaller, MemberCaller } from '../../../identity/caller.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import type { Deps } from '../../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../../platform/result.ts';
import { Competition } from '../../plan/competition.entity.ts';
import { competitionOver } from '../../plan/refusals.ts';
import type { StageState } from '../../plan/stage.entity.ts';
import type { Entry } from '../entry.entity.ts';
import { entryWithdrawn, evidenceClosed } from '../refusals.ts';
import { entryInScope, entryOfLead, lockEntry } from '../scope.ts';
import { entryEvidence } from './entry-evidence.ts';

/** The files that the caller has for an entry, in the place of all that she had; those of others stay. */
export interface EvidenceOfEntry {
  entryId: string;
  evidenceIds: readonly string[];
}

/**
 * Attaches files of the member who calls to her entry, or that of the team whose captain she is, until the judges of the
 * stage that it is in begin to score. What was there when its first stage was scored stays. Resolves with the entry's id.
 * Refusals: ENTRY_UNKNOWN, ENTRY_WITHDRAWN, COMPETITION_OVER, EVIDENCE_CLOSED, EVIDENCE_UNKNOWN, EVIDENCE_COUNT.
 */
export async function setOwnEvidence(
  deps: Deps,
  caller: MemberCaller,
  key: string,
  input: EvidenceOfEntry,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'setEntryEvidence', key, input }, async (tx, now) => {
    const { entryId, evidenceIds } = input;
    const stages = await holdStages(tx, entryId);
    const found = await entryOfLead(tx, caller.memberId, entryId);
    if (!found.ok) return found;
    const wrong = await set(tx, found.value.entry, { stages, evidenceIds, owner: caller.actor }, now);
    return wrong ? refuse(wrong) : accept(entryId);
  });
}

/** Likewise for an entry of the admin's branch (competitions:write), as a firm's; audited. Refusals: the same. */
export async function setEvidence(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: EvidenceOfEntry,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'setEntryEvidence', key, input }, async (tx, now) => {
    const { entryId, evidenceIds } = input;
    const stages = await holdStages(tx, entryId);
    const found = await entryInScope(tx, caller, 'competitions:write', entryId);
    if (!found.ok) return found;
    const wrong = await set(tx, found.value.entry, { stages, evidenceIds, owner: caller.actor }, now);
    if (wrong) return refuse(wrong);
    const target = { targetKind: 'entry', targetId: entryId, unionId: found.value.entry.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'setEntryEvidence', ...target, after: { evidenceIds } }, now);
    return accept(entryId);
  });
}

/**
 * Locks an entry and holds the stages that it has come to until the commit, so that no scoring begins meanwhile: their
 * states, the first first. None when there is no such entry.
 */
async function holdStages(tx: Tx, entryId: string): Promise<StageState[]> {
  const reached = await tx.query<{ id: string }[]>(
    `SELECT stage_id AS id, 1 AS turn FROM entry WHERE id = ? UNION ALL
     SELECT s.parent_id, 2 FROM stage_advance a JOIN competition_stage s ON s.id = a.stage_id WHERE a.entry_id = ?
     ORDER BY turn`,
    [entryId, entryId],
  );
  // The competition and the stages before the entry, as everything does that settles a stage.
  await tx.query(
    'SELECT id FROM competition WHERE id = (SELECT competition_id FROM entry WHERE id = ?) LOCK IN SHARE MODE',
    [entryId],
  );
  const states: StageState[] = [];
  for (const { id } of reached) {
    const [stage] = await tx.query<{ state: StageState }[]>(
      'SELECT state FROM competition_stage WHERE id = ? LOCK IN SHARE MODE',
      [id],
    );
    states.push(stage!.state);
  }
  await lockEntry(tx, entryId);
  return states;
}

interface Given {
  stages: readonly StageState[];
  evidenceIds: readonly string[];
  owner: string;
}

async function set(
  tx: Tx,
  { id, state, competitionId }: Entry,
  { stages, evidenceIds, owner }: Given,
  now: Date,
): Promise<Refusal | undefined> {
  const competition = await tx.findOneByOrFail(Competition, { id: competitionId });
  if (competition.state === 'finished' || competition.state === 'cancelled')
    return { ...competitionOver, at: 'entryId' };
  if (state === 'withdrawn') return entryWithdrawn;
  const [first] = stages;
  if (!stages.some(isUnscored)) return evidenceClosed;
  const to = entryEvidence(id);
  const before = (await evidenceOf(tx, [to])).get(to) ?? [];
  const staying = isUnscored(first!) ? before.filter((file) => file.owner !== owner) : before;
  await keepEvidence(tx, { to, evidenceIds: [...evidenceIds, ...staying.map((file) => file.id)] }, now);
  const attached = await attachEvidence(tx, { owner, evidenceIds, to }, now);
  return attached.ok ? undefined : attached.refusal;
}

function isUnscored(state: StageState): boolean {
  return state === 'planned' || state === 'open';
}
