/**
 * A season of mass innovation in Dalian, as data, with the one of the year before: firms, the people who declare, what
 * they declare, and the plan by which it is judged. How many entries there are of each kind, that 53 % come from private
 * firms, the growth of entries and firms, and that the share of highly skilled workers went from 36 % to 47 % are the
 * reported ones; firms, people, titles, scores, and who is honoured are invented. Whatever is shown of them is counted by
 * the program: nothing here says 53 %.
 */
import type { AchievementContent } from '../innovation/achievements/content.ts';
import { checkDigit } from '../innovation/achievements/patent-number.ts';
import type { AchievementKind } from '../innovation/kinds.ts';
import type { CategoryPlan, SeasonPlan } from '../innovation/seasons/plan.ts';
import type { Ownership } from '../unions/firms/firm.entity.ts';
import type { SkillLevel } from '../unions/skill/member-skill.entity.ts';

/** How many entries there are of each kind; of 绝招绝技绝活 and 先进操作法 together 268 are reported. */
const ENTRIES: readonly (readonly [AchievementKind, number])[] = [
  ['technical', 967],
  ['technique', 151],
  ['method', 117],
  ['proposal', 812],
  ['patent', 231],
];
const PEOPLE_OF_FIRM = 8;

interface Year {
  entries: number;
  firms: number;
  privateFirms: number;
  /** Of all entries. */
  privateEntries: number;
  /** How many of the people are 高级工 or above. */
  highlySkilled: number;
}

const THIS_YEAR: Year = { entries: 2278, firms: 226, privateFirms: 120, privateEntries: 1207, highlySkilled: 850 };
const LAST_YEAR: Year = { entries: 2034, firms: 200, privateFirms: 104, privateEntries: 1037, highlySkilled: 576 };

/** A firm with its union. */
export interface DemoFirm {
  name: string;
  ownership: Ownership;
  employees: number;
}

/** Somebody who declares, by the place of her firm in the list of firms. */
export interface DemoPerson {
  firm: number;
  name: string;
  staffNumber: string;
  /** Null where none is known. */
  skillLevel: SkillLevel | null;
}

/** An entry; its authors are places in the list of people, the first of whom declares it. */
export interface DemoEntry extends Omit<AchievementContent, 'authors' | 'studios' | 'allianceId' | 'evidenceIds'> {
  authors: readonly { person: number; share: number; post: 'worker' | 'professional' }[];
}

/** The firms of the season, the private ones first. */
export function dalianFirms(year: Year = THIS_YEAR): DemoFirm[] {
  const others: Ownership[] = ['state', 'mixed', 'foreign', 'public'];
  return Array.from({ length: year.firms }, (_, i) => {
    const isPrivate = i < year.privateFirms;
    const ownership = isPrivate ? 'private' : others[i % others.length]!;
    return { name: `大连第 ${i + 1} 企业工会（演示）`, ownership, employees: isPrivate ? 40 + i : 400 + 10 * i };
  });
}

/** Who declares, eight of each firm, in the order of the firms. */
export function dalianPeople(year: Year = THIS_YEAR): DemoPerson[] {
  const count = year.firms * PEOPLE_OF_FIRM;
  return Array.from({ length: count }, (_, i) => ({
    firm: Math.floor(i / PEOPLE_OF_FIRM),
    name: `${'王李张刘陈杨赵黄'[i % 8]}${'建志文海立永国晓'[Math.floor(i / 8) % 8]}${'明强军平波'[i % 5]}`,
    staffNumber: `DL${String(i + 1).padStart(5, '0')}`,
    skillLevel: isOneOf(i, year.highlySkilled, count) ? ((3 + (i % 3)) as SkillLevel) : LOWER_LEVELS[i % 3]!,
  }));
}

const LOWER_LEVELS: readonly (SkillLevel | null)[] = [1, 2, null];

/** Whether a place, from 0, is one of `some` that are spread evenly over `all`. */
function isOneOf(place: number, some: number, all: number): boolean {
  return Math.floor(((place + 1) * some) / all) > Math.floor((place * some) / all);
}

const FIELDS = ['焊接', '机械加工', '造船', '化工', '电气', '轨道交通'];
const OBJECTS = ['船体分段', '主轴', '压力容器', '机车转向架', '换热管束', '变频电机', '阀门密封', '曲轴', '吊装工装'];
const WAYS = ['变形控制', '快速装夹', '在线检测', '节能改造', '防错设计', '工序合并', '表面处理', '故障诊断'];
const ADOPTIONS = ['adopted', 'trial', 'in_use'] as const;

/** What was declared: from private firms first, in turn by all of their people, so that everybody has a part. */
export function dalianEntries(): DemoEntry[] {
  const kinds = ENTRIES.flatMap(([kind, count]) => Array<AchievementKind>(count).fill(kind));
  return whoDeclares(THIS_YEAR).map(({ firm, turn }, i) => {
    // A step without a factor in common with the number of entries meets each once, and mixes the kinds.
    const kind = kinds[(i * 1009) % kinds.length]!;
    const title = `${OBJECTS[i % 9]}${WAYS[Math.floor(i / 9) % 8]}（${i + 1}）`;
    const adoption = kind === 'proposal' ? ADOPTIONS[i % 3]! : null;
    return {
      ...{ kind, title, field: FIELDS[firm % FIELDS.length]!, adoption },
      summary: `针对${OBJECTS[i % 9]}的${WAYS[Math.floor(i / 9) % 8]}，已在现场使用。`,
      text: `第 ${i + 1} 项：${OBJECTS[(i * 5) % 9]}与${WAYS[(i * 3) % 8]}，第 ${firm + 1} 企业第 ${turn + 1} 轮攻关。`,
      effectMeasured: adoption === 'in_use' ? `每月节约工时 ${20 + (i % 60)} 小时。` : null,
      patentNumber: kind === 'patent' ? patentNumber(i + 1) : null,
      authors: authorsOf(firm, turn, i),
    };
  });
}

/** For each entry the firm, and how many the firm declared before it. */
function whoDeclares({ entries, firms, privateFirms, privateEntries }: Year): { firm: number; turn: number }[] {
  return Array.from({ length: entries }, (_, i) => {
    const [first, count, place] =
      i < privateEntries ? [0, privateFirms, i] : [privateFirms, firms - privateFirms, i - privateEntries];
    return { firm: first + (place % count), turn: Math.floor(place / count) };
  });
}

/** One author, and of every fourth entry a colleague; every third person of a firm is an engineer. */
function authorsOf(firm: number, turn: number, i: number): DemoEntry['authors'] {
  const author = (place: number, share: number) => {
    const post: 'worker' | 'professional' = place % 3 === 2 ? 'professional' : 'worker';
    return { person: firm * PEOPLE_OF_FIRM + place, share, post };
  };
  const place = turn % PEOPLE_OF_FIRM;
  if (i % 4 !== 3) return [author(place, 10_000)];
  return [author(place, 6_000), author((place + 1) % PEOPLE_OF_FIRM, 4_000)];
}

function patentNumber(serial: number): string {
  const digits = `20241${String(serial).padStart(7, '0')}`;
  return `ZL${digits}.${checkDigit(digits)}`;
}

/** What a score sheet would say of an entry, 60.00 to 99.99 points. */
export function dalianScore(place: number): number {
  return (6_000 + ((place * 7919) % 4_000)) / 100;
}

/** An entry of the season of the year before, as far as it is counted. */
export interface PastEntry extends Pick<DemoFirm, 'ownership'> {
  firm: number;
  person: number;
  kind: AchievementKind;
  skillLevel: SkillLevel | null;
}

/** The season of the year before, which is history. Its firms are the first of those of this year, by ownership. */
export function dalianLastYear(): PastEntry[] {
  const [firms, people] = [dalianFirms(LAST_YEAR), dalianPeople(LAST_YEAR)];
  return whoDeclares(LAST_YEAR).map(({ firm, turn }, i) => {
    const person = firm * PEOPLE_OF_FIRM + (turn % PEOPLE_OF_FIRM);
    const kind = ENTRIES[i % ENTRIES.length]![0];
    return { firm, person, kind, ownership: firms[firm]!.ownership, skillLevel: people[person]!.skillLevel };
  });
}

const TIMES = {
  declareFrom: new Date('2026-02-01T00:00:00+08:00'),
  declareUntil: new Date('2026-05-01T00:00:00+08:00'),
};

const criterion = (kind: 'judged' | 'objective', name: string, percent: number) => ({
  ...{ name, about: '', kind, weight: percent * 100, scaleMin: 0, scaleMax: 100_000, evidenceAsked: '' },
});

/** Experts score these on paper; the sheets come as a file. */
const ON_PAPER = [criterion('objective', '专家评分', 100)];
const BY_JUDGES = [criterion('judged', '创新性', 60), criterion('judged', '实用性', 40)];

const judging = (blind: boolean): CategoryPlan['judging'] => ({
  ...{ judgesPerEntry: 1, judgesNeeded: 1, blind, normalise: 'none', aggregate: 'mean', late: 'wait' },
  tieBreaks: [{ kind: 'earlier_entry' }],
});

type Head = Pick<CategoryPlan, 'name' | 'kind' | 'group'>;

/** A category whose first three grades have so many places; a fifth of its honours is kept for small private firms. */
const category = (head: Head, places: readonly number[], criteria = ON_PAPER): CategoryPlan => {
  const honoursAtMost = places.reduce((sum, one) => sum + one, 0);
  const small = { name: '小微民营企业', ownerships: ['private' as const], firmTypes: null, mostEmployees: 100 };
  return {
    ...{ ...head, fields: null, criteria, judging: judging(criteria === BY_JUDGES), honoursAtMost, leastTotal: null },
    reserves: [{ ...small, least: Math.floor(honoursAtMost / 5) }],
    grades: places.map((some, i) => {
      const name = `${'一二三'[i]}等奖`;
      return { name, places: some, honourName: `大连市职工技术创新${head.name}${name}`, givesPoints: true };
    }),
  };
};

/** The plan of the season, honours of which are paid in the points of a programme. */
export function dalianSeason(programmeId: string): SeasonPlan {
  return {
    ...{ name: '大连市群众性技术创新成果评选（2026）', year: 2026, about: '面向全市职工。', programmeId, ...TIMES },
    ...{ noticeWorkingDays: 5, certificatePrefix: 'DL2026' },
    categories: [
      category({ name: '技术成果（职工组）', kind: 'technical', group: 'workers' }, [10, 20, 30]),
      category({ name: '技术成果（专业组）', kind: 'technical', group: 'professionals' }, [5, 10, 15]),
      category({ name: '绝招绝技绝活', kind: 'technique', group: null }, [3, 6, 9], BY_JUDGES),
      category({ name: '先进操作法', kind: 'method', group: null }, [3, 6, 9], BY_JUDGES),
      category({ name: '合理化建议', kind: 'proposal', group: null }, [10, 20, 30]),
      category({ name: '专利', kind: 'patent', group: null }, [3, 6, 9]),
    ],
  };
}

/** The points that an author gets for an honour of each grade, by the rule of the programme. */
export const DALIAN_POINTS: Readonly<Record<string, number>> = { 一等奖: 1000, 二等奖: 500, 三等奖: 200 };
