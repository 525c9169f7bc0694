import { registerEnumType } from 'type-graphql';
import type { NamingLevel, NamingState } from '../naming/naming.entity.ts';
import type { RoundState } from '../naming/round.entity.ts';
import type { LeaderKind, StudioState } from '../studio.entity.ts';

/** The words of studios as GraphQL spells them; the values are those of the tables. */
export const LeaderKindWord = {
  MODEL_WORKER: 'model_worker',
  CRAFTSMAN: 'craftsman',
  SKILLED_WORKER: 'skilled_worker',
} as const satisfies Record<string, LeaderKind>;

registerEnumType(LeaderKindWord, {
  name: 'StudioLeaderKind',
  description: 'The standing of who leads a studio.',
  valuesConfig: {
    MODEL_WORKER: { description: '劳动模范: proved by a file.' },
    CRAFTSMAN: { description: '工匠: proved by a file.' },
    SKILLED_WORKER: { description: '高技能人才: has a level of skill of 高级工 or higher on record.' },
  },
});

export const StudioStateWord = {
  ACTIVE: 'active',
  DISSOLVED: 'dissolved',
} as const satisfies Record<string, StudioState>;

registerEnumType(StudioStateWord, {
  name: 'StudioState',
  description: 'Whether a studio goes on.',
  valuesConfig: {
    ACTIVE: { description: '运行中' },
    DISSOLVED: { description: '已撤销: for good; what it was stays visible.' },
  },
});

export const NamingLevelWord = {
  FIRM: 'firm',
  CITY: 'city',
  PROVINCE: 'province',
  NATION: 'nation',
} as const satisfies Record<string, NamingLevel>;

registerEnumType(NamingLevelWord, {
  name: 'NamingLevel',
  description: 'At which level a studio is named.',
  valuesConfig: {
    FIRM: { description: '企业级: by the union of an enterprise, or a grass-roots union.' },
    CITY: { description: '市级: by the union of a city.' },
    PROVINCE: { description: '省级: by the union of a province.' },
    NATION: { description: '国家级: applied for by way of the topmost union of the tree.' },
  },
});

export const NamingStateWord = {
  APPLIED: 'applied',
  RETURNED: 'returned',
  DECLINED: 'declined',
  LISTED: 'listed',
  NAMED: 'named',
  EXPIRED: 'expired',
  WITHDRAWN: 'withdrawn',
} as const satisfies Record<string, NamingState>;

registerEnumType(NamingStateWord, {
  name: 'NamingState',
  description: 'How an application for a name, or the name itself, stands.',
  valuesConfig: {
    APPLIED: { description: '待审: the union that gives the name is to decide.' },
    RETURNED: { description: '退回补正: the reason says what is missing.' },
    DECLINED: { description: '不予命名: declined, or struck from the list.' },
    LISTED: { description: '公示中: accepted onto a list that is in public view.' },
    NAMED: { description: '已命名: the studio bears the name.' },
    EXPIRED: { description: '已到期: the term is over, or a renewal has begun.' },
    WITHDRAWN: { description: '已撤回或撤销: the application, or the name.' },
  },
});

export const RoundStateWord = {
  IN_NOTICE: 'in_notice',
  FINAL: 'final',
  WITHDRAWN: 'withdrawn',
} as const satisfies Record<string, RoundState>;

registerEnumType(RoundStateWord, {
  name: 'NamingRoundState',
  description: 'How a round of naming stands.',
  valuesConfig: {
    IN_NOTICE: { description: '公示中: provisional.' },
    FINAL: { description: '已生效: the studios on its list are named.' },
    WITHDRAWN: { description: '已撤回: void; its applications wait for a decision again.' },
  },
});
