import type { Refusal } from '../../platform/result.ts';
import { LONGEST_REASON } from '../plan/limits.ts';

const refusal = (code: string, zh: string, en: string, at = 'stageId'): Refusal => ({ code, message: { zh, en }, at });

/** Also what a stage outside the caller's branch answers. */
export const stageUnknown = refusal(
  'STAGE_UNKNOWN',
  '没有这个赛段，或它不在您的管理范围内，请重新选择。',
  'There is no such stage in your branch. Choose one from the list.',
);

export const competitionNotPublished = refusal(
  'COMPETITION_DRAFT',
  '竞赛方案尚未发布，不能开赛。请先发布方案。',
  'The plan is not published yet, so no stage of it can begin. Publish it first.',
);

export const stageBegun = refusal('STAGE_BEGUN', '这个赛段已经开赛，不能重复开赛。', 'This stage has begun already.');

/** A job is at something that concerns all its candidates. */
export const stageBusy = refusal(
  'STAGE_BUSY',
  '后台正在处理这个赛段（录入参赛者、分配评委或排名），请等它完成后再操作，进度见赛段页面。',
  'This stage is being dealt with in the background: candidates are added, assigned or ranked. Wait until that is done; the stage shows how far it is.',
);

export const stageTooEarly = (startsOn: string): Refusal =>
  refusal(
    'STAGE_TOO_EARLY',
    `这个赛段 ${startsOn} 才开始，请届时再开赛。`,
    `This stage begins on ${startsOn}. Open it then.`,
  );

export const changesStillOpen = (until: string): Refusal =>
  refusal(
    'CHANGES_STILL_OPEN',
    `报名变更要到 ${until} 才截止，在此之前参赛名单还会变化，不能开赛。`,
    `Entries can still be changed until ${until}, so who takes part is not settled. Open the stage after that.`,
  );

/** A heat that feeds into the stage is not final yet, by its name. */
export const heatNotFinal = (name: string): Refusal =>
  refusal(
    'ADVANCE_TOO_EARLY',
    `赛段“${name}”的名次还没有生效，晋级名单未定，不能开赛。请先完成该赛段的公示。`,
    `The ranking of "${name}" is not final, so nobody has advanced from it. Finish its notice first.`,
  );

export const advanceTooEarly = refusal(
  'ADVANCE_TOO_EARLY',
  '这个赛段的名次还没有生效，不能确定晋级。请等公示结束。',
  'The ranking of this stage is not final, so nobody advances yet. Wait until its notice is over.',
);

export const entriesMissing = refusal(
  'ENTRIES_MISSING',
  '没有参赛者报名或晋级到这个赛段，不能开赛。',
  'Nobody has entered for this stage or advanced to it, so it cannot begin.',
);

export const stageHasEntries = refusal(
  'STAGE_HAS_ENTRIES',
  '这个赛段有人报名或晋级，或竞赛尚未开赛，不能作空缺处理。',
  'Somebody has entered for this stage or advanced to it, or no stage has begun yet, so it cannot be left vacant.',
);

export const importUnderWay = refusal(
  'IMPORT_UNDER_WAY',
  '批量报名仍在写入，请等它完成后再开赛。',
  'Entries are still being imported. Open the stage when that is done.',
);

export const stageNotOpen = refusal(
  'STAGE_NOT_OPEN',
  '这个赛段不在待评分状态，请刷新后查看其进展。',
  'This stage does not wait for its scoring to begin. Refresh to see how far it is.',
);

export const stageNotScoring = refusal(
  'STAGE_NOT_SCORING',
  '这个赛段不在评分中，请刷新后查看其进展。',
  'This stage is not being scored. Refresh to see how far it is.',
);

export const stageNotRanked = refusal(
  'STAGE_NOT_RANKED',
  '这个赛段没有可公示或可更正的名次：须先结束评分，且名次尚未生效。',
  'This stage has no ranking that can be published or corrected: its scoring must be over and its ranking not final.',
);

export const rankingPublished = refusal(
  'RANKING_PUBLISHED',
  '这一版名次已在公示中，无需重复公示。',
  'This version of the ranking is in public view already.',
);

export const rankingOutdated = refusal(
  'RANKING_OUTDATED',
  '这一版名次产生之后有评分被作废或成绩被重新导入，不能公示。请重新排名，或重新开放评分后再排名。',
  'Since this version was made a sheet was declared void or results were imported, so it cannot be published. Rank again, or have it scored again first.',
);

export const objectionUnanswered = (count: number): Refusal =>
  refusal(
    'OBJECTION_UNANSWERED',
    `这一版名次产生之后又有 ${count} 条异议成立，公示它不能答复这些异议。请先处理并重新排名。`,
    `${count} objections were upheld after this version was made, so it cannot answer them. Deal with them and rank again.`,
  );

export const stageIsLast = refusal(
  'STAGE_IS_LAST',
  '决赛之后没有下一赛段，不能指定外卡。',
  'Nobody goes on from a final, so there are no wild cards.',
);

export const wildCardsUsed = (most: number): Refusal =>
  refusal(
    'WILD_CARDS_USED',
    most === 0 ? '方案没有为这个赛段设外卡名额。' : `这个赛段的 ${most} 个外卡名额已用完。`,
    most === 0 ? 'The plan has no wild cards for this stage.' : `All ${most} wild cards of this stage are given.`,
  );

export const parentBegun = refusal(
  'STAGE_BEGUN',
  '下一赛段已经开赛，不能再增加晋级者。',
  'The stage that they would go on to has begun already.',
);

export const entryNotRanked = refusal(
  'ENTRY_UNKNOWN',
  '这个赛段的名次中没有这个参赛者，请重新选择。',
  'The ranking of this stage has no such entry. Choose one from the list.',
  'entryId',
);

export const entryAdvanced = refusal(
  'ENTRY_ADVANCED',
  '这个参赛者已经晋级。',
  'This entry goes on already.',
  'entryId',
);

export const reasonNeeded = refusal(
  'REASON_NEEDED',
  `请写明理由（1 至 ${LONGEST_REASON} 个字，首尾不能有空格），职工会看到它。`,
  `Give the reason in 1 to ${LONGEST_REASON} characters, without spaces at either end; members will read it.`,
  'reason',
);

export const ownEntry = refusal(
  'OWN_ENTRY',
  '您本人参加了这个参赛项，不能自己处理，请由其他管理员处理。',
  'You are part of this entry yourself. Let another admin decide on it.',
  'entryId',
);
