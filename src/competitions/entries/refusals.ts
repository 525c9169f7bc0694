import type { Message, Refusal } from '../../platform/result.ts';
import type { Entrant } from '../plan/competition.entity.ts';
import { LARGEST_QUOTA, LONGEST_TEAM_NAME } from './limits.ts';

const refusal = (code: string, zh: string, en: string, at?: string): Refusal => ({
  code,
  message: { zh, en },
  ...(at !== undefined && { at }),
});

const BEIJING = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});

export const entryNotOpen = (from: Date): Refusal =>
  refusal(
    'ENTRY_NOT_OPEN',
    `报名将于 ${BEIJING.format(from)}（北京时间）开始，请届时再来。`,
    `Entry opens at ${BEIJING.format(from)} Beijing time. Come back then.`,
    'competitionId',
  );

export const entryClosed = (until: Date): Refusal =>
  refusal(
    'ENTRY_CLOSED',
    `报名已截止（截止时间 ${BEIJING.format(until)}，北京时间），不能再报名。`,
    `Entry has closed; it ended at ${BEIJING.format(until)} Beijing time at the latest.`,
    'competitionId',
  );

export const changesClosed = (until: Date): Refusal =>
  refusal(
    'CHANGES_CLOSED',
    `退赛和换人已于 ${BEIJING.format(until)}（北京时间）截止，不能再变更。`,
    `Entries could be withdrawn and members substituted until ${BEIJING.format(until)} Beijing time, and no more.`,
    'entryId',
  );

const ENTRANTS: Record<Entrant, Message> = {
  firm: { zh: '企业，由企业工会报名', en: 'firms, which their unions enter' },
  team: { zh: '团队，由队长报名', en: 'teams, which their captains enter' },
  individual: { zh: '个人，由本人报名', en: 'members, each for herself' },
};

export const entrantOther = (entrant: Entrant): Refusal =>
  refusal(
    'ENTRANT_OTHER',
    `这项竞赛的参赛者是${ENTRANTS[entrant].zh}。`,
    `This competition is entered by ${ENTRANTS[entrant].en}.`,
    'competitionId',
  );

export const divisionUnknown = (names: readonly string[]): Refusal =>
  names.length === 0
    ? refusal(
        'DIVISION_UNKNOWN',
        '这项竞赛不分组别，请不要选择组别。',
        'This competition has no divisions. Name none.',
        'divisionId',
      )
    : refusal(
        'DIVISION_UNKNOWN',
        `请选择参赛组别：${names.join('、')}。`,
        `Choose a division: ${names.join(', ')}.`,
        'divisionId',
      );

/** No first stage of the division is of a union above theirs. */
export const noStageHere = refusal(
  'NO_STAGE_HERE',
  '这项竞赛（或该组别）没有为您所在的工会安排赛段，请联系主办工会。',
  'The competition, or this division, has no stage for your union. Ask the union that runs it.',
  'competitionId',
);

export const notEligible = ({ zh, en }: Message, at?: string): Refusal => refusal('NOT_ELIGIBLE', zh, en, at);

export const memberNotActive = (at?: string): Refusal =>
  refusal(
    'MEMBER_NOT_ACTIVE',
    '会籍已冻结或已离会，不能参赛，请联系所在工会。',
    'The membership is frozen or was left, so that this member cannot enter. Ask the union.',
    at,
  );

/** Whoever it is must be told apart from nobody else: an id of no member, or one of another branch. */
export const memberUnknown = (at?: string): Refusal =>
  refusal('MEMBER_UNKNOWN', '没有这名会员，请核对。', 'There is no such member. Check it.', at);

export const colleagueUnknown = (at: string): Refusal =>
  refusal(
    'COLLEAGUE_UNKNOWN',
    '本单位没有这个姓名和工号的职工，请核对；同一工号有多人时，请由单位工会报名。',
    'Nobody of your firm has this name and staff number. Check both; where several have them, let your union enter you.',
    at,
  );

export const alreadyEntered = (at?: string): Refusal =>
  refusal(
    'ALREADY_ENTERED',
    '已报名参加这项竞赛，同一人只能报名一次、只能在一支队伍中。',
    'This member has entered the competition already: everybody takes part once, and in one team.',
    at,
  );

export const firmEntered = refusal(
  'ALREADY_ENTERED',
  '该企业已报名参加这项竞赛。',
  'This firm has entered the competition already.',
  'unionId',
);

export const firmNotDescribed = refusal(
  'FIRM_NOT_DESCRIBED',
  '该工会还没有登记企业信息，请先登记企业类型、性质、行业和职工人数，再报名。',
  'Nothing is known of the firm of this union. Describe the firm first, then enter it.',
  'unionId',
);

export const firmNotEntered = refusal(
  'FIRM_NOT_ENTERED',
  '其所在企业还没有报名这项竞赛，请先为企业报名。',
  'The firm of this member has not entered the competition. Enter the firm first.',
);

export const memberOfOtherFirm = (at?: string): Refusal =>
  refusal(
    'MEMBER_OF_OTHER_FIRM',
    '不是本参赛单位的职工，同一支队伍的人须来自同一单位。',
    'This member does not work in the firm of the entry. A team is of one firm.',
    at,
  );

export const memberRepeated = (at: string): Refusal =>
  refusal(
    'MEMBER_REPEATED',
    '同一人在名单中出现了两次，请删去一处。',
    'The same person is named twice. Take one of them away.',
    at,
  );

export const teamNameMalformed = refusal(
  'TEAM_NAME_MALFORMED',
  `队名须为 1 至 ${LONGEST_TEAM_NAME} 个字，不换行，首尾不能有空格。`,
  `A team's name has 1 to ${LONGEST_TEAM_NAME} characters on one line and no space at either end.`,
  'name',
);

export const captainsNotOne = (count: number): Refusal =>
  refusal(
    'CAPTAINS_NOT_ONE',
    `每支队伍须有且只有一名队长，这里有 ${count} 名。`,
    `A team has one captain; here are ${count}.`,
    'members',
  );

export const teamUnderStrength = (count: number, min: number): Refusal =>
  refusal(
    'TEAM_UNDER_STRENGTH',
    `队伍人数不足：须有 ${min} 人（含队长，不含替补），现有 ${count} 人。`,
    `The team is under strength: it wants ${min} members, the captain among them and substitutes not; here are ${count}.`,
    'members',
  );

export const teamTooLarge = (count: number, max: number): Refusal =>
  refusal(
    'TEAM_TOO_LARGE',
    `队伍人数超额：最多 ${max} 人（含队长，不含替补），现有 ${count} 人。`,
    `The team is too large: it may have ${max} members, the captain among them and substitutes not; here are ${count}.`,
    'members',
  );

export const substitutesTooMany = (count: number, most: number): Refusal =>
  refusal(
    'SUBSTITUTES_TOO_MANY',
    `替补超额：最多 ${most} 人，现有 ${count} 人。`,
    `There are too many substitutes: ${most} at the most, and here are ${count}.`,
    'members',
  );

export const quotaFull = (unionName: string, most: number): Refusal =>
  refusal(
    'QUOTA_FULL',
    `“${unionName}”的参赛名额（${most} 个）已满，请联系该工会。`,
    `The quota of ${unionName}, ${most} entries, is full. Ask that union.`,
    'competitionId',
  );

export const quotaOutOfRange = refusal(
  'QUOTA_OUT_OF_RANGE',
  `名额须为 0 至 ${LARGEST_QUOTA} 之间的整数。`,
  `A quota is a whole number from 0 to ${LARGEST_QUOTA}.`,
  'atMost',
);

export const quotaBelowEntered = (entered: number): Refusal =>
  refusal(
    'QUOTA_BELOW_ENTERED',
    `该工会已有 ${entered} 个报名，名额不能少于已报名数。`,
    `${entered} entries stand already; a quota cannot be smaller than that.`,
    'atMost',
  );

export const quotaUnionOutside = refusal(
  'UNION_UNKNOWN',
  '此处的工会组织不存在，或不在主办工会之下，请重新选择。',
  'There is no such union below that of the competition. Choose one from the list.',
  'unionId',
);

/** Also what an entry outside the caller's branch, or that the caller is not the captain of, answers. */
export const entryUnknown = refusal(
  'ENTRY_UNKNOWN',
  '没有这个报名，或它不归您管理，请重新选择。',
  'There is no such entry of yours. Choose one from the list.',
  'entryId',
);

export const entryWithdrawn = refusal(
  'ENTRY_WITHDRAWN',
  '这个报名已退赛，不能再变更。',
  'This entry was withdrawn and cannot be changed any more.',
  'entryId',
);

export const evidenceClosed = refusal(
  'EVIDENCE_CLOSED',
  '评委已开始为这个参赛项评分，材料不能再变更；晋级后可为下一赛段补充材料。',
  'The judges have begun to score this entry, so its evidence stays as it is. Add to it for the next stage once it goes on.',
  'entryId',
);

export const entryOfNoTeam = refusal(
  'ENTRY_OF_NO_TEAM',
  '只有团队报名可以换人；个人不能参赛的请退赛。',
  'Only the members of a team can be substituted. Who enters alone and cannot take part withdraws.',
  'entryId',
);

export const notInEntry = refusal(
  'NOT_IN_ENTRY',
  '此人不在队伍中，或已被换下，请刷新后重试。',
  'This person is not in the team any more. Load it again.',
  'outId',
);
