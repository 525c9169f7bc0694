import { decrypt, encrypt, maskIdNumber, maskPhone, type PersonalDataKeys } from '../identity/personal-data.ts';
import type { Member } from './member.entity.ts';

// What the ciphers of a member's row are for; see `encrypt`.
const PHONE = 'member.phone';
const ID_NUMBER = 'member.id-number';

/** Enciphers a phone number for member.phone_cipher. */
export function encryptPhone(keys: PersonalDataKeys, phone: string): Buffer {
  return encrypt(keys, PHONE, phone);
}

/** Enciphers an ID number for member.id_number_cipher. */
export function encryptIdNumber(keys: PersonalDataKeys, idNumber: string): Buffer {
  return encrypt(keys, ID_NUMBER, idNumber);
}

/** The last four characters of a member's ID number; null when the roster has none. */
export function lastFourOfId(keys: PersonalDataKeys, member: Pick<Member, 'idNumberCipher'>): string | null {
  return member.idNumberCipher === null ? null : decrypt(keys, ID_NUMBER, member.idNumberCipher).slice(-4);
}

/** A member's phone number with its middle hidden, "138****1234"; null when the roster has none. */
export function maskedPhone(keys: PersonalDataKeys, member: Pick<Member, 'phoneCipher'>): string | null {
  return member.phoneCipher === null ? null : maskPhone(decrypt(keys, PHONE, member.phoneCipher));
}

/** A member's ID number with its middle hidden; null when the roster has none. */
export function maskedIdNumber(keys: PersonalDataKeys, member: Pick<Member, 'idNumberCipher'>): string | null {
  return member.idNumberCipher === null ? null : maskIdNumber(decrypt(keys, ID_NUMBER, member.idNumberCipher));
}
