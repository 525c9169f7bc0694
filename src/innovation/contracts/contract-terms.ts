import type { BeijingDay } from '../../platform/clock.ts';
import type { Refusal } from '../../platform/result.ts';
import { isLine } from '../../unions/line.ts';
import { LARGEST_FUND, LONGEST_NAME, LONGEST_NUMBER, MOST_COVERED, MOST_ROWS, WHOLE } from './limits.ts';
import {
  contractDays,
  coveredOutOfRange,
  fundOutOfRange,
  pointsPartOutOfRange,
  pointsProgramme,
  rewardShareOutOfRange,
  rewardTableMalformed,
  textMalformed,
} from './refusals.ts';
import type { RewardRow, RewardRule } from './reward-rule.ts';

/** What a firm and its union signed. */
export interface ContractTerms {
  number: string;
  name: string;
  signedOn: BeijingDay;
  validFrom: BeijingDay;
  validUntil: BeijingDay;
  covered: number;
  fundFen: number;
  reward: RewardRule;
  /** In hundredths of a per cent. */
  pointsPart: number;
  programmeId: string | null;
}

const EARLIEST = '2000-01-01';
const LATEST = '2099-12-31';

/**
 * What is wrong with the terms of a contract by themselves, or undefined; `today` is in Beijing. Refusals at places of
 * `contract`: TEXT_MALFORMED, CONTRACT_DAYS, COVERED_OUT_OF_RANGE, FUND_OUT_OF_RANGE, REWARD_SHARE_OUT_OF_RANGE,
 * REWARD_TABLE_MALFORMED, POINTS_PART_OUT_OF_RANGE, POINTS_PROGRAMME.
 */
export function badContractTerms(terms: ContractTerms, today: BeijingDay): Refusal | undefined {
  const { number, name, covered, fundFen, pointsPart, programmeId } = terms;
  if (!isLine(number, LONGEST_NUMBER)) return textMalformed('contract.number', LONGEST_NUMBER);
  if (!isLine(name, LONGEST_NAME)) return textMalformed('contract.name', LONGEST_NAME);
  const days = badDays(terms, today);
  if (days) return days;
  if (!isWhole(covered, 1, MOST_COVERED)) return coveredOutOfRange;
  if (!isWhole(fundFen, 1, LARGEST_FUND)) return fundOutOfRange;
  const rule = badRule(terms.reward);
  if (rule) return rule;
  if (!isWhole(pointsPart, 0, WHOLE)) return pointsPartOutOfRange;
  return pointsPart > 0 === (programmeId !== null) ? undefined : pointsProgramme;
}

function badDays({ signedOn, validFrom, validUntil }: ContractTerms, today: BeijingDay): Refusal | undefined {
  if (signedOn < EARLIEST || signedOn > today) return contractDays('contract.signedOn');
  if (validFrom < EARLIEST) return contractDays('contract.validFrom');
  return validUntil < validFrom || validUntil > LATEST ? contractDays('contract.validUntil') : undefined;
}

function badRule(rule: RewardRule): Refusal | undefined {
  if (rule.kind === 'table') return badTable(rule.rows);
  const { share, mostFen } = rule;
  const limited = mostFen === null || isWhole(mostFen, 1, LARGEST_FUND);
  return isWhole(share, 1, WHOLE) && limited ? undefined : rewardShareOutOfRange;
}

function badTable(rows: readonly RewardRow[]): Refusal | undefined {
  if (rows.length < 1 || rows.length > MOST_ROWS) return rewardTableMalformed();
  let before = { fromFen: -1, rewardFen: 1 };
  for (const [i, row] of rows.entries()) {
    const rises = isWhole(row.fromFen, before.fromFen + 1, LARGEST_FUND);
    if (!rises || !isWhole(row.rewardFen, before.rewardFen, LARGEST_FUND)) return rewardTableMalformed(i);
    before = row;
  }
  return undefined;
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}
