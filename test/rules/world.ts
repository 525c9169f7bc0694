import type { AdminCaller } from '../../src/identity/caller.ts';
import { beijingDay } from '../../src/platform/clock.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Result } from '../../src/platform/result.ts';
import { accrue } from '../../src/rules/accrue.ts';
import type { EventGiven } from '../../src/rules/check-events.ts';
import type { RuleDraft } from '../../src/rules/definition.ts';
import { declareEventType } from '../../src/rules/event-types/declare-event-type.ts';
import type { AttributeDeclaration } from '../../src/rules/event-types/event-type.ts';
import { publishDraft } from '../../src/rules/publish-draft.ts';
import { type Recording, recordEvents } from '../../src/rules/record-events.ts';
import { type DraftToSave, saveDraft } from '../../src/rules/save-draft.ts';
import { testDeps } from '../support/deps.ts';
import { aProgramme, members } from '../support/ledger.ts';

const PERMISSIONS = [
  'rules:read',
  'rules:write',
  'events:read',
  'events:record',
  'events:revoke',
  'claims:read',
  'claims:approve',
  'budgets:write',
  'programmes:read',
  'programmes:write',
  'points:adjust',
];

/** An admin with the floor's permissions in the branch of a path. */
export function adminOf(unionPath: string, permissions: readonly string[] = PERMISSIONS): AdminCaller {
  const operatorId = newId();
  const held = new Set(permissions);
  const grants = [{ unionPath, permissions: held }];
  return { door: 'admin', actor: `operator:${operatorId}`, sessionId: newId(), operatorId, permissions: held, grants };
}

export function accepted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code} ${result.refusal.at}`);
  return result.value;
}

export const fixed = (points: number, occurrence: RuleDraft['occurrence'] = { kind: 'event' }): RuleDraft => ({
  award: { kind: 'fixed', points },
  occurrence,
});

export const DEGREE: RuleDraft = {
  award: {
    kind: 'tiered',
    attribute: '学历层次',
    tiers: ['大专', '本科', '硕士', '博士'].map((value) => ({ value, points: 2000 })),
  },
  occurrence: { kind: 'values', attributes: ['学历层次'] },
};

/** A programme with a budget, members and an admin, and shorthands for what the admin does. */
export async function aWorld({ memberCount = 2, budget = 1_000_000 } = {}) {
  const deps = await testDeps();
  const { db, clock } = deps;
  const { unionId, programmeId } = await aProgramme(deps, budget);
  const memberIds = await members(db, unionId, memberCount);
  const caller = adminOf(`/${unionId}/`);

  const saveAndPublish = async (draft: DraftToSave) => {
    const saved = await saveDraft(deps, caller, newId(), draft);
    return saved.ok ? publishDraft(deps, caller, newId(), { draftId: saved.value }) : saved;
  };
  const publish = async (name: string, eventType: string, definition: RuleDraft): Promise<string> =>
    accepted(await saveAndPublish({ newRule: { programmeId, name, eventType }, definition }));
  const publishNext = async (ruleId: string, definition: RuleDraft) => saveAndPublish({ ruleId, definition });
  /** Declares an event type of the programme, with these attributes. */
  const declare = async (code: string, attributes: AttributeDeclaration[] = []) =>
    accepted(
      await declareEventType(deps, caller, newId(), {
        programmeId,
        code,
        name: code,
        area: 'other',
        claimable: true,
        attributes,
      }),
    );
  const event = (memberId: string, type: string, fields: Partial<EventGiven> = {}): EventGiven => ({
    memberId,
    type,
    attributes: {},
    occurredOn: beijingDay(clock.now()),
    ...fields,
  });
  const tryRecord = (events: EventGiven[], by = caller, key = newId()) =>
    recordEvents(deps, by, key, { programmeId, events });
  const record = async (...events: EventGiven[]): Promise<Recording> => accepted(await tryRecord(events));
  /** Records events and pays them. */
  const earn = async (...events: EventGiven[]): Promise<string[]> => {
    const { eventIds } = await record(...events);
    await accrue(deps, eventIds);
    return eventIds;
  };
  const balance = async (memberId: string): Promise<number> => {
    const [row] = await db.query("SELECT balance FROM account WHERE kind = 'member' AND owner_id = ?", [memberId]);
    return row?.balance ?? 0;
  };
  const states = async (eventIds: readonly string[]): Promise<string[]> => {
    const rows: { id: string; state: string }[] = await db.query(
      'SELECT id, state FROM activity_event WHERE id IN (?)',
      [eventIds],
    );
    return eventIds.map((id) => rows.find((row) => row.id === id)?.state ?? 'none');
  };
  const count = async (table: string): Promise<number> => {
    const [row] = await db.query(`SELECT COUNT(*) AS n FROM ${table}`);
    return Number(row.n);
  };
  const outbox = async (): Promise<{ job: string; payload: Record<string, unknown> }[]> => {
    const rows: { job: string; payload: string }[] = await db.query('SELECT job, payload FROM outbox ORDER BY id');
    return rows.map(({ job, payload }) => ({ job, payload: JSON.parse(payload) }));
  };
  const who = { unionId, programmeId, memberIds, caller };
  return {
    deps,
    ...who,
    publish,
    publishNext,
    declare,
    event,
    tryRecord,
    record,
    earn,
    balance,
    states,
    count,
    outbox,
  };
}
