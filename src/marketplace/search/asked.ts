import { SpokenError } from '../../platform/graphql/errors.ts';
import type { MerchantCategory } from '../merchant.entity.ts';
import type { OfferFilters } from './filters.ts';
import { type Box, boxAround, type Near } from './near.ts';

const LONGEST_TEXT = 40;
const FARTHEST_METRES = 50_000;

/** The filters of a search as a client gives them. */
export interface SearchAsked {
  text?: string | null;
  category?: MerchantCategory | null;
  lowestPrice?: number | null;
  highestPrice?: number | null;
  near?: Near | null;
}

/** Reads what a client searches by. Throws BAD_SEARCH as an error of the request, because a list has no place for a refusal. */
export function searchAsked({ text, category, lowestPrice, highestPrice, near }: SearchAsked): OfferFilters {
  const words = text?.trim();
  if (words !== undefined && (words === '' || words.length > LONGEST_TEXT)) throw badSearch();
  if (near && !isPlace(near)) throw badSearch();
  return {
    ...(words !== undefined && { text: words }),
    ...(category && { category }),
    ...(typeof lowestPrice === 'number' && { lowestPrice }),
    ...(typeof highestPrice === 'number' && { highestPrice }),
    ...(near && { near: boxAround(near) }),
  };
}

const badSearch = () =>
  new SpokenError('BAD_SEARCH', {
    zh: `搜索文字须为 1 至 ${LONGEST_TEXT} 个字；位置须为有效经纬度，距离 1 至 ${FARTHEST_METRES} 米。`,
    en: `text has 1 to ${LONGEST_TEXT} characters; near is a place on the map with 1 to ${FARTHEST_METRES} metres.`,
  });

/** The place by which offers are ordered. Throws BAD_SEARCH where none was given. */
export function placeAsked({ near }: OfferFilters): Box {
  if (near) return near;
  throw new SpokenError('BAD_SEARCH', {
    zh: '按距离排序须给出位置 near（经纬度与范围）。',
    en: 'The order NEAREST needs a place: give near.',
  });
}

// Nearer to a pole than 85 degrees the box around a place is no box, and there is no outlet there.
export function isPlace({ latitude, longitude, metres }: Near): boolean {
  return Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180 && metres >= 1 && metres <= FARTHEST_METRES;
}
