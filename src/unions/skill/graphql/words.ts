import { registerEnumType } from 'type-graphql';
import type { SkillLevel } from '../member-skill.entity.ts';

/** The words of the floor as GraphQL spells them; the values are those of the tables. */
export const SkillLevelWord = {
  JUNIOR: 1,
  INTERMEDIATE: 2,
  SENIOR: 3,
  TECHNICIAN: 4,
  SENIOR_TECHNICIAN: 5,
} as const satisfies Record<string, SkillLevel>;

registerEnumType(SkillLevelWord, {
  name: 'SkillLevel',
  description: 'A level of skill in a trade. Conditions compare it as a number, 1 to 5 in this order.',
  valuesConfig: {
    JUNIOR: { description: '初级工, 五级' },
    INTERMEDIATE: { description: '中级工, 四级' },
    SENIOR: { description: '高级工, 三级' },
    TECHNICIAN: { description: '技师, 二级' },
    SENIOR_TECHNICIAN: { description: '高级技师, 一级' },
  },
});
