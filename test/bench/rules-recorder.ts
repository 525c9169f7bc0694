/** Records events of the year that ends now, as `writeEvents` does but by bare multi-row INSERT, and leaves them to be judged. */
import { addDays, beijingDay } from '../../src/platform/clock.ts';
import { insertRows, type SqlValue } from '../../src/platform/db/sql.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import { eventIdentity } from '../../src/rules/event-identity.ts';
import { EVENTS_AT_ONCE } from '../../src/rules/job-definitions.ts';
import { HOURS, KIND, KINDS, type RulesProgramme } from './rules-programme.ts';

export const YEAR_MS = 365 * 86_400_000;

const COLUMNS =
  'id programme_id member_id type attributes occurred_on reference identity facts state recording_id recorded_by recorded_at';

const MOST_HOURS = 8;

/** Events are told of a few days after they happened. */
const MOST_DAYS_AGO = 6;

export class Recorder {
  private recorded = 0;
  private readonly begin: number;

  /** `total`: how many events will be recorded; they are spread evenly over the year. */
  constructor(
    private readonly deps: Deps,
    private readonly programme: RulesProgramme,
    private readonly total: number,
  ) {
    this.begin = deps.clock.now().getTime() - YEAR_MS;
  }

  /** Records so many more, in recordings of 500 events of random members. Resolves with their ids, in order. */
  async record(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let left = count; left > 0; left -= EVENTS_AT_ONCE) {
      const recordedAt = new Date(this.begin + (this.recorded / this.total) * YEAR_MS);
      const recordingId = newId();
      const rows = Array.from({ length: Math.min(left, EVENTS_AT_ONCE) }, () => this.row(recordingId, recordedAt));
      await inTransaction(this.deps.db, (tx) => insertRows(tx, 'activity_event', COLUMNS.split(' '), rows));
      ids.push(...rows.map(([id]) => id as string));
      this.recorded += rows.length;
    }
    return ids;
  }

  private row(recordingId: string, recordedAt: Date): SqlValue[] {
    const { programmeId, members } = this.programme;
    const { id: memberId, type, facts } = members[below(members.length)]!;
    const attributes = { [KIND]: KINDS[below(KINDS.length)]!, [HOURS]: 1 + below(MOST_HOURS) };
    const occurredOn = addDays(beijingDay(recordedAt), -below(MOST_DAYS_AGO + 1));
    const id = newId();
    const identity = eventIdentity({ memberId, type, attributes, occurredOn, reference: id });
    const what = [memberId, type, JSON.stringify(attributes), occurredOn, id, identity, facts, 'recorded'];
    return [id, programmeId, ...what, recordingId, 'system:bench', recordedAt];
  }
}

const below = (count: number) => Math.floor(Math.random() * count);
