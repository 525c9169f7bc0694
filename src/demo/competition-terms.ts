import { addDays, type BeijingDay } from '../platform/clock.ts';
import { GRASS_ROOTS } from './happiness-account.ts';
import { MEMBERS } from './roster.ts';

/** Who judges the competition of the story, each with an account of the branch. Plainly invented, as all names here. */
export const JUDGES = [
  { login: 'demo-judge-1', name: '演示评委甲' },
  { login: 'demo-judge-2', name: '演示评委乙' },
  { login: 'demo-judge-3', name: '演示评委丙' },
] as const;

export const TRADE = '无人机装调';

/** What the winners are paid, in fen: 3,000 and 2,000 yuan, and 500 for each of the two that do not reach the final. */
export const BUDGET_FEN = 600_000;
export const [FIRST, SECOND, MERIT] = ['一等奖', '二等奖', '优秀奖'] as const;
export const HONOUR = '云程航空（演示）技能竞赛优胜团队';

/** The days of the competition: it is entered and changed until the fourth, and judged on the sixth and the tenth. */
export const daysFrom = (first: BeijingDay) => ({
  entry: first,
  change: addDays(first, 3),
  heat: addDays(first, 5),
  final: addDays(first, 9),
});

export type Days = ReturnType<typeof daysFrom>;

const criterion = (name: string, percent: number, kind = 'JUDGED') => ({
  ...{ name, kind, weight: percent * 100, scaleMin: 0, scaleMax: 100 },
});

/** Of the heat; the numbers of the two that are judged are 2 and 3. */
const HEAT_CRITERIA = [criterion('理论考试', 30, 'OBJECTIVE'), criterion('实际操作', 50), criterion('创新设计', 20)];

/** In the heat two judges see each team, without its name; in the final all three see all, and the extremes are dropped. */
const JUDGING = {
  ...{ judgesPerEntry: 2, judgesNeeded: 2, blind: true, aggregate: 'MEAN', late: 'WAIT' },
  tieBreaks: [{ kind: 'CRITERION', number: 2 }, { kind: 'EARLIER_ENTRY' }],
};
const LIVE_JUDGING = { ...JUDGING, judgesPerEntry: 3, judgesNeeded: 3, blind: false, aggregate: 'TRIMMED_MEAN' };

const midnight = (day: BeijingDay) => `${day}T00:00:00+08:00`;

/** What every competition of a run has in common. */
const frame = (name: string, prefix: string, days: Days) => ({
  ...{ name, year: Number(days.entry.slice(0, 4)), about: '演示用的职工技能竞赛。', certificatePrefix: prefix },
  ...{ entryFrom: midnight(days.entry), entryUntil: midnight(days.change), changeUntil: midnight(days.change) },
  ...{ criteria: HEAT_CRITERIA, judging: JUDGING, noticeWorkingDays: 2, budgetFen: 0 },
});

/** Where and when a competition is held, and what tells the runs apart. */
export interface PlanOf {
  unionId: string;
  programmeId: string;
  run: string;
  days: Days;
}

/** The competition of teams in the form of `createCompetition`'s input: a heat, from which two go on to a live final. */
export function teamPlan({ unionId, programmeId, run, days }: PlanOf) {
  const stage = { unionId, level: 'BRANCH' };
  return {
    ...frame(`${TRADE}团队赛（演示 ${run}）`, `T${run.slice(0, 9)}`, days),
    ...{ entrant: 'TEAM', team: { min: 2, max: 3, substitutesAtMost: 1 } },
    ...{ trade: TRADE, programmeId, budgetFen: BUDGET_FEN },
    stages: [
      {
        ...{ ...stage, name: '决赛', round: 'FINAL', startsOn: days.final, endsOn: days.final, isLive: true },
        ...{ judging: LIVE_JUDGING, criteria: [criterion('现场操作', 60), criterion('现场答辩', 40)] },
      },
      {
        ...{ ...stage, parent: 1, name: '初赛', round: 'PRELIMINARY', startsOn: days.heat, endsOn: days.heat },
        advance: { kind: 'TOP', n: 2 },
      },
    ],
    awards: [
      {
        ...{ stage: 1, name: FIRST, honourName: HONOUR, fromPlace: 1, toPlace: 1, givesPoints: true },
        ...{ skillLevel: 'SENIOR', subsidyFen: 300_000 },
      },
      { stage: 1, name: SECOND, fromPlace: 2, toPlace: 2, givesPoints: true, subsidyFen: 200_000 },
      { stage: 2, name: MERIT, fromPlace: 3, toPlace: 4, subsidyFen: 50_000 },
    ],
  };
}

/** The same with a criterion left out and a subsidy too high, as it must not be published. */
export function faultyPlan(of: PlanOf) {
  const plan = teamPlan(of);
  const [first, ...others] = plan.awards;
  return { ...plan, criteria: HEAT_CRITERIA.slice(0, 2), awards: [{ ...first, subsidyFen: 400_000 }, ...others] };
}

/** A competition of members or of firms, which is entered only. */
export function singlePlan({ unionId, run, days }: Omit<PlanOf, 'programmeId'>, entrant: 'INDIVIDUAL' | 'FIRM') {
  const name = entrant === 'FIRM' ? '企业技能竞赛' : `${TRADE}个人赛`;
  return {
    ...frame(`${name}（演示 ${run}）`, `${entrant[0]}${run.slice(0, 9)}`, days),
    entrant,
    stages: [{ unionId, name: '决赛', level: 'BRANCH', round: 'FINAL', startsOn: days.heat, endsOn: days.heat }],
  };
}

/** A firm that enters by its union. */
export const FIRM = { slug: 'firm', name: '精工制造（演示）有限公司工会', kind: 'ENTERPRISE' };

/** The team that enters in the mini-program. */
export const OWN_TEAM = '客舱先锋队';

/** The teams of a department each that are entered in bulk; the first of their people is the captain. */
export const TEAMS = [
  { name: '机务匠心队', union: GRASS_ROOTS[2]!.name, people: [62, 68] },
  { name: '地服先行队', union: GRASS_ROOTS[3]!.name, people: [63, 69] },
  { name: '飞行雄鹰队', union: GRASS_ROOTS[0]!.name, people: [60, 66] },
].map(({ people, ...team }) => ({ ...team, people: people.map((i) => MEMBERS[i]!) }));

/** Whom the first judge does not judge. */
export const CONFLICT = TEAMS[2]!;

/** What a team gets: for each criterion that is judged the score of each judge, in the judges' order. */
export type Judged = readonly (readonly number[])[];

const inHeat = (exam: number, ...judged: Judged) => ({ exam, judged });

/** In the heat: of the examination, and of two judges. The first of the first team writes 29 where she means 92. */
export const HEAT_SCORES: Record<string, { exam: number; judged: Judged }> = {
  客舱先锋队: inHeat(90, [29, 92], [90, 90]),
  机务匠心队: inHeat(88, [88, 88], [86, 86]),
  地服先行队: inHeat(85, [82, 82], [88, 88]),
  飞行雄鹰队: inHeat(87, [80, 80], [90, 90]),
};
export const MEANT = 92;

const inFinal = (...judged: Judged) => ({ judged });

/** And in the final: of three judges, of whom one is far from the others. */
export const FINAL_SCORES: Record<string, { judged: Judged }> = {
  客舱先锋队: inFinal([95, 93, 60], [90, 88, 92]),
  机务匠心队: inFinal([90, 89, 99], [85, 86, 84]),
};
