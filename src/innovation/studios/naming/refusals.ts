import type { BeijingDay } from '../../../platform/clock.ts';
import type { Refusal } from '../../../platform/result.ts';
import { MOST_LISTED } from './limits.ts';

const refusal = (code: string, zh: string, en: string, at = 'namingId'): Refusal => ({ code, message: { zh, en }, at });

/** Also what a naming outside the caller's branch answers. */
export const namingUnknown = refusal(
  'NAMING_UNKNOWN',
  '没有这项命名申请，或它不在您的管理范围内，请重新选择。',
  'There is no such application or name in your branch. Choose one from the list.',
);

// What the branch may meet that applies.

export const namingUnionUnknown = refusal(
  'UNION_UNKNOWN',
  '命名工会须是工作室所在工会或其上级工会，请重新选择。',
  'A studio is named by its own union or one above it. Choose one of those.',
  'namingUnionId',
);

export const levelNotOfUnion = (at: string): Refusal =>
  refusal(
    'LEVEL_NOT_OF_UNION',
    '该工会不能命名这一级别：企业级由企业工会或基层工会命名，市级由市总工会，省级由省总工会，国家级由最上级工会统一上报。',
    'This union gives no names of this level: a firm’s or grass-roots union gives those of the firm, a city’s and a province’s their own, and those of the nation are applied for by way of the topmost union.',
    at,
  );

export const namingPending = refusal(
  'NAMING_PENDING',
  '这个工作室已有一项同级别的命名申请正在办理，请等待结果，或先撤回。',
  'The studio has an application for this level that is not decided yet. Wait for it, or withdraw it first.',
  'level',
);

export const namingStands = (endsOn: BeijingDay, from: BeijingDay): Refusal =>
  refusal(
    'NAMING_STANDS',
    `这个工作室的该级命名有效至 ${endsOn}，${from} 起方可申请复评。`,
    `The studio bears a name of this level until ${endsOn}; its renewal can be applied for from ${from} on.`,
    'level',
  );

export const namingNotReturned = refusal(
  'NAMING_NOT_RETURNED',
  '这项申请不在退回补正状态，不能重新提交。',
  'This application was not returned, so there is nothing to complete.',
);

export const namingNotOpen = refusal(
  'NAMING_NOT_OPEN',
  '这项申请已办结或已列入公示，不能撤回。',
  'This application is decided, or on a list already, and cannot be withdrawn.',
);

// What the naming union may meet.

export const namingNotWaiting = (at: string): Refusal =>
  refusal(
    'NAMING_NOT_WAITING',
    '这项申请不在待审状态，请刷新后查看其进展。',
    'This application does not wait for a decision. Refresh to see how it stands.',
    at,
  );

export const ownStudio = (at: string): Refusal =>
  refusal(
    'OWN_STUDIO',
    '您本人是该工作室的成员，不能自己办理，请由其他管理员办理。',
    'You are in this studio yourself. Let another admin decide on it.',
    at,
  );

export const nameNotBorne = refusal(
  'NAME_NOT_BORNE',
  '这项命名当前不在有效期内，无需撤销。',
  'This name is not borne now, so there is nothing to withdraw.',
);

export const listLength = refusal(
  'LIST_LENGTH',
  `名单须有 1 至 ${MOST_LISTED} 个工作室，不能重复。`,
  `A list has 1 to ${MOST_LISTED} studios, each once.`,
  'namingIds',
);

export const programmeOutside = refusal(
  'PROGRAMME_UNKNOWN',
  '该积分方案不覆盖命名工会的全部会员，请选择本工会或上级工会的积分方案。',
  'This programme does not cover all members of the union. Choose one of the union itself or of one above it.',
  'programmeId',
);

/** Also what a round of another branch answers. */
export const roundUnknown = refusal(
  'ROUND_UNKNOWN',
  '没有这份命名名单，或它不在您的管理范围内，请重新选择。',
  'There is no such list in your branch. Choose one from the list.',
  'roundId',
);

export const roundSettled = refusal(
  'ROUND_SETTLED',
  '这份名单已生效或已撤回，不能再改。',
  'This list is final or withdrawn, and cannot be changed any more.',
  'roundId',
);

export const namingNotListed = (at: string): Refusal =>
  refusal(
    'NAMING_NOT_LISTED',
    '这个工作室不在名单中，请刷新后重新选择。',
    'This studio is not on the list. Refresh and choose again.',
    at,
  );

export const objectionUnanswered = (studio: string): Refusal =>
  refusal(
    'OBJECTION_UNANSWERED',
    `对“${studio}”的异议已成立，须将其从名单中移除，才能公示新的一版。`,
    `An objection to "${studio}" was upheld. Strike it from the list before publishing the next version.`,
    'struckIds',
  );

export const nothingListed = refusal(
  'NOTHING_LISTED',
  '移除后名单为空，请改为撤回整份名单。',
  'Nothing would be left on the list. Withdraw the whole list instead.',
  'struckIds',
);
