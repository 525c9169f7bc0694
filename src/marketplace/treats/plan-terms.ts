import { type EntityManager, In } from 'typeorm';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { termOutOfRange } from '../../unions/refusals.ts';
import { Outlet } from '../outlet.entity.ts';
import { ProgrammeMerchant } from '../programme-merchant.entity.ts';
import { LARGEST_STOCK, outletUnknown, textLength } from '../refusals.ts';
import { isText } from '../text.ts';
import type { WhenRest } from './plan.entity.ts';
import type { TreatLine } from './queries.ts';
import { MOST_LINES, treatLinesOutOfRange, treatTimeMalformed } from './refusals.ts';

/** What an admin lays down for a treat. */
export interface TreatTerms {
  /** 1 to 40 characters; members see it. */
  name: string;
  /** 1 to 28. */
  dayOfMonth: number;
  whenRest: WhenRest;
  /** The minute of Beijing's day, "10:00". */
  opens: string;
  /** 0 to 20. */
  daysAhead: number;
  /** 1 to 50. */
  lines: readonly TermsLine[];
}

/** What is given at an outlet. */
export interface TermsLine {
  outletId: string;
  /** 1 to 60 characters, 奶茶一杯; the title of its offer. */
  what: string;
  /** 1 to 10,000,000. */
  quantity: number;
}

const LONGEST_NAME = 40;
const LONGEST_WHAT = 60;

/** Both included. */
const RANGES = { dayOfMonth: [1, 28], daysAhead: [0, 20] } as const;

/**
 * The lines of these terms, each with the merchant whose outlet it names. Whether a merchant is under contract is asked
 * when a round is put up. Refusals: TEXT_LENGTH (name, a line's what), TERM_OUT_OF_RANGE (dayOfMonth, daysAhead, a
 * line's quantity), TREAT_TIME_MALFORMED, TREAT_LINES_OUT_OF_RANGE, OUTLET_UNKNOWN (also of a merchant that does not
 * serve the programme); `at` names the place in `plan`.
 */
export async function checkTerms(
  db: EntityManager,
  programmeId: string,
  terms: TreatTerms,
): Promise<Result<TreatLine[]>> {
  const wrong = wrongTerms(terms) ?? wrongLine(terms.lines);
  if (wrong) return refuse(wrong);
  const merchants = await merchantsOf(db, programmeId, terms.lines);
  const lines: TreatLine[] = [];
  for (const [i, { outletId, what, quantity }] of terms.lines.entries()) {
    const merchantId = merchants.get(outletId);
    if (merchantId === undefined) return refuse({ ...outletUnknown, at: `plan.lines.${i}.outletId` });
    lines.push({ number: i + 1, merchantId, outletId, what, quantity });
  }
  return accept(lines);
}

function wrongTerms(terms: TreatTerms): Refusal | undefined {
  if (!isText(terms.name, LONGEST_NAME)) return textLength('plan.name', LONGEST_NAME);
  for (const term of ['dayOfMonth', 'daysAhead'] as const) {
    const [least, most] = RANGES[term];
    if (!isWithin(terms[term], least, most)) return termOutOfRange(`plan.${term}`, least, most);
  }
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(terms.opens) ? undefined : treatTimeMalformed;
}

function wrongLine(lines: readonly TermsLine[]): Refusal | undefined {
  if (!isWithin(lines.length, 1, MOST_LINES)) return treatLinesOutOfRange;
  for (const [i, { what, quantity }] of lines.entries()) {
    if (!isText(what, LONGEST_WHAT)) return textLength(`plan.lines.${i}.what`, LONGEST_WHAT);
    if (!isWithin(quantity, 1, LARGEST_STOCK)) return termOutOfRange(`plan.lines.${i}.quantity`, 1, LARGEST_STOCK);
  }
  return undefined;
}

function isWithin(count: number, least: number, most: number): boolean {
  return Number.isSafeInteger(count) && count >= least && count <= most;
}

/** The merchants of these outlets that serve the programme, by outlet. */
async function merchantsOf(
  db: EntityManager,
  programmeId: string,
  lines: readonly TermsLine[],
): Promise<Map<string, string>> {
  const outlets = await db.find(Outlet, { where: { id: In(lines.map((line) => line.outletId)) } });
  const merchantId = In(outlets.map((outlet) => outlet.merchantId));
  const serving = await db.find(ProgrammeMerchant, { where: { programmeId, merchantId } });
  const served = new Set(serving.map((one) => one.merchantId));
  return new Map(
    outlets.filter((outlet) => served.has(outlet.merchantId)).map((outlet) => [outlet.id, outlet.merchantId]),
  );
}
