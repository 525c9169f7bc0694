import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { encrypt } from '../../identity/personal-data.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { isLine } from '../../unions/line.ts';
import { LARGEST_STOCK, offerEnded, stockOutOfRange } from '../refusals.ts';
import { lockStock } from '../releases/stock.ts';
import { offerInScope } from '../scope.ts';
import { POOL_CODE, poolCodeHash } from './pool-code.ts';
import { CODES_AT_ONCE, codeDuplicate, codeMalformed, codesOutOfRange, LONGEST_CODE, noPool } from './refusals.ts';

/**
 * Adds up to 500 of the merchant's own codes to the pool of an offer (offers:write in its programme's union), all or
 * none; each is sold once, in this order, and each adds a piece to the stock. Resolves with the offer's id; audited with
 * their number. Refusals: OFFER_UNKNOWN, OFFER_ENDED, NO_POOL, CODES_OUT_OF_RANGE, CODE_MALFORMED and CODE_DUPLICATE at
 * the line, STOCK_OUT_OF_RANGE.
 */
export async function importCodes(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  { offerId, codes }: { offerId: string; codes: readonly string[] },
): Promise<Outcome> {
  const hashes = codes.map((code) => poolCodeHash(deps.config.voucherKey, code));
  // What is stored of the input is a plain hash, from which a short code could be guessed; hence the keyed ones.
  const input = { offerId, codes: hashes.map((hash) => hash.toString('hex')) };
  return act(deps, caller, { operation: 'importOfferCodes', key, input }, async (tx, now) => {
    const found = await offerInScope(tx, caller, 'offers:write', offerId);
    if (!found.ok) return found;
    const { offer, unionId } = found.value;
    if (offer.state === 'ended') return refuse(offerEnded);
    if (offer.codeSource !== 'pool') return refuse(noPool);
    const malformed = wrongCodes(codes, input.codes);
    if (malformed) return refuse(malformed);
    // Whoever adds to a pool or sells from it holds its stock, so numbers have no gap and none is given twice.
    const stock = (await lockStock(tx, [offerId], now)).get(offerId)!;
    const known = await findKnown(tx, offerId, hashes);
    const duplicate = input.codes.findIndex((hash) => known.has(hash));
    if (duplicate !== -1) return refuse(codeDuplicate(duplicate, null));
    if (stock.remaining + codes.length > LARGEST_STOCK) return refuse(stockOutOfRange('codes'));
    await insertRows(
      tx,
      'offer_code',
      ['offer_id', 'number', 'code_hash', 'code_cipher', 'imported_at'],
      codes.map((code, i) => [
        offerId,
        stock.codesTaken + stock.remaining + i + 1,
        hashes[i]!,
        encrypt(deps.config.personalData, POOL_CODE, code),
        now,
      ]),
    );
    await tx.query('UPDATE offer_stock SET remaining = remaining + ? WHERE offer_id = ?', [codes.length, offerId]);
    const target = { targetKind: 'offer', targetId: offerId, unionId };
    const after = { imported: codes.length };
    await recordAudit(tx, { actor: caller.actor, action: 'importOfferCodes', ...target, after }, now);
    return accept(offerId);
  });
}

function wrongCodes(codes: readonly string[], hashes: readonly string[]): Refusal | undefined {
  if (codes.length < 1 || codes.length > CODES_AT_ONCE) return codesOutOfRange;
  const places = new Map<string, number>();
  for (const [i, code] of codes.entries()) {
    if (!isLine(code, LONGEST_CODE)) return codeMalformed(i);
    const first = places.get(hashes[i]!);
    if (first !== undefined) return codeDuplicate(i, first);
    places.set(hashes[i]!, i);
  }
  return undefined;
}

/** Which of these codes the pool has already, as hex. */
async function findKnown(tx: Tx, offerId: string, hashes: readonly Buffer[]): Promise<Set<string>> {
  const rows: { code_hash: Buffer }[] = await tx.query(
    'SELECT code_hash FROM offer_code WHERE offer_id = ? AND code_hash IN (?)',
    [offerId, hashes],
  );
  return new Set(rows.map((row) => row.code_hash.toString('hex')));
}
