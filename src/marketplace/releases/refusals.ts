import type { Refusal } from '../../platform/result.ts';
import { LARGEST_STOCK } from '../refusals.ts';

export const MOST_RELEASES = 100;
export const releasesOutOfRange: Refusal = {
  code: 'RELEASES_OUT_OF_RANGE',
  message: {
    zh: `一个商品最多有 ${MOST_RELEASES} 次待投放，请等前面的投放后再添加。`,
    en: `An offer has ${MOST_RELEASES} releases to come at most. Add more once some are out.`,
  },
  at: 'releaseAt',
};

export const releaseCountOutOfRange: Refusal = {
  code: 'STOCK_OUT_OF_RANGE',
  message: {
    zh: `投放数量须为 1 至 ${LARGEST_STOCK}。`,
    en: `A release is of 1 to ${LARGEST_STOCK} pieces.`,
  },
  at: 'count',
};

export const releaseWindow: Refusal = {
  code: 'RELEASE_WINDOW',
  message: {
    zh: '投放时间须晚于现在，并早于售卖结束时间。要立即投放请直接增加库存。',
    en: 'A release lies ahead and before the sale ends. To release now, add stock.',
  },
  at: 'releaseAt',
};

export const releaseTaken: Refusal = {
  code: 'RELEASE_TAKEN',
  message: {
    zh: '该时间已安排了一次投放，请换一个时间，或先取消原来的投放。',
    en: 'There is a release at this instant already. Choose another, or cancel that one first.',
  },
  at: 'releaseAt',
};

export const releaseUnknown: Refusal = {
  code: 'RELEASE_UNKNOWN',
  message: {
    zh: '该时间没有待投放的库存，可能已经投放或取消。请刷新后查看。',
    en: 'No release is to come at this instant; it may be out or cancelled. Look at the offer again.',
  },
  at: 'releaseAt',
};
