import { registerEnumType } from 'type-graphql';
import type { AgeBand } from '../age-bands.ts';

export const AgeBandWord = {
  UNDER_25: 'under_25',
  FROM_25_TO_34: '25_to_34',
  FROM_35_TO_44: '35_to_44',
  FROM_45_TO_54: '45_to_54',
  FROM_55: 'from_55',
  UNKNOWN: 'unknown',
} as const satisfies Record<string, AgeBand>;

registerEnumType(AgeBandWord, {
  name: 'AgeBand',
  description: 'Ages in full years on the day of entering.',
  valuesConfig: {
    UNDER_25: { description: '25 岁以下' },
    FROM_25_TO_34: { description: '25 至 34 岁' },
    FROM_35_TO_44: { description: '35 至 44 岁' },
    FROM_45_TO_54: { description: '45 至 54 岁' },
    FROM_55: { description: '55 岁及以上' },
    UNKNOWN: { description: '未登记' },
  },
});
