/**
 * The programme in which judging is measured: 50 published rules, five for each of ten types of events, and members of
 * all ages, some of whom bear tags. A member's events are all of one type: who sings, sings again.
 */
import { insertRows } from '../../src/platform/db/sql.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Condition, MemberFacts } from '../../src/rules/conditions.ts';
import { type RuleDraft, ruleDefinition } from '../../src/rules/definition.ts';
import { seedLedger } from './poster.ts';

export const TYPES = Array.from({ length: 10 }, (_, i) => `activity-${i}`);

/** The attributes that every event has: hours, a whole number, and a kind. */
export const HOURS = '时长小时';
export const KIND = '类别';
export const KINDS = ['文明劝导', '安全隐患', '卫生问题', '其他'];

/** How many events a member has in a year. */
export const EVENTS_PER_MEMBER = 10;

export interface RulesProgramme {
  programmeId: string;
  members: BenchMember[];
}

export interface BenchMember {
  id: string;
  /** The type of the member's events. */
  type: string;
  /** What is known of the member, as it lies in the database. */
  facts: string;
}

/** Fills an empty database. Members have accounts with nothing in them. */
export async function seedProgramme(deps: Deps, members: number): Promise<RulesProgramme> {
  const { programmeId } = await seedLedger(deps, members);
  await publishRules(deps, programmeId);
  const rows: { id: string; path: string }[] = await deps.db.query(
    'SELECT m.id, u.path FROM member m JOIN union_node u ON u.id = m.union_id ORDER BY m.id',
  );
  return {
    programmeId,
    members: rows.map(({ id, path }, i) => ({
      id,
      type: TYPES[i % TYPES.length]!,
      facts: JSON.stringify(factsOf(i, path)),
    })),
  };
}

function factsOf(number: number, unionPath: string): MemberFacts {
  const serviceYears = number % 37;
  return {
    unionPath,
    sex: number % 3 === 0 ? 'female' : 'male',
    age: 20 + serviceYears,
    serviceYears,
    membershipYears: Math.floor(serviceYears / 2),
    tags: number % 29 === 0 ? ['党员', '劳模'] : number % 4 === 0 ? ['党员'] : [],
  };
}

async function publishRules({ db, clock }: Deps, programmeId: string): Promise<void> {
  const now = clock.now();
  const rules = TYPES.flatMap((type) =>
    DRAFTS.map((draft, i) => ({ id: newId(), type, name: `${type} ${i}`, definition: ruleDefinition.parse(draft) })),
  );
  await inTransaction(db, async (tx) => {
    await insertRows(
      tx,
      'rule',
      ['id', 'programme_id', 'event_type', 'name', 'created_at'],
      rules.map(({ id, type, name }) => [id, programmeId, type, name, now]),
    );
    await insertRows(
      tx,
      'rule_version',
      ['id', 'rule_id', 'number', 'definition', 'published_by', 'published_at', 'effective_at'],
      rules.map(({ id, definition }) => [newId(), id, 1, JSON.stringify(definition), 'system:bench', now, now]),
    );
  });
}

/** Model workers of long standing, for what is not mere chores: one member in some fifty. */
const FEW: Condition = {
  kind: 'all',
  conditions: [
    { kind: 'tag', tags: ['劳模', '先进工作者'] },
    {
      kind: 'any',
      conditions: [
        { kind: 'fact', fact: 'service_years', is: 'at_least', values: [20] },
        { kind: 'fact', fact: 'membership_years', is: 'between', values: [5, 8] },
      ],
    },
    { kind: 'not', condition: { kind: 'attribute', attribute: KIND, is: 'equal', values: ['其他'] } },
  ],
};

/** The rules of each type. */
const DRAFTS: readonly RuleDraft[] = [
  // Pays nearly always; a third event in one month is mostly cut.
  {
    award: { kind: 'per_unit', attribute: HOURS, points: 5, most: 30 },
    occurrence: { kind: 'event' },
    caps: [{ of: 'points', period: 'month', most: 40 }],
    exclusive: { group: '时长', priority: 1 },
  },
  // Pays few members.
  { award: { kind: 'fixed', points: 20 }, occurrence: { kind: 'event' }, condition: FEW },
  // The first one comes before it.
  {
    award: {
      kind: 'ranged',
      attribute: HOURS,
      ranges: [
        { from: 1, to: 3, points: 10 },
        { from: 4, to: null, points: 20 },
      ],
    },
    occurrence: { kind: 'event' },
    exclusive: { group: '时长', priority: 2 },
  },
  // Pays a member's first event.
  { award: { kind: 'fixed', points: 50 }, occurrence: { kind: 'ever' } },
  // Is over.
  {
    award: { kind: 'fixed', points: 10 },
    occurrence: { kind: 'event' },
    period: { from: '2020-01-01', until: '2020-12-31' },
  },
];
