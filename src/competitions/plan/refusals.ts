import type { Refusal } from '../../platform/result.ts';
import type { Entrant } from './competition.entity.ts';
import { LONGEST_REASON } from './limits.ts';

const refusal = (code: string, zh: string, en: string, at?: string): Refusal => ({
  code,
  message: { zh, en },
  ...(at !== undefined && { at }),
});

/** Also what a competition outside the caller's branch answers. */
export const competitionUnknown = refusal(
  'COMPETITION_UNKNOWN',
  '没有这项竞赛，或它不在您的管理范围内，请重新选择。',
  'There is no such competition in your branch. Choose one from the list.',
  'competitionId',
);

export const competitionPublished = refusal(
  'COMPETITION_PUBLISHED',
  '竞赛方案已发布，不能再改；只可修改简介，或在首个赛段开始前延长报名和变更截止时间。',
  'The plan is published and fixed. Only its description can be changed, and deadlines made later before the first stage.',
  'competitionId',
);

export const competitionDraft = refusal(
  'COMPETITION_DRAFT',
  '竞赛方案还是草稿，请直接修改方案。',
  'The plan is a draft still: change the plan itself.',
  'competitionId',
);

export const competitionOver = refusal(
  'COMPETITION_OVER',
  '竞赛已结束或已取消，不能再操作。',
  'The competition is finished or cancelled: nothing can be done with it any more.',
  'competitionId',
);

export const competitionRunning = refusal(
  'COMPETITION_RUNNING',
  '竞赛已有赛段开赛，报名和变更截止时间不能再改。',
  'A stage has begun already, so that the deadlines cannot be changed any more.',
  'competitionId',
);

export const entryOver = refusal(
  'ENTRY_OVER',
  '报名截止时间已过，发布后无人能够报名。请改为将来的时间，或复制方案到新的年度。',
  'Nobody could enter any more: the entry has closed already. Give it a later end, or copy the plan to a new year.',
  'plan.entryUntil',
);

export const reasonNeeded = refusal(
  'REASON_NEEDED',
  `请写明理由（1 至 ${LONGEST_REASON} 个字，首尾不能有空格），职工会看到它。`,
  `Give the reason in 1 to ${LONGEST_REASON} characters, without spaces at either end; members will read it.`,
  'reason',
);

export const deadlineEarlier = (at: string): Refusal =>
  refusal(
    'DEADLINE_EARLIER',
    '发布后截止时间只能延后，不能提前。',
    'A deadline of a published competition can be made later only.',
    at,
  );

export const nothingToChange = refusal(
  'NOTHING_TO_CHANGE',
  '请填写要修改的简介或截止时间。',
  'Give what is to be changed: the description, or a deadline.',
);

export const yearOfCopy = refusal(
  'YEAR_OF_COPY',
  '复制的方案须用于较晚的年度，且不超过 10 年之后。',
  'A copy is for a later year, 10 years ahead at the most.',
  'year',
);

export const textLength = (at: string, most: number): Refusal =>
  refusal(
    'TEXT_LENGTH',
    `请填写 1 至 ${most} 个字，首尾不能有空格。`,
    `Write 1 to ${most} characters, without spaces at either end.`,
    at,
  );

/** Of a number of the plan: which one, and between what. */
export const numberOutOfRange = (at: string, least: number, most: number): Refusal =>
  refusal(
    'NUMBER_OUT_OF_RANGE',
    `此项须为 ${least} 至 ${most} 之间的整数。`,
    `This must be a whole number from ${least} to ${most}.`,
    at,
  );

export const tooMany = (at: string, most: number): Refusal =>
  refusal(
    'TOO_MANY',
    `此列表最多 ${most} 项，请精简。`,
    `This list has ${most} items at the most. Take some away.`,
    at,
  );

export const teamMismatched = refusal(
  'TEAM_MISMATCHED',
  '以团队参赛时须填写团队人数，其他参赛方式不填。',
  'Give the size of teams where teams enter, and leave it out otherwise.',
  'plan.team',
);

export const prefixMalformed = refusal(
  'PREFIX_MALFORMED',
  '证书编号前缀须为 2 至 10 个大写字母或数字，以字母开头，如 AH2026。',
  'The prefix of certificates has 2 to 10 capital letters or digits and begins with a letter, such as AH2026.',
  'plan.certificatePrefix',
);

export const prefixTaken = (at: string): Refusal =>
  refusal(
    'PREFIX_TAKEN',
    '另一项竞赛已用此证书编号前缀，请换一个。',
    'Another competition has this prefix for its certificates. Choose another one.',
    at,
  );

export const timesOutOfOrder = (at: string): Refusal =>
  refusal(
    'TIMES_OUT_OF_ORDER',
    '时间须依次为：报名开始、报名截止、变更截止；赛段的结束日期不早于开始日期。',
    'Entry begins, then ends, and changes end then or later; a stage ends on its first day or later.',
    at,
  );

/** A division or stage is named by a number that the plan does not have. */
export const numberUnknown = (at: string, most: number): Refusal =>
  most === 0
    ? refusal(
        'NUMBER_UNKNOWN',
        '方案中没有可引用的项，请先添加。',
        'The plan has nothing to name here. Add it first.',
        at,
      )
    : refusal('NUMBER_UNKNOWN', `请填写序号 1 至 ${most}。`, `Name one by its number, 1 to ${most}.`, at);

/** Also what a union outside the competition's own answers. */
export const unionOutside = (at: string): Refusal =>
  refusal(
    'UNION_UNKNOWN',
    '此处的工会组织不存在，或不在主办工会之下，请重新选择。',
    'There is no such union below that of the competition. Choose one from the list.',
    at,
  );

export const payerOutside = (at: string): Refusal =>
  refusal(
    'UNION_UNKNOWN',
    '出资工会须为主办工会、其上级或其下级工会，请重新选择。',
    'The union that pays must be that of the competition, one above it or one below it.',
    at,
  );

export const programmeOutside = refusal(
  'PROGRAMME_UNKNOWN',
  '没有这个积分方案，或它不覆盖主办工会的全部会员，请选择主办工会或其上级的积分方案。',
  'There is no such programme, or it does not cover the whole branch. Choose one of the competition’s union or of one above it.',
  'plan.programmeId',
);

/** A condition asks about something that is not known of those who enter. */
export function notAskable(entrant: Entrant, names: readonly string[]): Refusal {
  const list = names.join('、');
  return entrant === 'firm'
    ? refusal(
        'ELIGIBILITY_NOT_ASKABLE',
        `企业参赛的条件只能涉及${list}和所属分支。`,
        `What firms are asked can be about ${names.join(', ')} and their branch only.`,
      )
    : refusal(
        'ELIGIBILITY_NOT_ASKABLE',
        `参赛条件只能涉及${list}，以及年龄、性别、工龄、会龄、标签和所属分支。`,
        `What entrants are asked can be about ${names.join(', ')}, age, sex, length of service and of membership, tags and branch only.`,
      );
}

export const advanceMismatched = (at: string): Refusal =>
  refusal(
    'ADVANCE_MISMATCHED',
    '晋级规则填写不符：前 n 名填人数，各分支前 n 名填人数和分支类型，分数线填分数，全部晋级都不填。',
    'The rule does not fit its kind: TOP has n, TOP_PER_BRANCH n and unionKind, THRESHOLD score, ALL nothing.',
    at,
  );

export const tieBreakMismatched = (at: string): Refusal =>
  refusal(
    'TIE_BREAK_MISMATCHED',
    '同分排序按单项得分时须填评分标准的序号，其他方式不填。',
    'Give the number of a criterion with CRITERION, and none otherwise.',
    at,
  );
