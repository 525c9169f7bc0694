/** Numbers have four digits for the year since then; what was applied for before has expired. */
const FIRST_YEAR = 2003;

// Year, kind (发明 1, 实用新型 2, 外观设计 3, international 8 and 9), number in the year, check digit.
const FORM = /^(ZL)?(\d{4})([12389])(\d{7})\.?([\dX])$/;

/**
 * A Chinese patent number as it is kept, "ZL202310123456.7", or that of an application, "202310123456.7", however it was
 * typed; undefined for what can be none: of another form, of a year that is not come, or with a wrong check digit.
 */
export function readPatentNumber(text: string, now: Date): string | undefined {
  const plain = text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  const [, mark = '', year, kind, serial, check] = FORM.exec(plain) ?? [];
  if (Number(year) < FIRST_YEAR || Number(year) > now.getUTCFullYear() + 1) return undefined;
  const digits = `${year}${kind}${serial}`;
  return check !== undefined && check === checkDigit(digits) ? `${mark}${digits}.${check}` : undefined;
}

/** Weighted by 2 to 9 and again from 2, summed and divided by 11; a remainder of ten is X. */
export function checkDigit(digits: string): string {
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (2 + (i % 8)), 0);
  return sum % 11 === 10 ? 'X' : String(sum % 11);
}

/** The digits of a number that was read, which a patent and its application share. */
export function patentDigits(patentNumber: string): string {
  return patentNumber.replace(/^ZL/, '');
}
