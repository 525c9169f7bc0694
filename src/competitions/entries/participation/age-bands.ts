/** In which band of age somebody counts; ages in full years on the day of entering. */
export const AGE_BANDS = ['under_25', '25_to_34', '35_to_44', '45_to_54', 'from_55', 'unknown'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

export function ageBand(age: number | null): AgeBand {
  if (age === null) return 'unknown';
  if (age < 25) return 'under_25';
  if (age < 35) return '25_to_34';
  if (age < 45) return '35_to_44';
  return age < 55 ? '45_to_54' : 'from_55';
}
