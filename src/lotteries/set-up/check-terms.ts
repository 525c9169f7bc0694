import { In } from 'typeorm';
import { Operator } from '../../identity/operator.entity.ts';
import { Offer } from '../../marketplace/offer.entity.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Refusal } from '../../platform/result.ts';
import { Rule } from '../../rules/rule.entity.ts';
import { partyUnknown, prizeOfferUnknown, ticketRuleUnknown } from '../refusals.ts';
import { type LotteryTerms, wrongTerms } from './terms.ts';

/**
 * What is wrong with the terms of a lottery of a programme, or undefined. Refusals: those of wrongTerms, OFFER_UNKNOWN,
 * RULE_UNKNOWN, PARTY_UNKNOWN.
 */
export async function checkTerms(tx: Tx, programmeId: string, terms: LotteryTerms): Promise<Refusal | undefined> {
  return (
    wrongTerms(terms) ??
    (await unknownOffer(tx, programmeId, terms)) ??
    (await unknownRule(tx, programmeId, terms)) ??
    (await unknownParty(tx, terms))
  );
}

async function unknownOffer(tx: Tx, programmeId: string, { prizes }: LotteryTerms): Promise<Refusal | undefined> {
  const ids = prizes.flatMap(({ offerId }) => offerId ?? []);
  const found = new Set((await tx.findBy(Offer, { id: In(ids), programmeId })).map(({ id }) => id));
  const i = prizes.findIndex(({ offerId }) => offerId !== null && !found.has(offerId));
  return i < 0 ? undefined : prizeOfferUnknown(`prizes.${i}.offerId`);
}

async function unknownRule(tx: Tx, programmeId: string, { ticketRules }: LotteryTerms): Promise<Refusal | undefined> {
  const ids = ticketRules.map(({ ruleId }) => ruleId);
  const found = new Set((await tx.findBy(Rule, { id: In(ids), programmeId })).map(({ id }) => id));
  const i = ids.findIndex((id, at) => !found.has(id) || ids.indexOf(id) < at);
  return i < 0 ? undefined : ticketRuleUnknown(`ticketRules.${i}.ruleId`);
}

async function unknownParty(tx: Tx, { parties }: LotteryTerms): Promise<Refusal | undefined> {
  const ids = parties.map(({ operatorId }) => operatorId);
  const operators = await tx.findBy(Operator, { id: In(ids), door: 'admin' });
  const active = new Set(operators.filter(({ disabledAt }) => disabledAt === null).map(({ id }) => id));
  const i = ids.findIndex((id) => !active.has(id));
  return i < 0 ? undefined : partyUnknown(`parties.${i}.operatorId`);
}
