import { numberOutOfRange, textLength } from '../../judging/panels/refusals.ts';
import type { Refusal } from '../../platform/result.ts';
import { isLine } from '../../unions/line.ts';
import { paragraphLength } from './refusals.ts';

/** Refuses what is no whole number between two, both inclusive: NUMBER_OUT_OF_RANGE. */
export function outside(at: string, value: number, least: number, most: number): Refusal | undefined {
  return Number.isInteger(value) && value >= least && value <= most ? undefined : numberOutOfRange(at, least, most);
}

/** Refuses what is no line of 1 to `most` characters: TEXT_LENGTH. */
export function wrongLine(at: string, text: string, most: number): Refusal | undefined {
  return isLine(text, most) ? undefined : textLength(at, most);
}

/** Refuses a text of several lines that is empty, too long or has spaces at its ends: TEXT_LENGTH. */
export function wrongText(at: string, text: string, most: number): Refusal | undefined {
  const fits = text.length >= 1 && text.length <= most && text.trim() === text;
  return fits ? undefined : paragraphLength(at, most);
}
