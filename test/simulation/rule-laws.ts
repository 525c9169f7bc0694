import { periodOf } from '../../src/rules/cap-period.ts';
import { broken } from './broken.ts';
import type { Sim } from './command.ts';
import type { Due } from './things.ts';
import { accountName } from './world.ts';

interface Accrued {
  id: string;
  eventId: string;
  ruleId: string;
  memberId: string;
  occurrence: string;
  points: number;
  day: string;
  /** The transfer that the accrual named when it was written; null where it is paid later. */
  saidPaid: string | null;
  transferId?: string;
}

interface EventRow {
  id: string;
  memberId: string;
  reference: string | null;
}

/** What rules gave: each event once by each rule, each occurrence once, within every cap and budget of the rule. */
export class RuleLaws {
  private readonly accruals = new Map<string, Accrued>();
  private readonly ofEvent = new Map<string, Accrued[]>();
  private readonly events = new Map<string, EventRow>();
  /** The accruals that stand, under what each may stand for alone. */
  private readonly standing = new Map<string, string>();
  /** Those that were read since it was last known which events were revoked. */
  private readonly fresh: Accrued[] = [];
  private readonly given = new Map<string, { points: number; count: number }>();
  private readonly revoked = new Set<string>();
  private readonly budgets = new Map<string, number>();
  private readonly memberNumbers: ReadonlyMap<string, number>;
  /** What is to be paid, now or after its notice, by accrual. */
  private readonly waiting = new Map<string, Due>();
  private readonly saidPaid: Accrued[] = [];
  private readonly changed = new Set<string>();
  private lastEvent = '';
  private lastAccrual = '';

  constructor(private readonly sim: Sim) {
    this.memberNumbers = new Map(sim.world.memberIds.map((id, number) => [id, number]));
  }

  /** Reads the events that were recorded and what they earned. */
  async read(): Promise<void> {
    const { model, world } = this.sim;
    const { db } = world.deps;
    const events: EventRow[] = await db.query(
      'SELECT id, member_id AS memberId, reference FROM activity_event WHERE id > ? ORDER BY id',
      [this.lastEvent],
    );
    for (const event of events) {
      this.lastEvent = event.id;
      this.events.set(event.id, event);
      const { id, reference, memberId } = event;
      if (reference === null) continue;
      const before = model.standing.get(reference);
      if (before) broken('an event stands once', `${reference} is event ${before.id} and event ${id}`);
      model.standing.set(reference, { id, member: this.memberNumbers.get(memberId)! });
    }
    const accruals: Accrued[] = await db.query(
      `SELECT id, event_id AS eventId, rule_id AS ruleId, member_id AS memberId, occurrence, points, occurred_on AS day,
              transfer_id AS saidPaid FROM accrual WHERE id > ? ORDER BY id`,
      [this.lastAccrual],
    );
    for (const accrued of accruals) {
      this.lastAccrual = accrued.id;
      this.enter({ ...accrued, points: Number(accrued.points) });
    }
  }

  private enter(accrued: Accrued): void {
    const { id, eventId, ruleId, memberId } = accrued;
    if (this.events.get(eventId)?.memberId !== memberId) {
      broken('only events earn, for whom they happened to', nameOf(accrued));
    }
    this.fresh.push(accrued);
    this.count(accrued, 1);
    this.accruals.set(id, accrued);
    this.ofEvent.set(eventId, [...(this.ofEvent.get(eventId) ?? []), accrued]);
    const { programmeId } = this.sim.world.rules.get(ruleId)!;
    const [from, to] = [
      accountName('issuance', programmeId, programmeId),
      accountName('member', memberId, programmeId),
    ];
    this.waiting.set(id, { points: accrued.points, from, to });
    if (accrued.saidPaid !== null) this.saidPaid.push(accrued);
  }

  /** What the ledger may pay for an accrual; undefined when nothing is owed. */
  owed(accrualId: string): Due | undefined {
    return this.waiting.get(accrualId);
  }

  paid(accrualId: string, transferId: string): void {
    this.waiting.delete(accrualId);
    this.accruals.get(accrualId)!.transferId = transferId;
  }

  /** Of the events that were revoked, what was paid is owed back, and what was not falls away. */
  takeBack(): void {
    const { model } = this.sim;
    for (const { id, saidPaid, transferId } of this.saidPaid.splice(0)) {
      if (saidPaid !== transferId)
        broken('what is said to be paid is paid', `accrual ${id} names transfer ${saidPaid}`);
    }
    for (const eventId of model.revoked.splice(0)) {
      for (const accrued of this.ofEvent.get(eventId) ?? []) {
        const { id, ruleId, memberId, points } = accrued;
        for (const once of onceOf(accrued)) if (this.standing.get(once) === id) this.standing.delete(once);
        this.count(accrued, -1);
        this.waiting.delete(id);
        const { programmeId } = this.sim.world.rules.get(ruleId)!;
        const from = accountName('member', memberId, programmeId);
        const to = accountName('issuance', programmeId, programmeId);
        if (accrued.transferId) model.owe(`reversal of accrual ${id}`, { points, from, to });
        this.accruals.delete(id);
      }
      this.ofEvent.delete(eventId);
      this.revoked.add(eventId);
    }
    this.stand();
    this.checkCaps();
  }

  /** Of what is new only that stands whose event was not revoked at once; it may have taken the place of one that was. */
  private stand(): void {
    for (const accrued of this.fresh.splice(0)) {
      if (!this.accruals.has(accrued.id)) continue;
      if (this.revoked.has(accrued.eventId)) broken('what was revoked earns nothing', nameOf(accrued));
      for (const once of onceOf(accrued)) {
        if (this.standing.has(once)) broken('a rule pays an event and an occurrence once', nameOf(accrued));
        this.standing.set(once, accrued.id);
      }
    }
  }

  private count({ ruleId, memberId, day, points }: Accrued, sign: 1 | -1): void {
    const rule = this.sim.world.rules.get(ruleId)!;
    for (const [i, { period }] of rule.caps.entries()) {
      const key = `${ruleId} ${i} ${memberId} ${periodOf(period, day).from}`;
      const given = this.given.get(key) ?? { points: 0, count: 0 };
      this.given.set(key, { points: given.points + sign * points, count: given.count + sign });
      this.changed.add(key);
    }
    this.budgets.set(ruleId, (this.budgets.get(ruleId) ?? 0) + sign * points);
  }

  private checkCaps(): void {
    for (const key of this.changed) {
      const [ruleId, i] = key.split(' ') as [string, string];
      const { of, most, period } = this.sim.world.rules.get(ruleId)!.caps[Number(i)]!;
      const given = this.given.get(key)![of];
      if (given > most) broken('caps are kept', `${of} of a ${period}: ${given}, the cap is ${most} (${key})`);
    }
    this.changed.clear();
    for (const [ruleId, { budget }] of this.sim.world.rules) {
      const given = this.budgets.get(ruleId) ?? 0;
      if (budget !== null && given > budget)
        broken('rules keep their budgets', `rule ${ruleId}: ${given} of ${budget}`);
    }
  }
}

const nameOf = ({ id, eventId, ruleId }: Accrued) => `accrual ${id} of event ${eventId} by rule ${ruleId}`;

const onceOf = ({ eventId, ruleId, memberId, occurrence }: Accrued) => [
  `${eventId} ${ruleId}`,
  `${ruleId} ${memberId} ${occurrence}`,
];
