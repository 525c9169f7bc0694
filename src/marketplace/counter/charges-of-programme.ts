import type { EntityManager } from 'typeorm';
import { type BeijingDay, endOfDay, startOfDay } from '../../platform/clock.ts';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { type ChargeLine, type ChargeState, chargesBy, toCharge } from './charge-queries.ts';
import { readTimeCursor } from './cursor.ts';

/** Which charges of a programme; what is undefined asks for all. */
export interface ChargesAsked {
  programmeId: string;
  merchantId?: string | undefined;
  memberId?: string | undefined;
  /** As it is at the moment of asking; see stateAt. */
  state?: ChargeState | undefined;
  fromDay?: BeijingDay | undefined;
  /** With this day. */
  toDay?: BeijingDay | undefined;
}

/** A condition, and what stands for its question marks. */
type Condition = [sql: string, ...values: unknown[]];

/** A page of the charges of a programme, the newest first; the cursor is timeCursor of chargedAt. One statement. */
export async function chargesOfProgramme(
  db: EntityManager,
  asked: ChargesAsked,
  page: PageRequest,
  now: Date,
): Promise<Page<ChargeLine>> {
  const last = page.after === undefined ? undefined : readTimeCursor(page.after);
  if (page.after !== undefined && last === undefined) return { items: [], hasNextPage: false };
  const conditions = [...conditionsOf(asked, now)];
  if (last)
    conditions.push(['charge.charged_at <= ? AND (charge.charged_at < ? OR charge.id < ?)', last.at, last.at, last.id]);
  // First which charges these are, in the order of an index, then what is shown of them.
  const rows = await db.query(
    `${chargesBy('PRIMARY')} JOIN (
       SELECT charge.id FROM charge FORCE INDEX (${indexFor(asked)})
       WHERE ${conditions.map(([sql]) => sql).join(' AND ')}
       ORDER BY charge.charged_at DESC, charge.id DESC LIMIT ?
     ) AS page ON page.id = charge.id ORDER BY charge.charged_at DESC, charge.id DESC`,
    [...conditions.flatMap(([, ...values]) => values), page.first + 1],
  );
  return pageOf(rows.map(toCharge), page);
}

// A member's charges are few enough to be sorted. The states that are rare are found within the programme's index.
function indexFor({ memberId, merchantId }: ChargesAsked): string {
  if (memberId !== undefined) return 'charge_of_member';
  return merchantId === undefined ? 'charge_of_programme' : 'charge_of_merchant';
}

function* conditionsOf(asked: ChargesAsked, now: Date): Generator<Condition> {
  const { programmeId, merchantId, memberId, state, fromDay, toDay } = asked;
  yield ['charge.programme_id = ?', programmeId];
  if (merchantId !== undefined) yield ['charge.merchant_id = ?', merchantId];
  if (memberId !== undefined) yield ['charge.member_id = ?', memberId];
  if (fromDay !== undefined) yield ['charge.charged_at >= ?', startOfDay(fromDay)];
  if (toDay !== undefined) yield ['charge.charged_at < ?', endOfDay(toDay)];
  if (state === 'held') yield ["charge.state = 'held' AND charge.hold_until > ?", now];
  else if (state === 'lapsed')
    yield ["charge.state IN ('held', 'lapsed') AND (charge.state = 'lapsed' OR charge.hold_until <= ?)", now];
  else if (state !== undefined) yield ['charge.state = ?', state];
}
