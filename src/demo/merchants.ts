import type { Place } from './city-merchants.ts';

/** A merchant with its outlets; each outlet has a cashier "<slug>-<number from 1>", the merchant an owner "<slug>-owner". */
export interface DemoMerchant {
  slug: string;
  name: string;
  category: 'WELLNESS' | 'DINING' | 'HAIRCUT' | 'FITNESS' | 'ENTERTAINMENT' | 'SHOPPING' | 'OWN_RESOURCES';
  /** What card holders are given at the counter. */
  discount?: string;
  /** How many per cent that takes off a bill. */
  discountPercent?: number;
  outlets: readonly { name: string; address: string; place?: Place }[];
}

/** Since when the contracts hold. Fixed, because a load that was cut off is taken up with the very same input. */
export const CONTRACT_FROM = '2025-01-01';

/** The company's own resources, then the 13 outside merchants. All invented. */
export const MERCHANTS: readonly DemoMerchant[] = [
  {
    slug: 'own',
    name: '云程航空员工服务中心（演示）',
    category: 'OWN_RESOURCES',
    outlets: [
      { name: '员工餐厅', address: '演示路 1 号 基地综合楼一层' },
      { name: '员工文体中心', address: '演示路 1 号 基地综合楼三层' },
      { name: '海滨疗养院', address: '演示滨海路 88 号' },
    ],
  },
  {
    slug: 'massage',
    name: '云朵推拿馆（演示）',
    category: 'WELLNESS',
    outlets: [
      { name: '航站楼店', address: '演示路 2 号' },
      { name: '基地店', address: '演示路 16 号' },
    ],
  },
  {
    slug: 'shoulder',
    name: '松肩堂理疗（演示）',
    category: 'WELLNESS',
    outlets: [{ name: '总店', address: '演示南街 6 号' }],
  },
  {
    slug: 'milktea',
    name: '半糖云茶（演示）',
    category: 'DINING',
    discount: '会员饮品 9 折',
    discountPercent: 10,
    outlets: [
      { name: '基地店', address: '演示路 18 号', place: { latitude: 39.9306, longitude: 116.4505 } },
      { name: '家属院店', address: '演示西街 9 号', place: { latitude: 39.9352, longitude: 116.4381 } },
    ],
  },
  {
    slug: 'coffee',
    name: '起飞咖啡（演示）',
    category: 'DINING',
    discount: '会员第二杯半价',
    outlets: [
      { name: '航站楼店', address: '演示路 2 号 到达层', place: { latitude: 39.9271, longitude: 116.4568 } },
      { name: '运控楼店', address: '演示路 20 号', place: { latitude: 39.9311, longitude: 116.4512 } },
    ],
  },
  {
    slug: 'haircut',
    name: '剪云理发（演示）',
    category: 'HAIRCUT',
    outlets: [{ name: '基地店', address: '演示路 22 号' }],
  },
  {
    slug: 'salon',
    name: '云鬓造型（演示）',
    category: 'HAIRCUT',
    outlets: [{ name: '家属院店', address: '演示西街 11 号' }],
  },
  {
    slug: 'gym',
    name: '跑道健身（演示）',
    category: 'FITNESS',
    outlets: [
      { name: '一号馆', address: '演示东街 3 号' },
      { name: '二号馆', address: '演示西街 30 号' },
    ],
  },
  {
    slug: 'pool',
    name: '云水游泳馆（演示）',
    category: 'FITNESS',
    outlets: [{ name: '总馆', address: '演示东街 5 号' }],
  },
  {
    slug: 'noodles',
    name: '一碗云面（演示）',
    category: 'DINING',
    outlets: [{ name: '基地店', address: '演示路 24 号', place: { latitude: 39.9318, longitude: 116.4519 } }],
  },
  {
    slug: 'hotpot',
    name: '候鸟火锅（演示）',
    category: 'DINING',
    outlets: [{ name: '总店', address: '演示北街 7 号', place: { latitude: 39.9443, longitude: 116.4466 } }],
  },
  {
    slug: 'spa',
    name: '静水康养（演示）',
    category: 'WELLNESS',
    outlets: [{ name: '总店', address: '演示北街 21 号' }],
  },
  {
    slug: 'cinema',
    name: '云幕影城（演示）',
    category: 'ENTERTAINMENT',
    outlets: [{ name: '总店', address: '演示广场 1 号 四层' }],
  },
  {
    slug: 'bookshop',
    name: '纸飞机书店（演示）',
    category: 'SHOPPING',
    outlets: [{ name: '总店', address: '演示广场 1 号 二层' }],
  },
];
