import type { BeijingDay } from '../../platform/clock.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import type { SkillLevel, SkillSource } from './member-skill.entity.ts';
import { skillsOf } from './queries.ts';

/** A level that a member has reached in a trade. */
export interface ReachedLevel {
  memberId: string;
  /** One line of 1 to 40 characters. */
  trade: string;
  level: SkillLevel;
  since: BeijingDay;
  source: SkillSource;
  /** What gave it; null for what was declared. */
  causeId: string | null;
}

/** A trade as it is kept and compared: a letter is the same letter however its accents are encoded. */
export function normaliseTrade(trade: string): string {
  return trade.normalize('NFC');
}

/**
 * Records the levels that members have reached, and resolves with those that raised somebody: a level never goes down,
 * so one that is not above what the member has in that trade already changes nothing. The members are locked until the
 * transaction ends.
 */
export async function recordSkillLevels(tx: Tx, reached: readonly ReachedLevel[], now: Date): Promise<ReachedLevel[]> {
  if (reached.length === 0) return [];
  const memberIds = [...new Set(reached.map(({ memberId }) => memberId))];
  await tx.query('SELECT id FROM member WHERE id IN (?) ORDER BY id FOR UPDATE', [memberIds]);
  const levels = new Map<string, number>();
  for (const skills of (await skillsOf(tx, memberIds)).values())
    for (const { memberId, trade, level } of skills) levels.set(`${memberId} ${trade}`, level);
  const raised: ReachedLevel[] = [];
  for (const given of reached) {
    const one = { ...given, trade: normaliseTrade(given.trade) };
    const place = `${one.memberId} ${one.trade}`;
    if (one.level <= (levels.get(place) ?? 0)) continue;
    levels.set(place, one.level);
    raised.push(one);
  }
  await insertRows(
    tx,
    'member_skill',
    ['id', 'member_id', 'trade', 'level', 'since', 'source', 'cause_id', 'recorded_at'],
    raised.map((one) => [newId(), one.memberId, one.trade, one.level, one.since, one.source, one.causeId, now]),
  );
  return raised;
}
