import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { beijingDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { unionInScope } from '../../unions/scope.ts';
import { normaliseField } from '../studios/description.ts';
import { wrongLine } from '../studios/form.ts';
import { LONGEST_FIELD } from '../studios/limits.ts';
import { lockStudios } from '../studios/scope.ts';
import { Alliance } from './alliance.entity.ts';
import { LONGEST_NAME, MOST_MEMBER_STUDIOS } from './limits.ts';
import { allianceNameTaken, allianceWithItself, memberStudiosCount, studioRepeated } from './refusals.ts';
import { wrongStudios } from './scope.ts';

export interface NewAlliance {
  /** In whose branch all its studios are. */
  unionId: string;
  name: string;
  field: string;
  leadStudioId: string;
  /** One at the least. */
  memberStudioIds: readonly string[];
}

/**
 * Founds an alliance of studios of the branch of a union in which the admin holds studios:write. Resolves with its id;
 * audited. Refusals: UNION_UNKNOWN, TEXT_LENGTH, MEMBER_STUDIOS_COUNT, ALLIANCE_NAME_TAKEN; with the place
 * "memberStudioIds.3" ALLIANCE_WITH_ITSELF, STUDIO_REPEATED, STUDIO_UNKNOWN, STUDIO_DISSOLVED.
 */
export async function foundAlliance(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: NewAlliance,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'foundAlliance', key, input }, async (tx, now) => {
    const { unionId, leadStudioId, memberStudioIds } = input;
    const union = await unionInScope(tx, caller, 'studios:write', unionId);
    if (!union.ok) return refuse({ ...union.refusal, at: 'unionId' });
    const alliance = { ...input, name: input.name.normalize('NFC'), field: normaliseField(input.field) };
    const wrong = wrongGiven(alliance);
    if (wrong) return refuse(wrong);
    await lockStudios(tx, [leadStudioId, ...memberStudioIds]);
    const studios = memberStudioIds.map((id, i) => ({ id, at: `memberStudioIds.${i}` }));
    const outside = await wrongStudios(tx, union.value.path, [{ id: leadStudioId, at: 'leadStudioId' }, ...studios]);
    if (outside) return refuse(outside);
    if (await nameIsTaken(tx, alliance)) return refuse(allianceNameTaken);
    const id = await write(tx, alliance, now);
    const target = { targetKind: 'alliance', targetId: id, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'foundAlliance', ...target, after: alliance }, now);
    return accept(id);
  });
}

function wrongGiven({ name, field, leadStudioId, memberStudioIds }: NewAlliance): Refusal | undefined {
  const wrong = wrongLine('name', name, LONGEST_NAME) ?? wrongLine('field', field, LONGEST_FIELD);
  if (wrong) return wrong;
  if (memberStudioIds.length < 1 || memberStudioIds.length > MOST_MEMBER_STUDIOS) return memberStudiosCount;
  for (const [i, id] of memberStudioIds.entries()) {
    if (id === leadStudioId) return allianceWithItself(`memberStudioIds.${i}`);
    if (memberStudioIds.indexOf(id) < i) return studioRepeated(`memberStudioIds.${i}`);
  }
  return undefined;
}

async function nameIsTaken(tx: Tx, { unionId, name }: NewAlliance): Promise<boolean> {
  return tx.existsBy(Alliance, { unionId, name, state: 'active' });
}

async function write(
  tx: Tx,
  { unionId, name, field, leadStudioId, memberStudioIds }: NewAlliance,
  now: Date,
): Promise<string> {
  const [id, today] = [newId(), beijingDay(now)];
  const founded = { foundedOn: today, state: 'active' as const, createdAt: now };
  await tx.insert(Alliance, { id, unionId, name, field, leadStudioId, ...founded });
  await insertRows(
    tx,
    'alliance_studio',
    ['id', 'alliance_id', 'studio_id', 'joined_on'],
    memberStudioIds.map((studioId) => [newId(), id, studioId, today]),
  );
  return id;
}
