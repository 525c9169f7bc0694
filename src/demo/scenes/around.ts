import { BASE, CITY_MERCHANTS, CITY_METRES } from '../city-merchants.ts';
import { MERCHANTS } from '../merchants.ts';
import type { Stage } from '../stage.ts';
import { atLeast, same } from '../story.ts';

interface Nearby {
  metres: number;
  outlet: {
    name: string;
    isOpenNow: boolean | null;
    discounts: string[];
    merchant: { name: string; category: string };
  };
}

/** The member looks for outlets around her, and for an offer nearby that she can afford. */
export async function memberLooksAround(stage: Stage): Promise<void> {
  const { story } = stage;
  await story.step('身边的门店：由近到远，写明会员优惠', 'the outlets around her, the nearest first', async () => {
    const nearby = await outletsAround(stage, { metres: 1_000 });
    for (const { metres, outlet } of nearby.slice(0, 5)) {
      story.note(`${metres} 米  ${outlet.merchant.name}${outlet.name}  ${outlet.discounts.join('；')}`);
    }
    const distances = nearby.map((one) => one.metres);
    same(
      'distances',
      distances,
      [...distances].sort((a, b) => a - b),
    );
    const tea = nearby.find(({ outlet }) => outlet.merchant.name === nameOf('milktea') && outlet.name === '基地店');
    same('discounts of the tea shop', tea?.outlet.discounts, ['会员饮品 9 折']);
  });
  await story.step('按类别找：全城的住宿', 'all lodgings of the city', async () => {
    const lodgings = await outletsAround(stage, { metres: CITY_METRES + 100, category: 'LODGING' });
    const open = lodgings.filter(({ outlet }) => outlet.isOpenNow).length;
    story.note(`${lodgings.length} 家 lodgings，营业中 open now ${open}`);
    const ours = CITY_MERCHANTS.filter((merchant) => merchant.category === 'LODGING').length;
    atLeast('lodgings', lodgings.length, ours);
    same(
      'other categories',
      lodgings.filter(({ outlet }) => outlet.merchant.category !== 'LODGING'),
      [],
    );
    atLeast('open day and night', open, ours);
  });
  await searchOffers(stage);
}

const nameOf = (slug: string) => MERCHANTS.find((merchant) => merchant.slug === slug)?.name;

async function outletsAround({ busy }: Stage, of: { metres: number; category?: string }): Promise<Nearby[]> {
  const { nearbyOutlets } = await busy.ask<{ nearbyOutlets: { nodes: Nearby[] } }>(
    `query ($near: NearInput!, $category: MerchantCategory) {
      nearbyOutlets(near: $near, category: $category, first: 50) {
        nodes { metres outlet { name isOpenNow discounts merchant { name category } } }
      }
    }`,
    { near: { ...BASE, metres: of.metres }, category: of.category },
  );
  return nearbyOutlets.nodes;
}

async function searchOffers({ story, busy }: Stage): Promise<void> {
  await story.step(
    '搜索“茶”：身边两公里内、换得起的，便宜的在前',
    'a search for tea nearby that she can afford',
    async () => {
      const { offers } = await busy.ask<{ offers: { nodes: { title: string; price: number; remaining: number }[] } }>(
        `query ($text: String!, $near: NearInput!) {
        offers(text: $text, category: DINING, near: $near, affordable: true, order: PRICE, first: 20) {
          nodes { title price remaining }
        }
      }`,
        { text: '茶', near: { ...BASE, metres: 2_000 } },
      );
      for (const { title, price, remaining } of offers.nodes) story.note(`${price} 分  ${title}  余 left ${remaining}`);
      const prices = offers.nodes.map((offer) => offer.price);
      same(
        'prices',
        prices,
        [...prices].sort((a, b) => a - b),
      );
      const titles = offers.nodes.map((offer) => offer.title);
      same('milk tea is found', titles.includes('奶茶一杯（中杯）'), true);
    },
  );
}
