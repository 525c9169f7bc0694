import type { Area, AttributeDeclaration, AttributeKind, EventType } from './event-type.ts';

const needed = (name: string, kind: Exclude<AttributeKind, 'choice'>): AttributeDeclaration => ({
  name,
  kind,
  required: true,
});
const neededChoice = (name: string, ...choices: string[]): AttributeDeclaration => ({
  name,
  kind: 'choice',
  required: true,
  choices,
});
const optional = (declaration: AttributeDeclaration): AttributeDeclaration => ({ ...declaration, required: false });

/** Types of an area; of each its code, its name and its attributes. */
const types = (area: Area, claimable: boolean, ...all: [string, string, ...AttributeDeclaration[]][]): EventType[] =>
  all.map(([code, name, ...attributes]) => ({ code, name, area, claimable, attributes, readyMade: true }));

/**
 * What every programme knows without declaring it. Their codes and attributes are settled: events and rules of running
 * programmes name them, and so do the parts of the program that record events of these types themselves.
 */
export const READY_MADE: readonly EventType[] = [
  ...types(
    'growth',
    true,
    [
      'certificate',
      '职业资格证书',
      neededChoice('等级', '初级', '中级', '高级', '技师', '高级技师'),
      needed('证书', 'text'),
    ],
    ['degree', '学历提升', neededChoice('学历层次', '大专', '本科', '硕士', '博士')],
  ),
  ...types(
    'dedication',
    false,
    ['honour', '荣誉表彰', optional(needed('荣誉', 'text'))],
    ['dedication', '岗位奉献', needed('事项', 'text')],
  ),
  ...types('culture', false, [
    'culture-sport',
    '文体活动',
    needed('项目', 'text'),
    optional(neededChoice('名次', '一等奖', '二等奖', '三等奖', '优秀奖', '参与')),
  ]),
  ...types('public_good', false, [
    'volunteering',
    '志愿服务',
    neededChoice('类别', '社区风险隐患', '卫生问题', '安全隐患', '文明劝导', '其他'),
    needed('时长小时', 'number'),
    optional(needed('地点', 'text')),
  ]),
  // Life changes that the member tells of.
  ...types(
    'life',
    true,
    ['milestone.marriage', '结婚'],
    ['milestone.childbirth', '生育', needed('子女', 'text')],
    ['milestone.new-home', '乔迁新居'],
  ),
  // Days that the program finds by itself.
  ...types(
    'life',
    false,
    ['milestone.birthday', '生日', needed('年份', 'number')],
    ['milestone.service', '工龄纪念', needed('服务年数', 'number')],
    ['milestone.membership', '入会纪念', needed('入会年数', 'number')],
    ['milestone.school-entry', '子女入学', needed('子女', 'text')],
  ),
  ...types(
    'contest',
    false,
    [
      'contest.award',
      '竞赛获奖',
      needed('竞赛', 'text'),
      optional(needed('赛项', 'text')),
      optional(needed('组别', 'text')),
      optional(needed('名次', 'number')),
      optional(needed('奖项', 'text')),
    ],
    [
      'innovation.achievement',
      '创新成果',
      needed('成果', 'text'),
      neededChoice('类别', '技术成果', '绝招绝技绝活', '先进操作法', '合理化建议', '专利', '改进'),
      optional(neededChoice('组别', '职工组', '专业组')),
      optional(needed('奖项', 'text')),
    ],
    ['innovation.studio', '创新工作室命名', needed('工作室', 'text')],
    ['innovation.reward', '创新奖励', needed('成果', 'text'), needed('积分', 'number')],
  ),
];
