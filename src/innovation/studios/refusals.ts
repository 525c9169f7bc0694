import type { Refusal } from '../../platform/result.ts';
import { LEAST_SKILL, LONGEST_REASON, MOST_MEMBERS, MOST_TAGS } from './limits.ts';

const refusal = (code: string, zh: string, en: string, at = 'studioId'): Refusal => ({ code, message: { zh, en }, at });

/** Also what a studio outside the caller's branch answers. */
export const studioUnknown = refusal(
  'STUDIO_UNKNOWN',
  '没有这个工作室，或它不在您的管理范围内，请重新选择。',
  'There is no such studio in your branch. Choose one from the list.',
);

export const studioDissolved = refusal(
  'STUDIO_DISSOLVED',
  '这个工作室已撤销，不能再操作。',
  'This studio is dissolved: nothing can be done with it any more.',
);

export const studioNameTaken = refusal(
  'STUDIO_NAME_TAKEN',
  '本工会已有同名的工作室，请换一个名称。',
  'This union has a studio of this name already. Choose another name.',
  'studio.name',
);

export const textLength = (at: string, most: number): Refusal =>
  refusal(
    'TEXT_LENGTH',
    `此处须填写 1 至 ${most} 个字，首尾不能有空格。`,
    `This takes 1 to ${most} characters, without spaces at either end.`,
    at,
  );

export const numberOutOfRange = (at: string, least: number, most: number): Refusal =>
  refusal(
    'NUMBER_OUT_OF_RANGE',
    `此处须为 ${least} 至 ${most} 之间的整数。`,
    `This must be a whole number from ${least} to ${most}.`,
    at,
  );

export const tagsTooMany = refusal(
  'TAGS_TOO_MANY',
  `一个工作室最多 ${MOST_TAGS} 个标签，请减少几个。`,
  `A studio has at most ${MOST_TAGS} tags. Leave some out.`,
  'studio.tags',
);

export const reasonNeeded = refusal(
  'REASON_NEEDED',
  `请写明理由（1 至 ${LONGEST_REASON} 个字，首尾不能有空格）。`,
  `Give the reason in 1 to ${LONGEST_REASON} characters, without spaces at either end.`,
  'reason',
);

// Who is in a studio.

/** Also what a member outside the branch of the studio's union answers. */
export const newcomerUnknown = (at: string): Refusal =>
  refusal(
    'MEMBER_UNKNOWN',
    '没有这名会员，或其不在工作室所在工会的会员名册上，请重新选择。',
    'There is no such member on the roll of the studio’s union and those below it. Choose another one.',
    at,
  );

export const newcomerNotActive = (at: string): Refusal =>
  refusal(
    'MEMBER_NOT_ACTIVE',
    '该会员已被冻结或已离会，不能进入工作室。',
    'This member is frozen or has left the union, and cannot be in a studio.',
    at,
  );

export const alreadyInStudio = (at: string): Refusal =>
  refusal(
    'ALREADY_IN_STUDIO',
    '该会员已在本工作室或另一个工作室；一名会员同时只能在一个工作室，请先办理退出。',
    'This member is in this or another studio already, and can be in one at a time. Have her leave that first.',
    at,
  );

export const notInStudio = refusal(
  'NOT_IN_STUDIO',
  '该会员不在这个工作室，请刷新成员名单。',
  'This member is not in the studio. Refresh the list of its members.',
  'memberId',
);

export const membersTooMany = refusal(
  'MEMBERS_TOO_MANY',
  `工作室最多 ${MOST_MEMBERS} 人，不能再增加成员。`,
  `A studio has at most ${MOST_MEMBERS} people, so nobody can be added.`,
  'memberId',
);

export const isLeader = refusal(
  'IS_LEADER',
  '该会员是工作室领衔人，请先更换领衔人。',
  'This member leads the studio. Change its leader first.',
  'memberId',
);

export const leaderUnchanged = refusal(
  'LEADER_UNCHANGED',
  '该会员已是这个工作室的领衔人。',
  'This member leads the studio already.',
  'leader.memberId',
);

export const leaderUnskilled = refusal(
  'LEADER_UNSKILLED',
  '该会员没有高级工（三级）及以上技能等级的记录，不能以高技能人才身份领衔。请先登记技能等级，或改选其他身份。',
  `A skilled worker who leads a studio needs a level of skill of ${LEAST_SKILL} or higher on record. Record it first, or choose another standing.`,
  'leader.kind',
);

export const leaderEvidenceNeeded = refusal(
  'EVIDENCE_NEEDED',
  '劳动模范或工匠领衔须附荣誉证书等证明材料，请上传后重新提交。',
  'A model worker or craftsman who leads a studio needs a file that proves it. Upload one and submit again.',
  'leader.evidenceIds',
);

// Dissolving.

export const studioLeadsAlliance = (alliance: string): Refusal =>
  refusal(
    'STUDIO_LEADS_ALLIANCE',
    `这个工作室是联盟“${alliance}”的牵头工作室，请先终止该联盟。`,
    `This studio leads the alliance "${alliance}". End that first.`,
  );
