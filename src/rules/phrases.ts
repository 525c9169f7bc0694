import type { Message } from '../platform/result.ts';

/** The names of unions by their ids, as far as the reader is told them. */
export type UnionNames = ReadonlyMap<string, string>;

const enNumber = new Intl.NumberFormat('en');
const plurals = new Intl.PluralRules('en');

/** "1 point", "1,200 points". */
export function count(number: number, thing: string): string {
  return `${enNumber.format(number)} ${plurals.select(number) === 'one' ? thing : `${thing}s`}`;
}

export function mapped(words: Message, zh: (text: string) => string, en: (text: string) => string): Message {
  return { zh: zh(words.zh), en: en(words.en) };
}

/** Words put where a sentence has {}. */
export function within(words: Message, zh: string, en: string): Message {
  return mapped(
    words,
    (text) => zh.replace('{}', () => text),
    (text) => en.replace('{}', () => text),
  );
}

/** Several words with something between them. */
export function joined(words: readonly Message[], between: Message): Message {
  return { zh: words.map((one) => one.zh).join(between.zh), en: words.map((one) => one.en).join(between.en) };
}

/** "大专、本科或硕士", "大专, 本科 or 硕士". */
export function either(words: readonly Message[]): Message {
  const last = words.at(-1)!;
  if (words.length === 1) return last;
  return joined([joined(words.slice(0, -1), { zh: '、', en: ', ' }), last], { zh: '或', en: ' or ' });
}

/** One of these unions, by name; those whose names are not told as 指定分支. */
export function unionsInWords(ids: readonly string[], names?: UnionNames): Message {
  const known = ids.flatMap((id) => names?.get(id) ?? []);
  const told = known.map((name) => ({ zh: name, en: name }));
  return either(known.length === ids.length ? told : [...told, { zh: '指定分支', en: 'a named branch' }]);
}
