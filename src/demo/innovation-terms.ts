import { addDays, type BeijingDay } from '../platform/clock.ts';
import type { Judged } from './competition-terms.ts';
import { MEMBERS, type RosterPerson } from './roster.ts';
import { sha256 } from './verifying.ts';

/** An expert of the branch itself, who is a member of it, and so must not judge what its people have made. */
export const EXPERT = { slug: 'expert', login: 'demo-expert', name: '演示专家丁', role: 'judge', staffNumber: 'D0010' };

export const FIELD = '客舱设备';
export const [FIRST, SECOND] = ['一等奖', '二等奖'] as const;
export const HONOUR = '云程航空（演示）职工技术创新成果一等奖';
export const MISSING = '请补充应用单位出具的实测证明。';
export const RULED_OUT = '与本届 1 号成果正文雷同，不是另一项成果。';

/** The studio in the form of `createStudio`'s input. */
export const studioOf = (leader: string, run: string) => ({
  ...{ name: `${leader}创新工作室（演示 ${run}）`, field: FIELD, premises: '北京基地维修楼 302 室' },
  ...{ about: '围绕客舱设备的检修开展攻关和带徒。', tags: ['女职工'] },
});
export const YEAR_PLAN = '攻关餐车制动器检修；每季度一次带徒实操；申报成果两项。';
export const STATEMENT = '有场地、有团队、有年度计划，领衔人为高级工。';

const midnight = (day: BeijingDay) => `${day}T00:00:00+08:00`;

/** The days of a season: declared until the fourth, reviewed from then on, scored until the seventh. */
export const seasonDays = (first: BeijingDay) => ({ first, review: addDays(first, 3), scored: addDays(first, 6) });

export type SeasonDays = ReturnType<typeof seasonDays>;

const criterion = (name: string, percent: number, evidenceAsked = '') => ({
  ...{ name, kind: 'JUDGED', weight: percent * 100, scaleMin: 0, scaleMax: 100, evidenceAsked },
});

const grade = (name: string, honourName: string) => ({ name, places: 1, honourName, givesPoints: true });

/** The season in the form of `createSeason`'s input: technical achievements of one field, judged blind by two each. */
export const seasonPlan = (run: string, programmeId: string, { first, review }: SeasonDays) => ({
  ...{ name: `职工技术创新成果评选（演示 ${run}）`, year: Number(first.slice(0, 4)), about: '演示用的创新成果评选。' },
  ...{ programmeId, declareFrom: midnight(first), declareUntil: midnight(review), noticeWorkingDays: 2 },
  certificatePrefix: `C${run.slice(0, 9)}`,
  categories: [
    {
      ...{ name: '技术成果', kind: 'TECHNICAL', fields: [FIELD], honoursAtMost: 2, leastTotal: 60 },
      criteria: [criterion('创新性', 60), criterion('实用性', 40, '检测报告或应用证明')],
      judging: { judgesPerEntry: 2, judgesNeeded: 2, blind: true },
      grades: [grade(FIRST, HONOUR), grade(SECOND, HONOUR.replace(FIRST, SECOND))],
    },
  ],
});

/** What the authors of the first achievement have of it, in hundredths of a percent; the declarer comes first. */
export const SHARES = [5000, 3334, 1666] as const;
/** And as it is written at first, a tenth short. */
export const WRONG_SHARES = [5000, 2334, 1666] as const;
/** Its last digit, which is made of the others, is none that they make. */
export const WRONG_PATENT_NUMBER = 'ZL 2023 1 0123456.7';

/** Whom the declarer names as authors beside herself. */
export const colleaguesOf = (people: readonly RosterPerson[], shares: readonly number[]) =>
  people.map(({ name, staffNumber }, i) => ({ name, staffNumber, post: 'WORKER', share: shares[i]! }));

/** What makes a text of one run unlike that of any other: the numbers of the parts that were tried. */
function tried(run: string): string {
  const digits = ['a', 'b', 'c', 'd'].map((part) => sha256(run, part)).join('');
  return (digits.match(/.{6}/g) ?? []).join('、');
}

/** An achievement in the form of the members' `AchievementInput`, made by one alone. */
const achievement = (run: string, title: string, summary: string, text: string) => ({
  ...{ title: `${title}（演示 ${run}）`, kind: 'TECHNICAL', field: FIELD, summary },
  ...{ post: 'WORKER', share: 10_000, text: `${text}试用件编号：${tried(`${run} ${title}`)}。` },
});

const BRAKE = '餐车制动器快速检修法';

export const brake = (run: string) =>
  achievement(
    run,
    BRAKE,
    '制动器免拆检修，用时减半。',
    '用自制定位夹具免拆检修餐车制动器，单台用时由四十分钟降到二十分钟。',
  );

/** The same again with another title and a word changed here and there, as somebody else declares it. */
export const copied = (run: string) => {
  const { title, text, ...original } = brake(run);
  return {
    ...{ ...original, title: title.replace(BRAKE, '机上推车刹车修理新法') },
    text: text.replaceAll('餐车制动器', '推车刹车').replace('自制', '自行制作的'),
  };
};

export const oven = (run: string) =>
  achievement(
    run,
    '机上烤箱温控校准台',
    '烤箱离机校准，不占航前时间。',
    '在地面校准台上模拟机上供电，逐点校准烤箱温控，超差自动记录。',
  );

/** Who declares the second and the third achievement. */
export const [COPIER, RIVAL] = [MEMBERS[62]!, MEMBERS[63]!];

/** What two judges give, by achievement: for each criterion the score of each. */
export const scoresOf = (run: string): Record<string, { judged: Judged }> => ({
  [brake(run).title]: {
    judged: [
      [92, 90],
      [88, 94],
    ],
  },
  [oven(run).title]: {
    judged: [
      [85, 87],
      [80, 84],
    ],
  },
});

/** What the achievement has brought as it is claimed, and as the audit finds it, in fen. */
export const [CLAIMED_FEN, AUDITED_FEN] = [3_000_000, 2_468_000];

/**
 * The collective contract on innovation of a year, in the form of `recordInnovationContract`'s input: 5 % of the benefit,
 * three tenths of it in points.
 */
export const contractOf = (year: string, programmeId: string) => ({
  ...{ number: `创新专项 ${year}`, name: `${year} 年度职工创新专项集体合同（演示）`, covered: 120 },
  ...{ signedOn: `${year}-01-01`, validFrom: `${year}-01-01`, validUntil: `${year}-12-31` },
  ...{ fundFen: 100_000_000, reward: { share: 500 }, pointsPart: 3000, programmeId },
});

/** 5 % of what the audit found, of which money and points, at 10 fen each, and what each author has of both. */
export const REWARD = {
  ...{ rewardFen: 123_400, moneyFen: 86_380, points: 3702 },
  fenOfEach: [43_190, 28_799, 14_391],
  pointsOfEach: [1851, 1234, 617],
};
