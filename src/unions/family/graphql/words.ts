import { registerEnumType } from 'type-graphql';
import type { ChildState } from '../member-child.entity.ts';

export const ChildStateWord = {
  DECLARED: 'declared',
  CONFIRMED: 'confirmed',
} as const satisfies Record<string, ChildState>;

registerEnumType(ChildStateWord, {
  name: 'ChildState',
  description: 'Whether a child that a member has declared is confirmed by the union.',
  valuesConfig: {
    DECLARED: { description: '待核实: the member says so; nothing is paid for it yet.' },
    CONFIRMED: { description: '已核实: an admin has seen proof; its milestones are paid.' },
  },
});
