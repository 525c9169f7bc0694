import { registerEnumType } from 'type-graphql';
import type { MerchantCategory, MerchantState } from '../merchant.entity.ts';
import type { StaffRole } from '../merchant-staff.entity.ts';
import type { CodeSource, LapsePolicy, LimitPeriod, OfferState } from '../offer.entity.ts';
import type { VoucherState } from '../voucher.entity.ts';

/** The words of the floor as GraphQL spells them; the values are those of the tables. */
export const MerchantCategoryWord = {
  DINING: 'dining',
  LODGING: 'lodging',
  TRAVEL: 'travel',
  SIGHTSEEING: 'sightseeing',
  SHOPPING: 'shopping',
  ENTERTAINMENT: 'entertainment',
  WELLNESS: 'wellness',
  FITNESS: 'fitness',
  HAIRCUT: 'haircut',
  OWN_RESOURCES: 'own-resources',
} as const satisfies Record<string, MerchantCategory>;

registerEnumType(MerchantCategoryWord, {
  name: 'MerchantCategory',
  description: 'What a merchant deals in.',
  valuesConfig: {
    DINING: { description: '餐饮' },
    LODGING: { description: '住宿' },
    TRAVEL: { description: '出行' },
    SIGHTSEEING: { description: '游览' },
    SHOPPING: { description: '购物' },
    ENTERTAINMENT: { description: '娱乐' },
    WELLNESS: { description: '康养' },
    FITNESS: { description: '健身' },
    HAIRCUT: { description: '理发' },
    OWN_RESOURCES: { description: '自有资源: what the union or the enterprise itself provides.' },
  },
});

export const MerchantStateWord = {
  APPLIED: 'applied',
  APPROVED: 'approved',
  ACTIVE: 'active',
  SUSPENDED: 'suspended',
  ENDED: 'ended',
  DECLINED: 'declined',
} as const satisfies Record<string, MerchantState>;

registerEnumType(MerchantStateWord, {
  name: 'MerchantState',
  description: 'How a merchant stands with the unions.',
  valuesConfig: {
    APPLIED: { description: '待审核: its application waits for review.' },
    APPROVED: { description: '待签约: reviewed; its first contract makes it active.' },
    ACTIVE: { description: '合作中' },
    SUSPENDED: { description: '已暂停: its staff cannot act and its offers are not listed; can be made active again.' },
    ENDED: { description: '已终止: like SUSPENDED, and final.' },
    DECLINED: { description: '未通过: its application was declined, which is final; see its reason.' },
  },
});

export const StaffRoleWord = { OWNER: 'owner', CASHIER: 'cashier' } as const satisfies Record<string, StaffRole>;

registerEnumType(StaffRoleWord, {
  name: 'StaffRole',
  description: 'What a person does for a merchant.',
  valuesConfig: {
    OWNER: { description: '店主: verifies vouchers and looks after the staff.' },
    CASHIER: { description: '收银员: verifies vouchers.' },
  },
});

export const LimitPeriodWord = {
  EVER: 'ever',
  MONTH: 'month',
  DAY: 'day',
} as const satisfies Record<string, LimitPeriod>;

registerEnumType(LimitPeriodWord, {
  name: 'LimitPeriod',
  description: 'Within what stretch of time a member may buy `limitCount` pieces of an offer.',
  valuesConfig: {
    EVER: { description: '每人总共' },
    MONTH: { description: '每人每月: a calendar month in Beijing.' },
    DAY: { description: '每人每天: a calendar day in Beijing.' },
  },
});

export const LapsePolicyWord = {
  REFUND: 'refund',
  FORFEIT: 'forfeit',
} as const satisfies Record<string, LapsePolicy>;

registerEnumType(LapsePolicyWord, {
  name: 'LapsePolicy',
  description: 'What becomes of the points of a voucher that was not used in time.',
  valuesConfig: {
    REFUND: { description: '过期退还: they go back to the member.' },
    FORFEIT: { description: '过期作废: they are lost.' },
  },
});

export const CodeSourceWord = { MADE: 'made', POOL: 'pool' } as const satisfies Record<string, CodeSource>;

registerEnumType(CodeSourceWord, {
  name: 'CodeSource',
  description: 'Where the codes of an offer’s vouchers come from.',
  valuesConfig: {
    MADE: { description: '平台生成: the voucher’s own code is all there is.' },
    POOL: { description: '商户券码: each voucher also carries a code of the merchant’s own, from an imported pool.' },
  },
});

export const OfferStateWord = {
  DRAFT: 'draft',
  IN_REVIEW: 'in_review',
  ON_SALE: 'on_sale',
  PAUSED: 'paused',
  ENDED: 'ended',
} as const satisfies Record<string, OfferState>;

registerEnumType(OfferStateWord, {
  name: 'OfferState',
  description: 'Where an offer stands. Vouchers that were bought stay good in every state.',
  valuesConfig: {
    DRAFT: { description: '草稿: only admins see it, and can change all of it.' },
    IN_REVIEW: {
      description: '审核中: only admins see it; it stays as it is until it is approved, returned or withdrawn.',
    },
    ON_SALE: { description: '在售: can be bought from `saleFrom` until `saleTo`, while any remain.' },
    PAUSED: { description: '已暂停: cannot be bought for now.' },
    ENDED: { description: '已结束: cannot be bought any more.' },
  },
});

export const VoucherStateWord = {
  UNUSED: 'unused',
  USED: 'used',
  CANCELLED: 'cancelled',
  LAPSED: 'lapsed',
} as const satisfies Record<string, VoucherState>;

registerEnumType(VoucherStateWord, {
  name: 'VoucherState',
  description: 'What has become of a voucher.',
  valuesConfig: {
    UNUSED: { description: '待使用: can be used while now is before `validUntil`, or cancelled.' },
    USED: { description: '已核销' },
    CANCELLED: { description: '已取消: the points went back.' },
    LAPSED: { description: "已过期: not used in time; see the offer's `lapsePolicy`." },
  },
});

export const OfferOrderWord = {
  NEWEST: 'newest',
  PRICE: 'price',
  PRICE_DOWN: 'price_down',
  NEAREST: 'nearest',
} as const;

registerEnumType(OfferOrderWord, {
  name: 'OfferOrder',
  description: 'In what order offers are listed.',
  valuesConfig: {
    NEWEST: { description: 'The newest offer first.' },
    PRICE: { description: 'The cheapest offer first, gifts at the front; of one price the older first.' },
    PRICE_DOWN: { description: 'The dearest offer first; of one price the newer first.' },
    NEAREST: {
      description:
        'Those first whose nearest outlet is nearest to the place `near`, which it needs; of one distance the older first.',
    },
  },
});
