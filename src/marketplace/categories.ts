import type { MerchantCategory } from './merchant.entity.ts';

/**
 * What stands under which of the six categories 吃住行游购娱; a category that is not named stands by itself. Looking
 * after body and mind belongs to leisure; a haircut is bought like other things of everyday life.
 */
const PARENTS: Partial<Record<MerchantCategory, MerchantCategory>> = {
  wellness: 'entertainment',
  fitness: 'entertainment',
  haircut: 'shopping',
};

/** A category and those under it: what a filter by it finds. */
export function withinCategory(category: MerchantCategory): MerchantCategory[] {
  const children = Object.entries(PARENTS).filter(([, parent]) => parent === category);
  return [category, ...children.map(([child]) => child as MerchantCategory)];
}
