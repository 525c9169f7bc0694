import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { Config } from '../platform/config.ts';

/** The key ring that enciphers personal data, newest key first, and the key of the hashes that find it. */
export type PersonalDataKeys = Config['personalData'];

const IV_BYTES = 12;
const TAG_BYTES = 16;

function additionalData(keyName: string, purpose: string): Buffer {
  return Buffer.from(`${keyName}\0${purpose}`, 'utf8');
}

/**
 * Enciphers a text with the newest key (AES-256-GCM, a random IV each time). `purpose` says what it is and of whom, e.g.
 * "member.phone"; the cipher opens for the same purpose only, so one column's cipher is worthless in another.
 * The result is: length of the key's name, the name, IV, tag, cipher text; about 40 bytes more than the text.
 */
export function encrypt(keys: PersonalDataKeys, purpose: string, text: string): Buffer {
  const newest = keys.keys[0];
  if (!newest) throw new Error('the key ring of personal data is empty');
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', newest.key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(additionalData(newest.name, purpose));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const name = Buffer.from(newest.name, 'ascii');
  return Buffer.concat([Buffer.from([name.length]), name, iv, cipher.getAuthTag(), body]);
}

/** Opens what `encrypt` made, with any key of the ring. Throws on another purpose, a missing key, or a changed byte. */
export function decrypt(keys: PersonalDataKeys, purpose: string, cipherText: Buffer): string {
  const nameEnd = 1 + (cipherText[0] ?? 0);
  const bodyStart = nameEnd + IV_BYTES + TAG_BYTES;
  if (cipherText.length < bodyStart) throw new Error('not a cipher text of personal data: too short');
  const name = cipherText.toString('ascii', 1, nameEnd);
  const key = keys.keys.find((one) => one.name === name)?.key;
  if (!key) throw new Error(`PERSONAL_DATA_KEYS has no key "${name}", with which this was enciphered`);
  const iv = cipherText.subarray(nameEnd, nameEnd + IV_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(additionalData(name, purpose));
  decipher.setAuthTag(cipherText.subarray(nameEnd + IV_BYTES, bodyStart));
  return Buffer.concat([decipher.update(cipherText.subarray(bodyStart)), decipher.final()]).toString('utf8');
}

/** An ID number as it is compared: no blanks, full-width digits narrowed, the check letter X in upper case. */
export function normaliseIdNumber(idNumber: string): string {
  return idNumber.normalize('NFKC').replace(/\s/g, '').toUpperCase();
}

/** A Chinese phone number as it is compared: digits only, without +86. */
export function normalisePhone(phone: string): string {
  return phone
    .normalize('NFKC')
    .replace(/[\s()-]/g, '')
    .replace(/^(\+|00)86|^86(?=1\d{10}$)/, '');
}

function keyedHash(keys: PersonalDataKeys, field: string, text: string): Buffer {
  return createHmac('sha256', keys.hashKey).update(`${field}\0${text}`).digest();
}

/** The 32 bytes by which an ID number is found without being opened; however it was typed. */
export function hashIdNumber(keys: PersonalDataKeys, idNumber: string): Buffer {
  return keyedHash(keys, 'id-number', normaliseIdNumber(idNumber));
}

/** The 32 bytes by which a phone number is found without being opened; however it was typed. */
export function hashPhone(keys: PersonalDataKeys, phone: string): Buffer {
  return keyedHash(keys, 'phone', normalisePhone(phone));
}

/** Keeps so many characters at the two ends; all is hidden when nothing would be left to hide. */
function mask(text: string, head: number, tail: number): string {
  const letters = [...text];
  if (letters.length <= head + tail) return '*'.repeat(letters.length);
  const hidden = '*'.repeat(letters.length - head - tail);
  return letters.slice(0, head).join('') + hidden + letters.slice(letters.length - tail).join('');
}

/** 王小明 -> 王*明, 李雷 -> 李*, 欧阳娜娜 -> 欧**娜. */
export function maskName(name: string): string {
  return [...name].length === 2 ? mask(name, 1, 0) : mask(name, 1, 1);
}

/** 13812341234 -> 138****1234. */
export function maskPhone(phone: string): string {
  return mask(normalisePhone(phone), 3, 4);
}

/** 110101199003070011 -> 110*************11: neither the birthday nor the order of birth can be read. */
export function maskIdNumber(idNumber: string): string {
  return mask(normaliseIdNumber(idNumber), 3, 2);
}
