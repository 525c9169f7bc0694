import { expect, test } from 'vitest';
import { troubleWithDeclaration } from '../../../src/rules/event-types/check-declaration.ts';
import { AREAS } from '../../../src/rules/event-types/event-type.ts';
import { READY_MADE } from '../../../src/rules/event-types/ready-made.ts';

test.each(READY_MADE.map((type) => [type.code, type] as const))(
  'the ready-made type %s could be declared',
  (_, type) => {
    expect(troubleWithDeclaration(type)).toBeUndefined();
  },
);

test('ready-made types have a code each, and there are some in every area but the last', () => {
  expect(new Set(READY_MADE.map((type) => type.code)).size).toBe(READY_MADE.length);
  expect(new Set(READY_MADE.map((type) => type.area))).toEqual(new Set(AREAS.filter((area) => area !== 'other')));
});

test('members claim certificates, degrees and life changes for themselves; the rest is recorded or found', () => {
  expect(READY_MADE.filter((type) => type.claimable).map((type) => type.code)).toEqual([
    'certificate',
    'degree',
    'milestone.marriage',
    'milestone.childbirth',
    'milestone.new-home',
  ]);
});

test('what running programmes name is still there', () => {
  const asked = (code: string) =>
    READY_MADE.find((type) => type.code === code)?.attributes.map(
      ({ name, kind, required, choices }) =>
        `${name} ${kind}${required ? '' : '?'}${choices ? `: ${choices.join(' ')}` : ''}`,
    );
  expect(asked('certificate')).toEqual(['等级 choice: 初级 中级 高级 技师 高级技师', '证书 text']);
  expect(asked('degree')).toEqual(['学历层次 choice: 大专 本科 硕士 博士']);
  expect(asked('honour')).toEqual(['荣誉 text?']);
  expect(asked('culture-sport')).toEqual(['项目 text', '名次 choice?: 一等奖 二等奖 三等奖 优秀奖 参与']);
  expect(asked('volunteering')).toEqual([
    '类别 choice: 社区风险隐患 卫生问题 安全隐患 文明劝导 其他',
    '时长小时 number',
    '地点 text?',
  ]);
  expect(asked('milestone.marriage')).toEqual([]);
  expect(asked('milestone.childbirth')).toEqual(['子女 text']);
  expect(asked('milestone.new-home')).toEqual([]);
  expect(asked('milestone.school-entry')).toEqual(['子女 text']);
  expect(asked('milestone.birthday')).toEqual(['年份 number']);
  expect(asked('milestone.service')).toEqual(['服务年数 number']);
  expect(asked('milestone.membership')).toEqual(['入会年数 number']);
});
