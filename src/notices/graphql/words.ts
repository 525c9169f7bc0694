import { registerEnumType } from 'type-graphql';
import type { Decision } from '../decide-objection.ts';
import type { NoticeKind, NoticeState } from '../notice.entity.ts';
import type { ObjectionState } from '../objection.entity.ts';

/** The words of notices as GraphQL spells them; the values are those of the tables. */
export const NoticeKindWord = {
  LOTTERY: 'lottery',
  RANKING: 'ranking',
  HONOURS: 'honours',
  STUDIO: 'studio',
} as const satisfies Record<string, NoticeKind>;

registerEnumType(NoticeKindWord, {
  name: 'NoticeKind',
  description: 'What a notice is the result of.',
  valuesConfig: {
    LOTTERY: { description: '抽奖结果' },
    RANKING: { description: '竞赛名次' },
    HONOURS: { description: '成果表彰' },
    STUDIO: { description: '工作室命名' },
  },
});

export const NoticeStateWord = {
  OPEN: 'open',
  FINAL: 'final',
  SUPERSEDED: 'superseded',
  WITHDRAWN: 'withdrawn',
} as const satisfies Record<string, NoticeState>;

registerEnumType(NoticeStateWord, {
  name: 'NoticeState',
  description: 'Where a notice stands.',
  valuesConfig: {
    OPEN: { description: '公示中: provisional; whether objections are still taken is told by takesObjections.' },
    FINAL: { description: '公示结束: the result stands.' },
    SUPERSEDED: { description: '已更新: a new version took its place before it was final.' },
    WITHDRAWN: { description: '已撤回: the whole matter is void; withdrawnReason says why.' },
  },
});

export const ObjectionStateWord = {
  WAITING: 'waiting',
  UPHELD: 'upheld',
  REJECTED: 'rejected',
  WITHDRAWN: 'withdrawn',
  MOOT: 'moot',
} as const satisfies Record<string, ObjectionState>;

registerEnumType(ObjectionStateWord, {
  name: 'ObjectionState',
  description: 'What became of an objection.',
  valuesConfig: {
    WAITING: { description: '待处理: the notice cannot be final before it is decided.' },
    UPHELD: { description: '成立: a new version of the notice answers it.' },
    REJECTED: { description: '不成立: the notice stands.' },
    WITHDRAWN: { description: '已撤回: by the member who filed it.' },
    MOOT: { description: '已终止: the notice was withdrawn before it was decided.' },
  },
});

export const DecisionWord = { UPHELD: 'upheld', REJECTED: 'rejected' } as const satisfies Record<string, Decision>;

registerEnumType(DecisionWord, {
  name: 'ObjectionDecision',
  description: 'What an admin finds on an objection.',
  valuesConfig: {
    UPHELD: { description: '成立: the notice has to be changed; only a new version answers it.' },
    REJECTED: { description: '不成立: the notice stands.' },
  },
});
