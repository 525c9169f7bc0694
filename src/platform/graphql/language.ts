import type { Language } from '../result.ts';

/** The language to answer in, from an Accept-Language header: the best-liked of Chinese and English, Chinese when neither is named. */
export function languageOf(acceptLanguage: string | undefined): Language {
  let language: Language = 'zh';
  let liking = 0;
  for (const part of acceptLanguage?.split(',', 20) ?? []) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
    const weight = quality === undefined ? 1 : Number(quality.trim().slice(2));
    const named = /^(zh|en)(-|$)/.exec(tag)?.[1] as Language | undefined;
    if (named && weight > liking) [language, liking] = [named, weight];
  }
  return language;
}
