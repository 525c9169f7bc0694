import type { Refusal } from '../../platform/result.ts';
import { MOST_MEMBER_STUDIOS } from './limits.ts';

const refusal = (code: string, zh: string, en: string, at = 'allianceId'): Refusal => ({
  code,
  message: { zh, en },
  at,
});

/** Also what an alliance outside the caller's branch answers. */
export const allianceUnknown = refusal(
  'ALLIANCE_UNKNOWN',
  '没有这个联盟，或它不在您的管理范围内，请重新选择。',
  'There is no such alliance in your branch. Choose one from the list.',
);

export const allianceEnded = refusal(
  'ALLIANCE_ENDED',
  '这个联盟已终止，不能再操作。',
  'This alliance has ended: nothing can be done with it any more.',
);

export const allianceNameTaken = refusal(
  'ALLIANCE_NAME_TAKEN',
  '本工会已有同名的联盟，请换一个名称。',
  'This union has an alliance of this name already. Choose another name.',
  'name',
);

export const memberStudiosCount = refusal(
  'MEMBER_STUDIOS_COUNT',
  `联盟须有 1 至 ${MOST_MEMBER_STUDIOS} 个成员工作室。`,
  `An alliance has 1 to ${MOST_MEMBER_STUDIOS} member studios besides the one that leads it.`,
  'memberStudioIds',
);

export const allianceWithItself = (at: string): Refusal =>
  refusal(
    'ALLIANCE_WITH_ITSELF',
    '这个工作室是联盟的牵头工作室，不能同时作为成员工作室。',
    'This studio leads the alliance and cannot be a member of it as well.',
    at,
  );

export const studioRepeated = (at: string): Refusal =>
  refusal(
    'STUDIO_REPEATED',
    '这个工作室已在联盟中，请勿重复填写。',
    'This studio is in the alliance already. Name it once.',
    at,
  );

export const studioNotInAlliance = refusal(
  'STUDIO_NOT_IN_ALLIANCE',
  '这个工作室不是该联盟的成员工作室，请刷新成员名单。',
  'This studio is no member of the alliance. Refresh the list of its members.',
  'studioId',
);
