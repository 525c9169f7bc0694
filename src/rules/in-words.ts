import type { Message } from '../platform/result.ts';
import type { RuleDefinition } from './definition.ts';

const enNumber = new Intl.NumberFormat('en');

/** What a rule pays, for a person: one line for each tier, then how often. */
export function linesInWords({ award, occurrence }: RuleDefinition): Message[] {
  const tiers = award.kind === 'fixed' ? [{ value: '', points: award.points }] : award.tiers;
  return [...tiers.map(({ value, points }) => tierInWords(value, points)), occurrenceInWords(occurrence)];
}

/** A rule with its name in one sentence: "学历提升：大专 2000 分；本科 2000 分；每个学历层次一次。" */
export function inWords(name: string, definition: RuleDefinition): Message {
  const lines = linesInWords(definition);
  return {
    zh: `${name}：${lines.map((line) => line.zh).join('；')}。`,
    en: `${name}: ${lines.map((line) => line.en).join('; ')}.`,
  };
}

function tierInWords(value: string, points: number): Message {
  const en = `${enNumber.format(points)} ${points === 1 ? 'point' : 'points'}`;
  return value === '' ? { zh: `${points} 分`, en } : { zh: `${value} ${points} 分`, en: `${value} ${en}` };
}

function occurrenceInWords(occurrence: RuleDefinition['occurrence']): Message {
  if (occurrence.kind === 'event') return { zh: '每次都计', en: 'every time' };
  if (occurrence.kind === 'ever') return { zh: '每人一次', en: 'once for each member' };
  const names = occurrence.attributes;
  return { zh: `每个${names.join('、')}一次`, en: `once for each ${names.join(' and ')}` };
}
