/**
 * What earns points in the happiness account. The first seven are as reported, to the point; the volunteer categories are
 * those of a district union whose couriers report what they see on their way, with points of our own, as are those of
 * competitions, innovation and the days that the program finds by itself.
 */

/** A rule, what it says in the form of `RuleDefinitionInput`. */
export interface DemoRule {
  slug: string;
  name: string;
  eventType: string;
  definition: {
    award:
      | { fixed: number }
      | { tiered: { attribute: string; tiers: readonly { value: string; points: number }[] } }
      | { ranged: { attribute: string; ranges: readonly { from: number; to: number; points: number }[] } }
      | { perUnit: { attribute: string; points: number; most: number } };
    occurrence: { kind: 'EVENT' | 'EVER' } | { kind: 'VALUES'; attributes: readonly string[] };
    caps?: readonly { of: 'POINTS'; period: 'MONTH'; most: number }[];
    evidence?: boolean;
    approval?: 'BRANCH';
    noticeDays?: number;
  };
}

// What a member may claim for herself she proves, and her branch looks at it.
const PROVED = { evidence: true, approval: 'BRANCH' } as const;

const years = (from: number, points: number) => ({ from, to: from, points });

export const RULES: readonly DemoRule[] = [
  {
    slug: 'certificate',
    name: '职业资格证书',
    eventType: 'certificate',
    definition: {
      award: { tiered: { attribute: '等级', tiers: [{ value: '初级', points: 500 }] } },
      occurrence: { kind: 'VALUES', attributes: ['证书'] },
      ...PROVED,
    },
  },
  {
    slug: 'degree',
    name: '学历提升',
    eventType: 'degree',
    definition: {
      award: {
        tiered: {
          attribute: '学历层次',
          tiers: ['大专', '本科', '硕士', '博士'].map((value) => ({ value, points: 2000 })),
        },
      },
      occurrence: { kind: 'VALUES', attributes: ['学历层次'] },
      ...PROVED,
    },
  },
  {
    slug: 'honour',
    name: '分会荣誉',
    eventType: 'honour',
    definition: {
      award: { fixed: 1000 },
      occurrence: { kind: 'EVENT' },
    },
  },
  {
    slug: 'marriage',
    name: '结婚',
    eventType: 'milestone.marriage',
    definition: {
      award: { fixed: 200 },
      occurrence: { kind: 'EVER' },
      ...PROVED,
    },
  },
  {
    slug: 'childbirth',
    name: '生育',
    eventType: 'milestone.childbirth',
    definition: {
      award: { fixed: 200 },
      occurrence: { kind: 'VALUES', attributes: ['子女'] },
      ...PROVED,
    },
  },
  {
    slug: 'school-entry',
    name: '子女入学',
    eventType: 'milestone.school-entry',
    definition: {
      award: { fixed: 200 },
      occurrence: { kind: 'VALUES', attributes: ['子女'] },
    },
  },
  {
    slug: 'new-home',
    name: '乔迁',
    eventType: 'milestone.new-home',
    definition: {
      award: { fixed: 200 },
      occurrence: { kind: 'EVENT' },
      ...PROVED,
    },
  },
  {
    slug: 'volunteering',
    name: '志愿服务（随手报）',
    eventType: 'volunteering',
    definition: {
      award: {
        tiered: {
          attribute: '类别',
          tiers: [
            { value: '社区风险隐患', points: 20 },
            { value: '卫生问题', points: 15 },
            { value: '安全隐患', points: 20 },
            { value: '文明劝导', points: 10 },
            { value: '其他', points: 5 },
          ],
        },
      },
      occurrence: { kind: 'EVENT' },
      caps: [{ of: 'POINTS', period: 'MONTH', most: 60 }],
      noticeDays: 3,
    },
  },
  {
    slug: 'competition',
    name: '技能竞赛获奖',
    eventType: 'contest.award',
    definition: {
      award: {
        tiered: {
          attribute: '奖项',
          tiers: [
            { value: '一等奖', points: 500 },
            { value: '二等奖', points: 300 },
          ],
        },
      },
      occurrence: { kind: 'EVENT' },
    },
  },
  {
    slug: 'innovation',
    name: '创新成果获奖',
    eventType: 'innovation.achievement',
    definition: {
      award: {
        tiered: {
          attribute: '奖项',
          tiers: [
            { value: '一等奖', points: 600 },
            { value: '二等奖', points: 300 },
          ],
        },
      },
      occurrence: { kind: 'EVENT' },
    },
  },
  {
    slug: 'innovation-reward',
    name: '创新奖励积分',
    eventType: 'innovation.reward',
    definition: {
      award: { perUnit: { attribute: '积分', points: 1, most: 100_000 } },
      occurrence: { kind: 'EVENT' },
    },
  },
  {
    slug: 'birthday',
    name: '生日',
    eventType: 'milestone.birthday',
    definition: {
      award: { fixed: 50 },
      occurrence: { kind: 'VALUES', attributes: ['年份'] },
    },
  },
  {
    slug: 'service',
    name: '工龄纪念',
    eventType: 'milestone.service',
    definition: {
      award: {
        ranged: { attribute: '服务年数', ranges: [years(1, 50), years(5, 100), years(10, 200), years(20, 400)] },
      },
      occurrence: { kind: 'VALUES', attributes: ['服务年数'] },
    },
  },
];
