/**
 * The "happiness account" (幸福账户) of an airline's branch union, as data: the organisation, the programme and
 * what some members did. Its rules, merchants, offers and roster have files of their own. Points, products and their
 * number are the reported ones; all names are invented. A slug names a thing in the idempotency keys of the loader, so it
 * never changes.
 */

/** Who signs in at the admin door; the password is DEMO_ADMIN_PASSWORD, here and for all merchant staff. */
export const ADMIN = { login: 'demo-admin', name: '演示管理员' };

/** The second admin, of the branch alone, who is also a member of it. */
export const APPROVER = { login: 'demo-approver', name: '演示审核员', role: 'programme-admin', staffNumber: 'D0005' };

export const FEDERATION = '演示市总工会';

export interface DemoUnion {
  slug: string;
  name: string;
  kind: 'ENTERPRISE' | 'GRASS_ROOTS';
  /** The slug of the union above; none for a child of the federation. */
  parent?: string;
}

/** The unions below the federation, each after the one above it. */
export const UNIONS: readonly DemoUnion[] = [
  { slug: 'airline', name: '云程航空（演示）公司工会', kind: 'ENTERPRISE' },
  { slug: 'branch', name: '云程航空（演示）北京分公司工会', kind: 'ENTERPRISE', parent: 'airline' },
  { slug: 'flight', name: '飞行部工会', kind: 'GRASS_ROOTS', parent: 'branch' },
  { slug: 'cabin', name: '客舱部工会', kind: 'GRASS_ROOTS', parent: 'branch' },
  { slug: 'maintenance', name: '机务部工会', kind: 'GRASS_ROOTS', parent: 'branch' },
  { slug: 'ground', name: '地面服务部工会', kind: 'GRASS_ROOTS', parent: 'branch' },
  { slug: 'operations', name: '运行控制中心工会', kind: 'GRASS_ROOTS', parent: 'branch' },
  { slug: 'office', name: '机关工会', kind: 'GRASS_ROOTS', parent: 'branch' },
];

export const GRASS_ROOTS = UNIONS.filter((union) => union.kind === 'GRASS_ROOTS');

/** The union whose programme it is and whose roster HR uploads. */
export const BRANCH = 'branch';

export const PROGRAMME = { name: '幸福账户', pointPriceFen: 10, pointsLiveDays: 730, undoMinutes: 10 };

/** What the programme may issue in all: a million yuan at its price of a point. */
export const BUDGET = 10_000_000;

/** An event in the form of `recordEvents`' input. */
export interface DemoEvent {
  staffNumber: string;
  type: string;
  attributes: readonly ({ name: string; text: string } | { name: string; number: number })[];
  occurredOn: string;
  reference: string;
}

/** What some members have done already, so that there are accounts to look at: D0001 has 3,700 points to spend. */
export const EVENTS: readonly DemoEvent[] = [
  {
    staffNumber: 'D0001',
    type: 'certificate',
    attributes: [
      { name: '等级', text: '初级' },
      { name: '证书', text: '民航客舱服务' },
    ],
    occurredOn: '2025-03-12',
    reference: '演示-证书-0001',
  },
  {
    staffNumber: 'D0001',
    type: 'degree',
    attributes: [{ name: '学历层次', text: '本科' }],
    occurredOn: '2025-06-30',
    reference: '演示-学历-0001',
  },
  {
    staffNumber: 'D0001',
    type: 'honour',
    attributes: [{ name: '荣誉', text: '年度服务之星' }],
    occurredOn: '2025-12-20',
    reference: '演示-荣誉-0001',
  },
  {
    staffNumber: 'D0001',
    type: 'milestone.marriage',
    attributes: [],
    occurredOn: '2025-10-02',
    reference: '演示-结婚-0001',
  },
  {
    staffNumber: 'D0002',
    type: 'milestone.childbirth',
    attributes: [{ name: '子女', text: '一孩' }],
    occurredOn: '2025-05-18',
    reference: '演示-生育-0001',
  },
  {
    staffNumber: 'D0003',
    type: 'milestone.school-entry',
    attributes: [{ name: '子女', text: '一孩' }],
    occurredOn: '2025-09-01',
    reference: '演示-入学-0001',
  },
  {
    staffNumber: 'D0004',
    type: 'milestone.new-home',
    attributes: [],
    occurredOn: '2025-08-08',
    reference: '演示-乔迁-0001',
  },
];
