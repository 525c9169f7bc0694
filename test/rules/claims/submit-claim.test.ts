import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { needsOf } from '../../../src/rules/claims/needs.ts';
import type { NewClaim } from '../../../src/rules/claims/submit-claim.ts';
import { APPROVALS, ruleDefinition } from '../../../src/rules/definition.ts';
import { aProgramme } from '../../support/ledger.ts';
import { DEGREE, fixed } from '../world.ts';
import { aClaimsWorld } from './world.ts';

const refused = (code: string, at?: string) => ({ ok: false, refusal: { code, ...(at && { at }) } });

test('a claim waits for the branch with its evidence, and records nothing before it is approved', async () => {
  const { memberIds, submit, upload, attachedTo, claim, history, count } = await aClaimsWorld();
  const [ann] = memberIds as [string];
  const file = await upload(ann);
  const attributes = { 学历层次: '本科' };
  const id = await submit(ann, { eventType: 'degree', attributes, note: ' 自考 ', evidenceIds: [file] });
  expect(await claim(id)).toMatchObject({
    ...{ memberId: ann, eventType: 'degree', attributes, occurredOn: '2026-08-01', note: '自考' },
    ...{ approval: 'branch', state: 'submitted', dueOn: '2026-08-08', eventId: null },
  });
  expect(await attachedTo(file)).toBe(`claim:${id}`);
  expect(await history(id)).toEqual([`submitted member:${ann}`]);
  expect(await count('activity_event')).toBe(0);
});

test('the day by which the branch answers counts in Beijing, by the policy of the programme', async () => {
  const { deps, programmeId, memberIds, submit, claim } = await aClaimsWorld();
  await deps.db.query('INSERT INTO programme_policy (programme_id, claim_due_days) VALUES (?, 10)', [programmeId]);
  deps.clock.set('2026-08-03T15:59:59.999Z');
  expect((await claim(await submit(memberIds[0]!))).dueOn).toBe('2026-08-13');
  deps.clock.set('2026-08-03T16:00:00.000Z');
  expect((await claim(await submit(memberIds[1]!))).dueOn).toBe('2026-08-14');
});

describe('a claim is refused, and nothing is kept of it,', () => {
  const cases: [string, Partial<NewClaim>, string, string][] = [
    ['of a type that only the union records', { eventType: 'honour' }, 'EVENT_TYPE_NOT_CLAIMABLE', 'eventType'],
    ['of a type that there is not', { eventType: 'dance' }, 'EVENT_TYPE_NOT_CLAIMABLE', 'eventType'],
    ['of a day that is not in the calendar', { occurredOn: '2026-02-30' }, 'DAY_IMPOSSIBLE', 'occurredOn'],
    ['of tomorrow', { occurredOn: '2026-08-04' }, 'DAY_IN_FUTURE', 'occurredOn'],
    ['of a day before the member was born', { occurredOn: '1989-12-31' }, 'DAY_BEFORE_BIRTH', 'occurredOn'],
    ['without what its type asks for', { eventType: 'degree' }, 'ATTRIBUTE_MISSING', 'attributes'],
    ['with what its type does not know', { attributes: { 对象: '李雷' } }, 'ATTRIBUTE_UNKNOWN', 'attributes.0'],
    ['with a malformed attribute', { attributes: { 对象: ' ' } }, 'ATTRIBUTE_MALFORMED', 'attributes.0'],
    ['with a note too long', { note: '好'.repeat(301) }, 'NOTE_TOO_LONG', 'note'],
    ['with evidence that nobody uploaded', { evidenceIds: [newId()] }, 'EVIDENCE_UNKNOWN', 'evidenceIds.0'],
    ['in a programme that there is not', { programmeId: newId() }, 'PROGRAMME_UNKNOWN', 'programmeId'],
  ];
  test.each(cases)('%s', async (_, fields, code, at) => {
    const { deps, memberIds, trySubmit, count } = await aClaimsWorld();
    const [ann] = memberIds as [string];
    await deps.db.query("UPDATE member SET birth_date = '1990-01-01' WHERE id = ?", [ann]);
    expect(await trySubmit(ann, fields)).toMatchObject(refused(code, at));
    expect([await count('claim'), await count('claim_step'), await count('activity_event')]).toEqual([0, 0, 0]);
  });

  test('in the programme of a union to which the member does not belong', async () => {
    const { deps, memberIds, trySubmit, count } = await aClaimsWorld();
    const { programmeId } = await aProgramme(deps);
    expect(await trySubmit(memberIds[0]!, { programmeId })).toMatchObject(refused('PROGRAMME_UNKNOWN', 'programmeId'));
    expect(await count('claim')).toBe(0);
  });

  test('by a member who is frozen', async () => {
    const { deps, memberIds, trySubmit, count } = await aClaimsWorld();
    await deps.db.query("UPDATE member SET state = 'frozen'");
    expect(await trySubmit(memberIds[0]!)).toMatchObject(refused('MEMBER_NOT_ACTIVE'));
    expect(await count('claim')).toBe(0);
  });

  test('with the evidence of somebody else', async () => {
    const { memberIds, trySubmit, upload, attachedTo, count } = await aClaimsWorld();
    const [ann, bob] = memberIds as [string, string];
    const file = await upload(bob);
    expect(await trySubmit(ann, { evidenceIds: [file] })).toMatchObject(refused('EVIDENCE_UNKNOWN', 'evidenceIds.0'));
    expect([await attachedTo(file), await count('claim')]).toEqual([null, 0]);
  });

  test('without evidence where a rule in force asks for it, and no longer when that is retired', async () => {
    const { deps, publish, memberIds, trySubmit, upload, count } = await aClaimsWorld();
    const [ann] = memberIds as [string];
    await publish('结婚', 'milestone.marriage', fixed(100, { kind: 'ever' }));
    const strict = await publish('新婚', 'milestone.marriage', { ...fixed(50, { kind: 'ever' }), evidence: true });
    expect(await trySubmit(ann)).toMatchObject(refused('EVIDENCE_NEEDED', 'evidenceIds'));
    expect(await count('claim')).toBe(0);
    expect((await trySubmit(ann, { evidenceIds: [await upload(ann)] })).ok).toBe(true);
    await deps.db.query('UPDATE rule SET retired_at = ? WHERE id = ?', [deps.clock.now(), strict]);
    expect((await trySubmit(ann, { occurredOn: '2026-08-02' })).ok).toBe(true);
  });

  test('when the same waits already, is returned or is passed on, and no longer when it is withdrawn', async () => {
    const { deps, memberIds, trySubmit, submit, withdraw, count } = await aClaimsWorld();
    const [ann, bob] = memberIds as [string, string];
    const id = await submit(ann);
    for (const [state, first] of [
      ['submitted', null],
      ['returned', null],
      ['passed', 'operator:x'],
    ]) {
      await deps.db.query("UPDATE claim SET state = ?, first_approved_by = ?, approval = 'two_levels'", [state, first]);
      expect(await trySubmit(ann)).toMatchObject(refused('CLAIM_REPEATED'));
    }
    expect(await count('claim')).toBe(1);
    await submit(ann, { occurredOn: '2026-07-01' });
    await submit(bob);
    expect((await withdraw(ann, id)).ok).toBe(true);
    await submit(ann);
  });

  test('when its event stands recorded, and no longer when that is revoked', async () => {
    const { deps, memberIds, event, record, trySubmit, submit, count } = await aClaimsWorld();
    const [ann] = memberIds as [string];
    await record(event(ann, 'milestone.marriage', { occurredOn: '2026-08-01' }));
    expect(await trySubmit(ann)).toMatchObject(refused('CLAIM_ALREADY_RECORDED'));
    expect(await count('claim')).toBe(0);
    await deps.db.query("UPDATE activity_event SET state = 'revoked', revocation_id = id");
    await submit(ann);
  });

  test('when twenty others are not settled', async () => {
    const { memberIds, submit, trySubmit, withdraw, count } = await aClaimsWorld();
    const [ann] = memberIds as [string];
    const day = (i: number) => `2026-07-${String(i + 1).padStart(2, '0')}`;
    const ids: string[] = [];
    for (let i = 0; i < 20; i++) ids.push(await submit(ann, { occurredOn: day(i) }));
    expect(await trySubmit(ann)).toMatchObject(refused('CLAIMS_TOO_MANY'));
    expect(await count('claim')).toBe(20);
    await withdraw(ann, ids[0]!);
    await submit(ann);
  });
});

test('of the same claim sent many times at once one is kept, whether the key is the same or not', async () => {
  const { memberIds, trySubmit, count } = await aClaimsWorld();
  const [ann, bob] = memberIds as [string, string];
  const others = await Promise.all(Array.from({ length: 6 }, () => trySubmit(ann)));
  expect(others.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(others.filter((outcome) => !outcome.ok)[0]).toMatchObject(refused('CLAIM_REPEATED'));
  const key = newId();
  const same = await Promise.all(Array.from({ length: 4 }, () => trySubmit(bob, {}, key)));
  expect(new Set(same.map((outcome) => outcome.ok && outcome.value)).size).toBe(1);
  expect(await count('claim')).toBe(2);
});

test('at once one cannot have more than twenty claims open', async () => {
  const { memberIds, trySubmit, submit, count } = await aClaimsWorld();
  const [ann] = memberIds as [string];
  const day = (i: number) => `2026-07-${String(i + 1).padStart(2, '0')}`;
  for (let i = 0; i < 18; i++) await submit(ann, { occurredOn: day(i) });
  const outcomes = await Promise.all([18, 19, 20, 21, 22].map((i) => trySubmit(ann, { occurredOn: day(i) })));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(2);
  expect(await count('claim')).toBe(20);
});

test('where the rules ask for no approval the event is recorded at once and paid', async () => {
  const { deps, publish, memberIds, submit, claim, history, states, pay, balance } = await aClaimsWorld();
  const [ann] = memberIds as [string];
  await publish('学历提升', 'degree', { ...DEGREE, approval: 'none' });
  const id = await submit(ann, { eventType: 'degree', attributes: { 学历层次: '本科' } });
  const { state, eventId, approval } = await claim(id);
  expect({ state, approval }).toEqual({ state: 'approved', approval: 'none' });
  expect(await history(id)).toEqual([`submitted member:${ann}`, 'approved system:claims']);
  await pay();
  expect(await states([eventId!])).toEqual(['paid']);
  expect(await balance(ann)).toBe(2000);
  await expect(deps).toHaveCoherentLedger();
});

test('the same key with another claim is refused', async () => {
  const { memberIds, trySubmit, count } = await aClaimsWorld();
  const [ann] = memberIds as [string];
  const key = newId();
  expect((await trySubmit(ann, {}, key)).ok).toBe(true);
  expect(await trySubmit(ann, { occurredOn: '2026-07-01' }, key)).toMatchObject(refused('KEY_REUSED'));
  expect(await count('claim')).toBe(1);
});

test('what a claim needs is the strictest of its rules, in whatever order; the branch where there is none', () => {
  const rule = fc.record({ evidence: fc.boolean(), approval: fc.constantFrom(...APPROVALS) });
  const needs = (asked: readonly object[]) =>
    needsOf(asked.map((one) => ({ definition: ruleDefinition.parse({ ...fixed(1), ...one }) })));
  expect(needs([])).toEqual({ evidence: false, approval: 'branch' });
  fc.assert(
    fc.property(fc.array(rule, { minLength: 1, maxLength: 4 }), (rules) => {
      const whole = needs(rules);
      expect(needs(rules.toReversed())).toEqual(whole);
      expect(rules.map(({ approval }) => approval)).toContain(whole.approval);
      for (const one of rules) {
        expect(APPROVALS.indexOf(whole.approval)).toBeGreaterThanOrEqual(APPROVALS.indexOf(one.approval));
        expect(whole.evidence || !one.evidence).toBe(true);
      }
      expect(whole.evidence).toBe(rules.some(({ evidence }) => evidence));
    }),
    { numRuns: 50 },
  );
});
