import type { Refusal } from '../../platform/result.ts';
import { LARGEST_AWARD } from '../../rules/definition.ts';
import { LONGEST_REASON, MOST_REWARDS } from './limits.ts';

const refusal = (code: string, zh: string, en: string, at?: string): Refusal => ({
  code,
  message: { zh, en },
  ...(at !== undefined && { at }),
});

/** Also what a list outside the caller's branch answers. */
export const rewardListUnknown = refusal(
  'REWARD_LIST_UNKNOWN',
  '没有这份创新奖励发放表，或它不在您的管理范围内，请重新选择。',
  'There is no such list of rewards in your branch. Choose one from the list.',
  'listId',
);

export const rewardCount = refusal(
  'REWARD_COUNT',
  `一份发放表须有 1 至 ${MOST_REWARDS} 项成果，且不能重复。`,
  `A list has 1 to ${MOST_REWARDS} achievements, each once.`,
  'achievementIds',
);

/** What may be wrong with one of the achievements of a list; `index` is its place, from 0. */
const atIndex = (one: Refusal, index: number): Refusal => ({ ...one, at: `achievementIds.${index}` });

export const achievementNotHere = (index: number): Refusal =>
  atIndex(
    refusal(
      'ACHIEVEMENT_UNKNOWN',
      `第 ${index + 1} 项成果不存在，或不属于该工会，请重新选择。`,
      `Achievement ${index + 1} is none of the union’s branch. Choose it from the list.`,
    ),
    index,
  );

export const benefitNotAccepted = (index: number): Refusal =>
  atIndex(
    refusal(
      'BENEFIT_NOT_ACCEPTED',
      `第 ${index + 1} 项成果的效益尚未认定，不能奖励。`,
      `The benefit of achievement ${index + 1} was not accepted, so that it cannot be rewarded.`,
    ),
    index,
  );

export const rewardMade = (index: number): Refusal =>
  atIndex(
    refusal(
      'REWARD_MADE',
      `第 ${index + 1} 项成果已在发放表中，一项成果只奖励一次。`,
      `Achievement ${index + 1} is on a list already: an achievement is rewarded once.`,
    ),
    index,
  );

export const contractMissing = (index: number, day: string): Refusal =>
  atIndex(
    refusal(
      'CONTRACT_MISSING',
      `第 ${index + 1} 项成果的效益于 ${day} 认定，当日企业没有有效的创新专项集体合同。请先登记合同。`,
      `The benefit of achievement ${index + 1} was accepted on ${day}, when no contract on innovation covered the firm. Record the contract first.`,
    ),
    index,
  );

export const nothingToReward = (index: number): Refusal =>
  atIndex(
    refusal(
      'NOTHING_TO_REWARD',
      `按合同约定，第 ${index + 1} 项成果的效益没有达到奖励标准。`,
      `By its contract the benefit of achievement ${index + 1} is too small for a reward.`,
    ),
    index,
  );

export const pointsTooMany = (index: number): Refusal =>
  atIndex(
    refusal(
      'POINTS_TOO_MANY',
      `第 ${index + 1} 项成果有完成人应得积分超过 ${LARGEST_AWARD}，超出单次积分上限，请调整合同中积分所占部分。`,
      `An author of achievement ${index + 1} would get more than ${LARGEST_AWARD} points at once, which no rule pays. Have less of the contract’s rewards paid in points.`,
    ),
    index,
  );

export const rewardListSettled = refusal(
  'REWARD_LIST_SETTLED',
  '这份发放表已批准发放或已撤回，不能再操作。',
  'This list was released or withdrawn already.',
  'listId',
);

export const personNeeded = refusal(
  'PERSON_NEEDED',
  '发放奖励须由本人登录后批准，不能使用接口令牌。',
  'A person must release rewards: sign in yourself instead of using an API token.',
);

export const secondPersonNeeded = refusal(
  'SECOND_PERSON_NEEDED',
  '编制人不能批准自己编制的发放表，请由另一位管理员批准。',
  'Who made the list cannot release it. Ask another admin to look at it.',
);

export const ownReward = refusal(
  'OWN_REWARD',
  '这份发放表中有您本人的奖励，请由其他管理员批准。',
  'The list has a reward of your own. Ask another admin to release it.',
  'listId',
);

export const rewardsNotSum = refusal(
  'REWARDS_NOT_SUM',
  '发放表的明细与合计不符，不能批准。请撤回后重新编制。',
  'The lines of the list do not add up to its rewards, so that it cannot be released. Withdraw it and make it anew.',
  'listId',
);

export const pointsNotPayable = refusal(
  'POINTS_NOT_PAYABLE',
  '积分方案中没有生效的规则按“创新奖励”的积分数发放积分，或单次上限不够。请先请方案管理员发布规则。',
  'No rule in force in the programme pays what innovation.reward tells, one point for each, as far as this list goes. Have its admin publish one first.',
  'listId',
);

export const reasonNeeded = refusal(
  'REASON_NEEDED',
  `请写明理由（1 至 ${LONGEST_REASON} 个字，首尾不能有空格）。`,
  `Give the reason in 1 to ${LONGEST_REASON} characters, without spaces at either end.`,
  'reason',
);

export const rewardFileExpired = refusal(
  'ADDRESS_EXPIRED',
  '下载地址已过期，请回到发放表页面重新获取。',
  'This address has expired. Get a new one from the page of the list.',
);
