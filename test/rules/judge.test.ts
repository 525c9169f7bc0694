import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { periodOf } from '../../src/rules/cap-period.ts';
import { type RuleDefinition, type RuleDraft, ruleDefinition } from '../../src/rules/definition.ts';
import { evaluate, type JudgedEvent } from '../../src/rules/evaluate.ts';
import { decide, look } from '../../src/rules/judge.ts';
import type { VersionedRule } from '../../src/rules/queries.ts';
import { Tally } from '../../src/rules/tally.ts';
import { definition, judgedEvent } from './arbitraries.ts';

const versioned = (one: RuleDefinition): VersionedRule => ({
  ruleId: newId(),
  programmeId: newId(),
  eventType: 'any',
  name: '规则',
  versionId: newId(),
  number: 1,
  definition: one,
  publishedBy: 'operator:x',
  publishedAt: new Date(0),
  effectiveAt: new Date(0),
});
const rule = (draft: Partial<RuleDraft>) =>
  versioned(ruleDefinition.parse({ award: { kind: 'fixed', points: 20 }, occurrence: { kind: 'event' }, ...draft }));
const NOBODY = { unionPath: '/', sex: null, age: null, serviceYears: null, membershipYears: null, tags: [] };
const event = (occurredOn = '2026-08-15', attributes = {}): JudgedEvent => ({
  id: newId(),
  memberId: 'm',
  attributes,
  occurredOn,
  member: NOBODY,
});
const judge = (one: JudgedEvent, rules: VersionedRule[], tally = new Tally()) =>
  decide(one, look(one, rules), tally).map(({ outcome }) => outcome);

test('a cap of points cuts the award that goes beyond it, and leaves nothing for the next', () => {
  const capped = rule({ caps: [{ of: 'points', period: 'month', most: 50 }] });
  const tally = new Tally();
  const days = ['2026-08-01', '2026-08-31', '2026-08-15', '2026-08-16', '2026-09-01'];
  expect(days.map((day) => judge(event(day), [capped], tally)[0])).toMatchObject([
    { award: true, points: 20 },
    { award: true, points: 20 },
    { award: true, points: 10, full: 20, cap: 0 },
    { award: false, why: 'CAPPED', cap: 0 },
    { award: true, points: 20 },
  ]);
});

test('a cap of the count gives whole awards or none', () => {
  const capped = rule({ caps: [{ of: 'count', period: 'ever', most: 2 }] });
  const tally = new Tally();
  const outcomes = [1, 2, 3].map(() => judge(event(), [capped], tally)[0]!);
  expect(outcomes.map((one) => (one.award ? one.points : one.why))).toEqual([20, 20, 'CAPPED']);
});

test('of an exclusive group the rule with the lowest number takes the event, even when its cap leaves nothing', () => {
  const first = rule({ exclusive: { group: '证书', priority: 1 }, caps: [{ of: 'count', period: 'ever', most: 1 }] });
  const second = rule({ exclusive: { group: '证书', priority: 2 } });
  const apart = rule({});
  const tally = new Tally();
  expect(judge(event(), [second, first, apart], tally)).toMatchObject([
    { award: false, why: 'OUTRANKED', byRuleId: first.ruleId },
    { award: true },
    { award: true },
  ]);
  expect(judge(event(), [second, first, apart], tally)).toMatchObject([
    { award: false, why: 'OUTRANKED' },
    { award: false, why: 'CAPPED' },
    { award: true },
  ]);
});

test('a rule whose condition does not hold leaves the group to the next', () => {
  const closed = rule({ exclusive: { group: '证书', priority: 1 }, period: { from: '2027-01-01', until: null } });
  const next = rule({ exclusive: { group: '证书', priority: 2 } });
  expect(judge(event(), [closed, next])).toMatchObject([{ why: 'OUT_OF_PERIOD' }, { award: true }]);
});

test('an award that no budget holds is not entered, so that it can come later', () => {
  const once = rule({ occurrence: { kind: 'ever' } });
  const tally = new Tally();
  const one = event();
  expect(decide(one, look(one, [once]), tally, () => 'rule')).toMatchObject([
    { outcome: { award: false, why: 'OVER_BUDGET', short: 'rule' } },
  ]);
  expect(judge(one, [once], tally)).toMatchObject([{ award: true, points: 20 }]);
});

test('caps hold, and no occurrence is paid twice, for any rules and any order of events', () => {
  fc.assert(
    fc.property(
      fc.array(definition, { minLength: 1, maxLength: 4 }),
      fc.array(judgedEvent, { maxLength: 25 }),
      (some, events) => {
        const rules = some.map(versioned);
        const tally = new Tally();
        const awards = events.flatMap((one) =>
          decide(one, look(one, rules), tally).map((said) => ({ ...said, event: one })),
        );
        const given = awards.flatMap(({ rule: by, outcome, event: one }) =>
          outcome.award ? [{ by, event: one, points: outcome.points, occurrence: outcome.occurrence }] : [],
        );
        const occurrences = given.map(({ by, event: one, occurrence }) => `${by.ruleId} ${one.memberId} ${occurrence}`);
        expect(new Set(occurrences).size).toBe(occurrences.length);
        for (const { by, event: one } of given) {
          for (const cap of by.definition.caps) {
            const { from, until } = periodOf(cap.period, one.occurredOn);
            const within = given.filter(
              (other) =>
                other.by === by &&
                other.event.memberId === one.memberId &&
                from <= other.event.occurredOn &&
                other.event.occurredOn <= until,
            );
            const used = cap.of === 'count' ? within.length : within.reduce((sum, each) => sum + each.points, 0);
            expect(used).toBeLessThanOrEqual(cap.most);
          }
        }
      },
    ),
  );
});

test('a cap of points gives the same sum in whatever order the events come', () => {
  const capped = rule({
    award: { kind: 'per_unit', attribute: '时长', points: 7, most: 70 },
    caps: [{ of: 'points', period: 'month', most: 100 }],
  });
  const hours = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(
      hours.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        const sum = (list: number[]) => {
          const tally = new Tally();
          const outcomes = list.map((value) => judge(event('2026-08-15', { 时长: value }), [capped], tally)[0]!);
          return outcomes.reduce((total, one) => total + (one.award ? one.points : 0), 0);
        };
        expect(sum(shuffled)).toBe(sum(all));
      },
    ),
  );
});

test('what is taken back leaves the tally as it was: the same event earns the same again', () => {
  fc.assert(
    fc.property(
      fc.array(definition, { minLength: 1, maxLength: 3 }),
      fc.array(judgedEvent, { maxLength: 10 }),
      judgedEvent,
      (some, before, one) => {
        const rules = some.map(versioned);
        const tally = new Tally();
        for (const earlier of before) decide(earlier, look(earlier, rules), tally);
        const first = decide(one, look(one, rules), tally).map(({ outcome }) => outcome);
        tally.takeBack(one.id);
        expect(decide(one, look(one, rules), tally).map(({ outcome }) => outcome)).toEqual(first);
      },
    ),
  );
});

test('each rule that looked has an outcome, and one that is denied by its own terms says what evaluate says', () => {
  fc.assert(
    fc.property(fc.array(definition, { minLength: 1, maxLength: 4 }), judgedEvent, (some, one) => {
      const rules = some.map(versioned);
      const outcomes = judge(one, rules);
      expect(outcomes).toHaveLength(rules.length);
      rules.forEach((each, i) => {
        const verdict = evaluate(each.definition, one);
        if (!verdict.award) expect(outcomes[i]).toEqual(verdict);
      });
    }),
  );
});

test.each([
  ['day', '2026-08-15', '2026-08-15', '2026-08-15'],
  ['month', '2024-02-10', '2024-02-01', '2024-02-29'],
  ['month', '2026-12-31', '2026-12-01', '2026-12-31'],
  ['quarter', '2026-05-31', '2026-04-01', '2026-06-30'],
  ['quarter', '2026-12-01', '2026-10-01', '2026-12-31'],
  ['year', '2026-05-31', '2026-01-01', '2026-12-31'],
] as const)('the %s of %s is from %s to %s', (period, day, from, until) => {
  expect(periodOf(period, day)).toEqual({ from, until });
});
