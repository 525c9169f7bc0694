import { certificateNumber } from '../../../platform/certificate/number.ts';
import type { BeijingDay } from '../../../platform/clock.ts';
import type { Config } from '../../../platform/config.ts';

/** The number of a name that is given on a day, as it stands on the plaque: GZS2026-7K3M9-Q2W4E. */
export function namingNumber(config: Pick<Config, 'evidenceKey'>, namedOn: BeijingDay, namingId: string): string {
  return certificateNumber(config, `GZS${namedOn.slice(0, 4)}`, namingId);
}
