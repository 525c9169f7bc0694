import type { DataSource } from 'typeorm';
import { closeMonthsDefinition } from '../marketplace/settlement/job-definitions.ts';
import { enqueue } from '../platform/db/outbox.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import { accepted, askUntil, Client, jobLate, made, REFUSAL } from './client.ts';
import { uploadEvidence } from './evidence.ts';
import { findMember } from './hr.ts';
import { MERCHANTS } from './merchants.ts';
import { OFFERS } from './offers.ts';

/** What was sold in the month that is over: a ticket to each of these members, who were given 500 points for it. */
export const PAST_PATRONS = ['D0006', 'D0007'];
export const PAST_GIFT = { points: 500, reason: '演示：工会慰问' };
export const TICKET = OFFERS.find((offer) => offer.slug === 'cinema-ticket')!;
export const CINEMA = MERCHANTS.find((merchant) => merchant.slug === TICKET.merchant)!;
const CASHIER = `${CINEMA.slug}-1`;

const JOB_SECONDS = 60;

/** Lets members buy tickets and use them, at doors whose clock shows a day of the past month. */
export async function playPastMonth(admin: Client, programmeId: string, password: string): Promise<void> {
  const cashier = new Client(admin.url, 'merchant');
  accepted(await cashier.signIn(CASHIER, password));
  const { outlets } = await cashier.ask<{ outlets: { nodes: { id: string }[] } }>('{ outlets { nodes { id } } }');
  for (const staffNumber of PAST_PATRONS) {
    await givePoints(admin, programmeId, staffNumber);
    const code = await buyTicket(admin.url, staffNumber);
    await made(
      cashier,
      `mutation ($requestNumber: String!, $outletId: Id!, $code: String!) {
        verifyVoucher(requestNumber: $requestNumber, outletId: $outletId, code: $code) {
          ${REFUSAL} ... on Verification { id }
        }
      }`,
      { requestNumber: `demo:past:${staffNumber}`, outletId: outlets.nodes[0]?.id, code },
    );
  }
}

/** Gives a member points by hand, unless an earlier run did: the document would be another one. */
async function givePoints(admin: Client, programmeId: string, staffNumber: string): Promise<void> {
  const key = `demo:past:points:${staffNumber}`;
  const { outcome } = await admin.ask<{ outcome: object | null }>(
    'query ($key: String!) { outcome(key: $key) { accepted } }',
    { key },
  );
  if (outcome) return;
  const memberId = await findMember(admin, staffNumber);
  const evidenceIds = [accepted(await uploadEvidence(admin, '慰问通知.png'))];
  await made(
    admin,
    `mutation (
      $key: String!, $programmeId: Id!, $memberId: Id!, $points: Points!, $reason: String!, $evidenceIds: [Id!]!
    ) {
      adjustPoints(
        key: $key, programmeId: $programmeId, memberId: $memberId, points: $points, reason: $reason
        evidenceIds: $evidenceIds
      ) { ${REFUSAL} ... on Adjustment { id } }
    }`,
    { key, programmeId, memberId, evidenceIds, ...PAST_GIFT },
  );
}

/** Resolves with the voucher's code. */
async function buyTicket(url: string, staffNumber: string): Promise<string> {
  const member = new Client(url, 'member');
  accepted(await member.signInAsMember(staffNumber));
  const { offers } = await member.ask<{ offers: { nodes: { id: string; title: string }[] } }>(
    '{ offers(first: 100) { nodes { id title } } }',
  );
  const redemption = accepted(
    await member.act<{ voucher: { code: string } }>(
      `mutation ($key: String!, $offerId: Id!) {
        redeem(key: $key, offerId: $offerId) { ${REFUSAL} ... on Redemption { voucher { code } } }
      }`,
      { key: 'demo:past:ticket', offerId: offers.nodes.find((offer) => offer.title === TICKET.title)?.id },
    ),
  );
  return redemption.voucher.code;
}

/**
 * Wakes the job that closes months, as the start of the job process does, and waits for the statement of the past one.
 * Throws when that takes more than a minute.
 */
export async function settlePastMonth(db: DataSource, admin: Client, programmeId: string): Promise<void> {
  await inTransaction(db, (tx) => enqueue(tx, closeMonthsDefinition, {}, new Date()));
  const closed = async () => {
    const { settlementStatements } = await admin.ask<{ settlementStatements: { nodes: { id: string }[] } }>(
      'query ($programmeId: Id!) { settlementStatements(programmeId: $programmeId) { nodes { id } } }',
      { programmeId },
    );
    return settlementStatements.nodes.length;
  };
  const count = await askUntil(closed, (seen) => seen > 0, JOB_SECONDS);
  if (count === 0) throw new Error(jobLate('往月的结算 the settlement of the past month', JOB_SECONDS));
}
