/** The 31 characters of GB 32100-2015, each standing for its place: no I, O, S, V, Z. */
const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** A licence’s code as people type it: small letters and blanks do not matter. */
export function normalCreditCode(text: string): string {
  return text.replace(/\s/g, '').toUpperCase();
}

/**
 * Whether a text is a 统一社会信用代码 by GB 32100-2015: authority and kind, six digits of the region, nine characters of
 * the organisation, and a check character over them all (weights 3^i, modulo 31).
 */
export function isCreditCode(text: string): boolean {
  if (!/^[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}$/.test(text)) return false;
  let sum = 0;
  let weight = 1;
  for (const character of text.slice(0, 17)) {
    sum += CHARACTERS.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return CHARACTERS.indexOf(text[17]!) === (31 - (sum % 31)) % 31;
}
