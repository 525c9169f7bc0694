import { isCreditCode } from '../marketplace/merchants/credit-code.ts';

/**
 * The 100 merchants of a city's membership card, in the six categories 吃住行游购娱, with one outlet each. All of it is
 * invented, down to the region of the licences, which no place in China has.
 */
export interface CityMerchant {
  slug: string;
  name: string;
  category: string;
  licence: { creditCode: string; legalName: string };
  /** What card holders are given. */
  discount: string;
  /** How many per cent of the whole bill that is; undefined where the words say it some other way. */
  discountPercent: number | undefined;
  outlet: { name: string; address: string; place: Place; hours: OpeningHours[] };
}

/** Degrees of GCJ-02. */
export interface Place {
  latitude: number;
  longitude: number;
}

interface OpeningHours {
  weekday: number;
  opens: string;
  closes: string;
}

/** Where the branch has its base, and the members are. */
export const BASE: Place = { latitude: 39.93, longitude: 116.45 };

/** How far from the base the last of them is, in metres. */
export const CITY_METRES = 8_000;

const WORDS = '青禾 白鹭 南窗 半山 云谷 石桥 竹里 晴川 小满 望江 松间 听雨 长亭 麦田 北斗 橘洲 星河'.split(' ');

interface Trade {
  category: string;
  kinds: readonly string[];
  discount: string;
  discountPercent?: number;
  opens: string;
  closes: string;
  weekdays?: readonly number[];
}

const TRADES: readonly Trade[] = [
  {
    category: 'DINING',
    kinds: ['小馆', '面馆', '粥铺', '烤肉店'],
    discount: '菜品 9 折，酒水除外',
    opens: '10:30',
    closes: '22:00',
  },
  {
    category: 'LODGING',
    kinds: ['客栈', '酒店', '民宿'],
    discount: '门市价 8 折，含早餐',
    discountPercent: 20,
    opens: '00:00',
    closes: '24:00',
  },
  { category: 'TRAVEL', kinds: ['租车', '旅行社', '单车'], discount: '费用减 20 元', opens: '08:00', closes: '20:00' },
  {
    category: 'SIGHTSEEING',
    kinds: ['植物园', '民俗馆', '农庄'],
    discount: '门票 7 折',
    discountPercent: 30,
    opens: '08:30',
    closes: '17:00',
    // Closed on Mondays.
    weekdays: [2, 3, 4, 5, 6, 7],
  },
  {
    category: 'SHOPPING',
    kinds: ['超市', '百货', '文具店'],
    discount: '满 100 元减 10 元',
    opens: '09:00',
    closes: '22:00',
  },
  // Open past midnight.
  {
    category: 'ENTERTAINMENT',
    kinds: ['剧场', '台球馆', '歌厅'],
    discount: '会员价 8.5 折',
    discountPercent: 15,
    opens: '12:00',
    closes: '02:00',
  },
];

const COUNT = 100;

export const CITY_MERCHANTS: readonly CityMerchant[] = Array.from({ length: COUNT }, (_, i) => {
  const number = String(i + 1).padStart(3, '0');
  const round = Math.floor(i / TRADES.length);
  const trade = TRADES[i % TRADES.length]!;
  const { category, kinds, discount, discountPercent, opens, closes, weekdays = [1, 2, 3, 4, 5, 6, 7] } = trade;
  const name = `${WORDS[round]}${kinds[round % kinds.length]}（演示）`;
  return {
    slug: `city-${number}`,
    name,
    category,
    licence: { creditCode: inventedCreditCode(`DEM000${number}`), legalName: `演示市${name}有限公司` },
    discount,
    discountPercent,
    outlet: {
      name: '总店',
      address: `演示市演示区${WORDS[round]}路 ${i + 1} 号`,
      place: placeOf(i),
      hours: weekdays.map((weekday) => ({ weekday, opens, closes })),
    },
  };
});

/** A licence's code with a right check character for nine characters that stand for the firm. */
function inventedCreditCode(firm: string): string {
  const [code] = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].map((last) => `91000000${firm}${last}`).filter(isCreditCode);
  return code!;
}

/** Evenly over a circle around the base: each a golden angle on from the one before, and further out. */
function placeOf(i: number): Place {
  const degrees = (CITY_METRES / 111_000) * Math.sqrt((i + 1) / COUNT);
  const angle = i * 2.399963;
  const up = degrees * Math.cos(angle);
  const across = (degrees * Math.sin(angle)) / Math.cos((BASE.latitude * Math.PI) / 180);
  return { latitude: round6(BASE.latitude + up), longitude: round6(BASE.longitude + across) };
}

function round6(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
