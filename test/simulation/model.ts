import { addDays, beijingDay, beijingMonth, endOfDay } from '../../src/platform/clock.ts';
import type {
  Adjustment,
  Charge,
  Claim,
  Due,
  Lottery,
  Member,
  Offer,
  Scan,
  Statement,
  Verification,
  Voucher,
} from './things.ts';

/** What must be true, as a child would keep it who hears at every door what was accepted. */
export class Model {
  now = new Date(0);
  readonly members: Member[] = [];
  readonly offers: Offer[] = [];
  /** The numbers of a treat's offers, by "programme month line". */
  readonly treats = new Map<string, number>();
  readonly vouchers: Voucher[] = [];
  readonly verifications: Verification[] = [];
  readonly scans: Scan[] = [];
  readonly charges: Charge[] = [];
  readonly claims: Claim[] = [];
  readonly adjustments: Adjustment[] = [];
  readonly statements: Statement[] = [];
  readonly lotteries: Lottery[] = [];
  /** How many events were reported in each programme, and which of them stand, by reference. */
  readonly reported: number[] = [];
  readonly standing = new Map<string, { id: string; member: number }>();
  /** Events that were revoked since the ledger was read last. */
  readonly revoked: string[] = [];
  readonly budgets: number[] = [];
  /** What each programme has issued, as the ledger's transfers of all batches before say. */
  readonly issued: number[] = [];
  /** What an admin moved alone for a member in a month, by "admin member programme month". */
  readonly adjustedAlone = new Map<string, number>();
  /** What tickets brought which lottery, by grant. */
  readonly tickets = new Map<string, Lottery>();
  /** How many tickets a member has bought in a lottery. */
  readonly bought = new Map<string, number>();
  /** How many vouchers count against a limit, by slot. */
  readonly slots = new Map<string, number>();
  readonly changedSlots = new Set<string>();
  /** Vouchers that were won: whose they are depends on a draw, so nobody chooses them by number. */
  readonly prizes: Voucher[] = [];
  readonly dues = new Map<string, Due>();
  /** What members can spend, as far as it is known for certain, by "member programme". */
  readonly spendable = new Map<string, number>();
  /** What several clients changed at once, by the names of their touches. */
  readonly unsure = new Set<string>();
  /** What was changed since the database was compared last. */
  readonly touched = new Set<Voucher | Charge | Claim | Adjustment>();
  /** How many of these there were before the batch: nobody deals with what is only being asked for. */
  known = this.counts();
  private readonly lapsing = new Map<number, Voucher[]>();

  /** The clock has moved. */
  begin(now: Date): void {
    this.now = now;
    this.known = this.counts();
    for (const offer of this.offers) {
      for (const [at, count] of offer.releases) {
        if (at > now.getTime()) continue;
        offer.supplied += count;
        offer.releases.delete(at);
      }
    }
  }

  private counts() {
    const { vouchers, verifications, scans, charges, claims, adjustments, reported } = this;
    return {
      vouchers: vouchers.length,
      verifications: verifications.length,
      scans: scans.length,
      charges: charges.length,
      claims: claims.length,
      adjustments: adjustments.length,
      events: [...reported],
    };
  }

  stock(offer: Offer): number {
    return offer.supplied - offer.taken;
  }

  /** Under what a purchase now counts against the offer's limit. */
  slot(member: number, { limit, group }: Offer): string | null {
    if (limit === null) return null;
    const period = { ever: '', month: beijingMonth(this.now), day: beijingDay(this.now) }[limit.period];
    return `${member} ${group} ${period}`;
  }

  /** What a programme may still issue. */
  room(programme: number): number {
    return this.budgets[programme]! - this.issued[programme]!;
  }

  owe(key: string, due: Due): void {
    if (due.points > 0) this.dues.set(key, due);
  }

  /** A voucher that was bought: the piece is gone, the limit counts it, the points wait. */
  sold(voucher: Voucher, id: string, accounts: { member: string; vouchers: string }): void {
    const offer = this.offers[voucher.offer]!;
    Object.assign(voucher, { id, state: 'unused', points: offer.price, slot: this.slot(voucher.member, offer) });
    voucher.validUntil = this.validUntil(offer);
    offer.taken += 1;
    if (voucher.slot !== null) {
      this.slots.set(voucher.slot, (this.slots.get(voucher.slot) ?? 0) + 1);
      this.changedSlots.add(voucher.slot);
    }
    this.owe(`redemption ${id}`, { points: offer.price, from: accounts.member, to: accounts.vouchers });
    this.spend(voucher.member, offer.programme, offer.price);
    this.watch(voucher);
  }

  cancelled(voucher: Voucher, accounts: { member: string; vouchers: string }): void {
    const offer = this.offers[voucher.offer]!;
    voucher.state = 'cancelled';
    offer.taken -= 1;
    if (voucher.slot !== null) this.slots.set(voucher.slot, this.slots.get(voucher.slot)! - 1);
    this.owe(`reversal of redemption ${voucher.id}`, {
      points: voucher.points,
      from: accounts.vouchers,
      to: accounts.member,
    });
    // The lots that they go back to may have lapsed.
    this.spendable.delete(`${voucher.member} ${offer.programme}`);
    this.touched.add(voucher);
  }

  /** Keeps an unused voucher in mind, so that it lapses. */
  watch(voucher: Voucher): void {
    this.touched.add(voucher);
    const until = voucher.validUntil.getTime();
    const others = this.lapsing.get(until);
    if (others) others.push(voucher);
    else this.lapsing.set(until, [voucher]);
  }

  /** The job has run: every unused voucher whose time is over has lapsed. */
  lapse(account: (kind: 'member' | 'vouchers' | 'breakage', voucher: Voucher) => string): void {
    for (const [until, vouchers] of this.lapsing) {
      if (until > this.now.getTime()) continue;
      this.lapsing.delete(until);
      for (const voucher of new Set(vouchers)) {
        if (voucher.state !== 'unused') continue;
        voucher.state = 'lapsed';
        this.touched.add(voucher);
        const isBack = this.offers[voucher.offer]!.lapse === 'refund' && !voucher.isPrize;
        const from = account('vouchers', voucher);
        const what = isBack ? `reversal of redemption ${voucher.id}` : `forfeit ${voucher.id}`;
        this.owe(what, { points: voucher.points, from, to: account(isBack ? 'member' : 'breakage', voucher) });
      }
    }
  }

  spend(member: number, programme: number, points: number): void {
    const key = `${member} ${programme}`;
    const known = this.spendable.get(key);
    if (known !== undefined) this.spendable.set(key, known - points);
  }

  /** Whether a member can pay: yes, no, or undefined where nobody knows for certain. */
  canPay(member: number, programme: number, points: number): boolean | undefined {
    const known = this.spendable.get(`${member} ${programme}`);
    return points === 0 ? true : known === undefined ? undefined : known >= points;
  }

  /** The instant at which a voucher that is bought now can no longer be used. */
  validUntil({ useDays, useUntil }: Offer): Date {
    const ends = [useUntil, useDays === null ? null : addDays(beijingDay(this.now), useDays - 1)];
    return endOfDay(ends.filter((day) => day !== null).sort()[0]!);
  }
}
