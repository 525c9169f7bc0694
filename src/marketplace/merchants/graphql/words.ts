import { registerEnumType } from 'type-graphql';
import type { ApplicationState } from '../application.entity.ts';

export const ApplicationStateWord = {
  WAITING: 'waiting',
  APPROVED: 'approved',
  DECLINED: 'declined',
} as const satisfies Record<string, ApplicationState>;

registerEnumType(ApplicationStateWord, {
  name: 'ApplicationState',
  description: 'How the application of a firm stands.',
  valuesConfig: {
    WAITING: { description: '待审核' },
    APPROVED: { description: '已通过: a contract can be signed.' },
    DECLINED: { description: '未通过: see `reason`. The firm may apply anew.' },
  },
});
