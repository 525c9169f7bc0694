import type { EntityManager } from 'typeorm';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { merchantNameTaken, textLength } from '../refusals.ts';
import { isText } from '../text.ts';
import { isCreditCode, normalCreditCode } from './credit-code.ts';
import { creditCodeTaken, creditCodeWrong } from './refusals.ts';

/** What stands on a merchant’s business licence. */
export interface Licence {
  legalName: string;
  creditCode: string;
}

/** The licence with its code in capitals. Refusals: TEXT_LENGTH (legalName), CREDIT_CODE_WRONG. */
export function readLicence({ legalName, creditCode }: Licence): Result<Licence> {
  if (!isText(legalName, 120)) return refuse(textLength('legalName', 120));
  const code = normalCreditCode(creditCode);
  return isCreditCode(code) ? accept({ legalName, creditCode: code }) : refuse(creditCodeWrong);
}

/**
 * Whether another living merchant has this name or licence already: MERCHANT_NAME_TAKEN, CREDIT_CODE_TAKEN, or
 * undefined. What both ask at one moment the unique keys decide.
 */
export async function takenByOther(
  db: EntityManager,
  { id, name, creditCode }: { id: string; name: string; creditCode: string | null },
): Promise<Refusal | undefined> {
  const [byName] = await db.query<{ id: string }[]>(
    'SELECT id FROM merchant WHERE name = ? AND is_living = 1 AND id <> ?',
    [name, id],
  );
  if (byName) return merchantNameTaken;
  const [byCode] = await db.query<{ id: string }[]>(
    'SELECT id FROM merchant WHERE credit_code = ? AND is_living = 1 AND id <> ?',
    [creditCode, id],
  );
  return byCode ? creditCodeTaken : undefined;
}
