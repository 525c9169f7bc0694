import { In } from 'typeorm';
import { act } from '../../../identity/act.ts';
import { recordAudit } from '../../../identity/audit.ts';
import type { AdminCaller } from '../../../identity/caller.ts';
import { MOST_WORKING_DAYS } from '../../../notices/limits.ts';
import { publishNotice } from '../../../notices/publish-notice.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/ids.ts';
import { accept, type Refusal, refuse } from '../../../platform/result.ts';
import { Programme } from '../../../unions/programme.entity.ts';
import { coversMember } from '../../../unions/queries.ts';
import { unionInScope } from '../../../unions/scope.ts';
import type { UnionNode } from '../../../unions/union-node.entity.ts';
import { outside, wrongLine } from '../form.ts';
import { ownStudioAmong } from '../scope.ts';
import { mayName } from './levels.ts';
import { LONGEST_ROUND_NAME, LONGEST_TERM_MONTHS, MOST_LISTED } from './limits.ts';
import { aboutList, listLines, recordLines } from './list-lines.ts';
import { type NamingLevel, StudioNaming } from './naming.entity.ts';
import {
  levelNotOfUnion,
  listLength,
  namingNotWaiting,
  namingUnknown,
  ownStudio,
  programmeOutside,
} from './refusals.ts';
import { NamingRound } from './round.entity.ts';
import { lockNamings } from './scope.ts';

export interface NewNamingRound {
  unionId: string;
  level: NamingLevel;
  /** 2026 年省级创新工作室拟命名名单. */
  name: string;
  termMonths: number;
  /** For how many working days objections are taken. */
  workingDays: number;
  /** In whose points the members of its studios are rewarded; null for none. */
  programmeId: string | null;
  /** The applications that are accepted, in the order to show. */
  namingIds: readonly string[];
}

/**
 * Begins a round: accepts applications onto a list of the studios that a union is about to name, and puts it in public
 * view (studios:name in the union). Nobody lists a studio of her own. Resolves with the round's id; audited. Refusals: UNION_UNKNOWN,
 * LEVEL_NOT_OF_UNION, TEXT_LENGTH, NUMBER_OUT_OF_RANGE, LIST_LENGTH, PROGRAMME_UNKNOWN; with the place "namingIds.3"
 * NAMING_UNKNOWN (also of another level or union), NAMING_NOT_WAITING, OWN_STUDIO.
 */
export async function publishRound(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: NewNamingRound,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'publishNamingRound', key, input }, async (tx, now) => {
    const { unionId, namingIds, ...terms } = input;
    const union = await unionInScope(tx, caller, 'studios:name', unionId);
    if (!union.ok) return refuse({ ...union.refusal, at: 'unionId' });
    await lockNamings(tx, namingIds);
    const wrong =
      wrongTerms(union.value, input) ??
      (await wrongProgramme(tx, union.value, input)) ??
      (await wrongNamings(tx, caller, input));
    if (wrong) return refuse(wrong);
    const id = newId();
    const made = { id, unionId, ...terms, madeAt: now, madeBy: caller.actor };
    const noticeId = await publish(tx, { ...made, namingIds }, now);
    await tx.insert(NamingRound, { ...made, state: 'in_notice', noticeId });
    await tx.update(StudioNaming, { id: In([...namingIds]) }, { state: 'listed', roundId: id });
    const target = { targetKind: 'naming-round', targetId: id, unionId };
    const after = { ...terms, namingIds };
    await recordAudit(tx, { actor: caller.actor, action: 'publishNamingRound', ...target, after }, now);
    return accept(id);
  });
}

function wrongTerms(
  union: UnionNode,
  { level, name, termMonths, workingDays, namingIds }: NewNamingRound,
): Refusal | undefined {
  if (!mayName(union, level)) return levelNotOfUnion('level');
  const wrong =
    wrongLine('name', name, LONGEST_ROUND_NAME) ??
    outside('termMonths', termMonths, 1, LONGEST_TERM_MONTHS) ??
    outside('workingDays', workingDays, 1, MOST_WORKING_DAYS);
  if (wrong) return wrong;
  const { length } = namingIds;
  return length < 1 || length > MOST_LISTED || new Set(namingIds).size < length ? listLength : undefined;
}

async function wrongProgramme(
  tx: Tx,
  { path }: UnionNode,
  { programmeId }: NewNamingRound,
): Promise<Refusal | undefined> {
  if (programmeId === null) return undefined;
  const programme = await tx.findOneBy(Programme, { id: programmeId });
  return programme && coversMember(programme, path) ? undefined : programmeOutside;
}

async function wrongNamings(
  tx: Tx,
  caller: AdminCaller,
  { unionId, level, namingIds }: NewNamingRound,
): Promise<Refusal | undefined> {
  const found = await tx.findBy(StudioNaming, { id: In([...namingIds]), namingUnionId: unionId, level });
  const namings = new Map(found.map((naming) => [naming.id, naming]));
  const own = await ownStudioAmong(
    tx,
    caller,
    found.map(({ studioId }) => studioId),
  );
  for (const [i, id] of namingIds.entries()) {
    const at = `namingIds.${i}`;
    const naming = namings.get(id);
    if (!naming) return { ...namingUnknown, at };
    if (naming.state !== 'applied') return namingNotWaiting(at);
    if (naming.studioId === own) return ownStudio(at);
  }
  return undefined;
}

async function publish(
  tx: Tx,
  { id, namingIds, ...round }: NewNamingRound & { id: string; madeBy: string },
  now: Date,
): Promise<string> {
  const { unionId, name, workingDays, madeBy: publishedBy } = round;
  const about = aboutList(round, namingIds.length, null);
  const lines = await listLines(tx, namingIds);
  const notice = {
    unionId,
    kind: 'studio' as const,
    subjectId: id,
    title: name,
    about,
    workingDays,
    lines,
    publishedBy,
  };
  const noticeId = await publishNotice(tx, notice, now);
  await recordLines(tx, noticeId, namingIds);
  return noticeId;
}
