/** Members who buy, cashiers who verify and charge, admins who record: all at once, until they are told to stop. */
import { randomInt } from 'node:crypto';
import { voucherCode } from '../../src/marketplace/voucher-code.ts';
import { beijingDay } from '../../src/platform/clock.ts';
import { newId } from '../../src/platform/ids.ts';
import { makeCardCode } from '../support/card-code.ts';
import type { Books, Request, Settled } from './books.ts';
import { type Service, settle } from './client.ts';
import { EVENT_TYPE, type World } from './world.ts';

const REDEEM = `mutation ($key: String!, $offerId: Id!) {
  redeem(key: $key, offerId: $offerId) { ... on Redemption { id } ... on Refusal { code } }
}`;
const VERIFY = `mutation ($key: String!, $code: String!, $outletId: Id!) {
  verifyVoucher(requestNumber: $key, code: $code, outletId: $outletId) { ... on Verification { id } ... on Refusal { code } }
}`;
const SCAN = `mutation ($key: String!, $code: String!, $outletId: Id!) {
  scanCard(requestNumber: $key, code: $code, outletId: $outletId) { ... on CardScan { id } ... on Refusal { code } }
}`;
const CHARGE = `mutation ($key: String!, $scanId: Id!, $billFen: Fen!) {
  chargeCard(requestNumber: $key, scanId: $scanId, billFen: $billFen) { ... on Charge { id points } ... on Refusal { code } }
}`;
const RECORD = `mutation ($key: String!, $programmeId: Id!, $events: [ActivityEventInput!]!) {
  recordEvents(key: $key, programmeId: $programmeId, events: $events) { ... on Recording { eventIds } ... on Refusal { code } }
}`;

const pick = <T>(list: readonly T[]): T => list[randomInt(list.length)]!;

export class Load {
  private readonly vouchers: { id: string; merchantId: string }[] = [];
  /** Rejects when a client is told what no client should ever be told; else resolves when all have stopped. */
  running: Promise<unknown> = Promise.resolve();
  private stopped = true;
  private firstOrigin = 0;

  constructor(
    private readonly service: Service,
    private readonly books: Books,
    private readonly clients: number,
  ) {}

  start(): void {
    this.stopped = false;
    this.running = Promise.all(Array.from({ length: this.clients }, () => this.act()));
  }

  /** Resolves when every request that was sent has been answered. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  /** Sends a request that was answered once more, and holds both answers against each other. */
  async repeat({ request, answer }: Settled): Promise<void> {
    const again = await settle(this.service, request, this.firstOrigin++);
    if (again.answer !== answer)
      this.books.differ(`${request.what} ${request.variables.key} was answered ${answer}, then ${again.answer}`);
  }

  private async act(): Promise<void> {
    while (!this.stopped) await pick([this.buy, this.buy, this.use, this.charge, this.record]).call(this);
  }

  private async settle(request: Request): Promise<Record<string, unknown>> {
    const settled = await settle(this.service, request, this.firstOrigin++);
    this.books.add(settled);
    return JSON.parse(settled.answer);
  }

  private get world(): World {
    return this.service.world;
  }

  private async buy(): Promise<void> {
    const offer = pick(this.world.offers);
    const variables = { key: newId(), offerId: offer.id };
    const { id } = await this.settle({ what: 'redeem', person: pick(this.world.members), query: REDEEM, variables });
    this.vouchers.push({ id: String(id), merchantId: offer.merchantId });
  }

  private async use(): Promise<void> {
    const voucher = this.vouchers.shift();
    if (!voucher) return this.buy();
    const cashier = this.world.cashiers.find(({ merchant }) => merchant.id === voucher.merchantId)!;
    const code = voucherCode(this.world.deps.config.voucherKey, voucher.id);
    const variables = { key: newId(), code, outletId: cashier.merchant.outletId };
    await this.settle({ what: 'verify', person: cashier, query: VERIFY, variables });
  }

  private async charge(): Promise<void> {
    const [cashier, { phone }] = [pick(this.world.cashiers), pick(this.world.members)];
    const code = makeCardCode(phone, this.world.programmeId, new Date());
    const scan = { key: newId(), code, outletId: cashier.merchant.outletId };
    const { id: scanId } = await this.settle({ what: 'scan', person: cashier, query: SCAN, variables: scan });
    if (scanId === undefined) return;
    const variables = { key: newId(), scanId, billFen: 100 + randomInt(400) };
    await this.settle({ what: 'charge', person: cashier, query: CHARGE, variables });
  }

  private async record(): Promise<void> {
    const { programmeId, admin, members, deps } = this.world;
    const occurredOn = beijingDay(deps.clock.now());
    const events = Array.from({ length: 1 + randomInt(3) }, () => ({
      memberId: pick(members).subjectId,
      type: EVENT_TYPE,
      occurredOn,
      reference: newId(),
    }));
    await this.settle({
      what: 'record',
      person: admin,
      query: RECORD,
      variables: { key: newId(), programmeId, events },
    });
  }
}
