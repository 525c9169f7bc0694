import type { AdminCaller } from '../../src/identity/caller.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Cap, RuleDraft } from '../../src/rules/definition.ts';
import { publishDraft } from '../../src/rules/publish-draft.ts';
import { saveDraft } from '../../src/rules/save-draft.ts';
import { accepted } from '../support/market.ts';
import type { Random } from './random.ts';

/** What the laws know of a rule. */
export interface KnownRule {
  programmeId: string;
  caps: readonly { of: 'points' | 'count'; period: Cap['period']; most: number }[];
  /** Every occurrence is an event of its own. */
  paysEachEvent: boolean;
  budget: number | null;
  givesTickets: boolean;
}

const tier = (value: string, points: number) => ({ value, points });

/** The rules of a programme of so many members: of each the type of event that it looks at, and what it says. */
const rulesFor = (members: number): [eventType: string, definition: RuleDraft][] => [
  [
    'volunteering',
    {
      award: { kind: 'per_unit', attribute: '时长小时', points: 10, most: 40 },
      occurrence: { kind: 'event' },
      caps: [
        { of: 'points', period: 'month', most: 70 },
        { of: 'count', period: 'day', most: 1 },
      ],
      life: { kind: 'days', days: 60 },
    },
  ],
  [
    'culture-sport',
    {
      award: {
        kind: 'tiered',
        attribute: '名次',
        tiers: [tier('一等奖', 120), tier('二等奖', 80), tier('三等奖', 50), tier('参与', 20)],
      },
      occurrence: { kind: 'event' },
      caps: [{ of: 'count', period: 'quarter', most: 3 }],
    },
  ],
  [
    'honour',
    {
      award: { kind: 'fixed', points: 60 },
      occurrence: { kind: 'event' },
      caps: [{ of: 'count', period: 'month', most: 1 }],
      noticeDays: 4,
      life: { kind: 'year_end', yearsAhead: 0 },
    },
  ],
  [
    'dedication',
    {
      award: { kind: 'fixed', points: 30 },
      occurrence: { kind: 'event' },
      budget: { total: members * 20, branches: [] },
    },
  ],
  [
    'certificate',
    { award: { kind: 'fixed', points: 100 }, occurrence: { kind: 'event' }, evidence: true, approval: 'branch' },
  ],
  [
    'degree',
    {
      award: { kind: 'fixed', points: 150 },
      occurrence: { kind: 'values', attributes: ['学历层次'] },
      evidence: true,
      approval: 'two_levels',
    },
  ],
];

/** Publishes the rules of every programme. Resolves with what the laws have to know, by the rules' ids. */
export async function publishRules(
  deps: Deps,
  admin: AdminCaller,
  programmeIds: readonly string[],
  members: number,
): Promise<Map<string, KnownRule>> {
  const known = new Map<string, KnownRule>();
  for (const programmeId of programmeIds) {
    for (const [eventType, definition] of rulesFor(members)) {
      const draft = { newRule: { programmeId, name: eventType, eventType }, definition };
      const draftId = accepted(await saveDraft(deps, admin, newId(), draft));
      const ruleId = accepted(await publishDraft(deps, admin, newId(), { draftId }));
      known.set(ruleId, {
        programmeId,
        caps: definition.caps ?? [],
        paysEachEvent: definition.occurrence.kind === 'event',
        budget: definition.budget?.total ?? null,
        givesTickets: eventType === 'volunteering',
      });
    }
  }
  return known;
}

/** An event of a type that admins record, with attributes by the seed. */
export function anEvent(random: Random): { type: string; attributes: Record<string, string | number> } {
  const { type } = random.weighted([
    { type: 'volunteering', weight: 6 },
    { type: 'culture-sport', weight: 5 },
    { type: 'honour', weight: 2 },
    { type: 'dedication', weight: 1 },
  ]);
  if (type === 'volunteering') return { type, attributes: { 类别: '文明劝导', 时长小时: random.between(1, 6) } };
  if (type === 'culture-sport') {
    return {
      type,
      attributes: { 项目: '羽毛球', 名次: random.pick(['一等奖', '二等奖', '三等奖', '参与', '优秀奖']) },
    };
  }
  return type === 'honour' ? { type, attributes: { 荣誉: '先进' } } : { type, attributes: { 事项: '抢修' } };
}
