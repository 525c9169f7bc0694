import type { BeijingDay } from '../../platform/clock.ts';
import type { Refusal } from '../../platform/result.ts';
import { termOutOfRange } from '../../unions/refusals.ts';
import { textLength } from '../refusals.ts';
import { isText } from '../text.ts';
import type { SettlementMode } from './contract.entity.ts';
import { alertNotPrepaid, contractDays, discountWithoutWords } from './refusals.ts';

/** What is agreed with a merchant, before it is signed. */
export interface ContractTerms {
  /** As on the paper, 1 to 40 characters, unique in the programme; null for one that is made here. */
  number: string | null;
  fromDay: BeijingDay;
  untilDay: BeijingDay | null;
  /** The merchant’s own price of a point in fen; null for the programme’s. */
  pointPriceFen: number | null;
  /** 1 to 100 characters; null when nothing was agreed. */
  discount: string | null;
  /** How many per cent the discount takes off a bill, 1 to 99; null where its words say it some other way. */
  discountPercent: number | null;
  settlement: SettlementMode;
  /** Fen; for prepaid only. */
  alertBelowFen: number | null;
}

const EARLIEST = '2000-01-01';
const LATEST = '2099-12-31';

/** Fen and per cent, both included. */
const RANGES = {
  pointPriceFen: [0, 1_000_000],
  discountPercent: [1, 99],
  alertBelowFen: [0, 2_000_000_000],
} as const;

/** The contract of an admin who signs directly: from this day on without end, at the programme’s price, postpaid. */
export function openTerms(fromDay: BeijingDay): ContractTerms {
  return {
    number: null,
    fromDay,
    untilDay: null,
    pointPriceFen: null,
    discount: null,
    discountPercent: null,
    settlement: 'postpaid',
    alertBelowFen: null,
  };
}

/**
 * What is wrong with the terms of a contract, or undefined. Refusals: TEXT_LENGTH (number, discount), CONTRACT_DAYS,
 * DISCOUNT_WITHOUT_WORDS, ALERT_NOT_PREPAID, TERM_OUT_OF_RANGE (pointPriceFen, discountPercent, alertBelowFen).
 */
export function badContractTerms(terms: ContractTerms): Refusal | undefined {
  const { number, fromDay, untilDay, discount, discountPercent, settlement, alertBelowFen } = terms;
  if (number !== null && !isText(number, 40)) return textLength('number', 40);
  if (fromDay < EARLIEST || fromDay > LATEST) return contractDays('fromDay');
  if (untilDay !== null && (untilDay < fromDay || untilDay > LATEST)) return contractDays('untilDay');
  if (discount !== null && !isText(discount, 100)) return textLength('discount', 100);
  if (discount === null && discountPercent !== null) return discountWithoutWords;
  if (alertBelowFen !== null && settlement !== 'prepaid') return alertNotPrepaid;
  for (const term of ['pointPriceFen', 'discountPercent', 'alertBelowFen'] as const) {
    const [least, most] = RANGES[term];
    const given = terms[term] ?? least;
    if (!Number.isSafeInteger(given) || given < least || given > most) return termOutOfRange(term, least, most);
  }
  return undefined;
}
