import type { Refusal } from '../../platform/result.ts';

const refusal = (code: string, zh: string, en: string, at = 'seasonId'): Refusal => ({ code, message: { zh, en }, at });

export const notReviewing = refusal(
  'SEASON_NOT_REVIEWING',
  '本届评选不在评审或公示中，没有可拟定的表彰名单。',
  'The season is neither under review nor in notice, so there is no list of honours to make.',
);

/** `names` are those of the categories without a ranking. */
export const categoriesNotRanked = (names: readonly string[]): Refusal =>
  refusal(
    'CATEGORIES_NOT_RANKED',
    `以下类别还没有名次：${names.join('、')}。请先结束其评分。`,
    `These categories have no ranking yet: ${names.join(', ')}. End their scoring first.`,
  );

/** `names` are those of the categories whose scores have changed. */
export const rankingOutdated = (names: readonly string[]): Refusal =>
  refusal(
    'RANKING_OUTDATED',
    `以下类别排名之后有评分被作废或成绩被重新导入：${names.join('、')}。请重新排名，或重新开放评分后再排名。`,
    `Since these categories were ranked a sheet was declared void or results were imported: ${names.join(', ')}. Rank them again, or have them scored again first.`,
  );

export const honoursNotListed = refusal(
  'HONOURS_NOT_LISTED',
  '还没有可公示的表彰名单，或名次在拟定之后已有变化。请先（重新）拟定名单。',
  'There is no list of honours to publish, or a ranking has changed since it was made. Make the list first, or anew.',
);

export const honoursPublished = refusal(
  'HONOURS_PUBLISHED',
  '这一版表彰名单已在公示中，无需重复公示。',
  'This version of the list is in public view already.',
);

export const objectionUnanswered = (count: number): Refusal =>
  refusal(
    'OBJECTION_UNANSWERED',
    `这一版名单拟定之后又有 ${count} 条异议成立，公示它不能答复这些异议。请先处理并重新拟定名单。`,
    `${count} objections were upheld after this version was made, so it cannot answer them. Deal with them and make the list anew.`,
  );
