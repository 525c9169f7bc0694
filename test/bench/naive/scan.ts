/** A scan of a card code as a good engineer writes it by hand: one transaction, every check and every row that ours has. */
import type { Connection } from 'mysql2/promise';
import { type CardCode, openCardCode } from '../../../src/cards/card-code.ts';
import { KEY_LIFE_SECONDS, unixSecond } from '../../../src/cards/card-key.ts';
import * as code from '../../../src/cards/code-refusals.ts';
import * as no from '../../../src/marketplace/counter/refusals.ts';
import { beijingDay } from '../../../src/platform/clock.ts';
import type { Config } from '../../../src/platform/config.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accept, type Refusal, type Result, refuse } from '../../../src/platform/result.ts';
import { change, outcomeBefore, rows, storeAccepted, storeRefused } from './statements.ts';

interface Shown {
  operatorId: string;
  merchantId: string;
  outletId: string;
  requestNumber: string;
  code: string;
}

interface Found {
  cardId: string;
  memberId: string;
  cardState: string;
  keysFrom: number;
  memberState: string;
  memberPath: string;
  programmePath: string;
  merchantState: string | null;
  contractId: string | null;
  discount: string | null;
}

/** Reads a member's card code at a counter and uses it up. */
export async function scanNaively(c: Connection, shown: Shown, config: Config): Promise<Result<string>> {
  const now = new Date();
  const { operatorId, merchantId, outletId, requestNumber } = shown;
  const input = { outletId, code: shown.code, billFen: null };
  const request = { actor: `merchant:${merchantId}`, key: requestNumber, operation: 'scanCard', input };
  const before = await outcomeBefore(c, request);
  if (before !== 'first') return scannedBefore(c, shown);
  const refused = async (refusal: Refusal) => {
    await storeRefused(c, request, refusal, now);
    return refuse(refusal);
  };

  const card = openCardCode(config, shown.code);
  if (!card) return refused(code.cardCodeRefused);
  const found = await findCard(c, card, shown, beijingDay(now));
  const refusal = refusalOfTime(card, now) ?? refusalOfCard(found, card);
  if (refusal || !found) return refused(refusal ?? code.cardCodeRefused);
  const id = newId();
  const used = await change(c, 'INSERT IGNORE INTO card_code_use (mac, use_id, used_at) VALUES (?, ?, ?)', [
    card.mac,
    id,
    now,
  ]);
  if (used === 0) return refused(code.cardCodeUsed);
  await change(
    c,
    `INSERT INTO card_scan (id, programme_id, merchant_id, outlet_id, operator_id, card_id, member_id, contract_id,
                            request_number, discount, bill_fen, scanned_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)`,
    [
      id,
      card.programmeId,
      merchantId,
      outletId,
      operatorId,
      found.cardId,
      found.memberId,
      found.contractId,
      requestNumber,
      found.discount,
      now,
    ],
  );
  await storeAccepted(c, request, id, now);
  await c.commit();
  return accept(id);
}

/** What the same request number did before: the scan, or the refusal. */
async function scannedBefore(c: Connection, { merchantId, requestNumber }: Shown): Promise<Result<string>> {
  const [stored] = await rows<{ outcome: string }>(
    c,
    'SELECT outcome FROM idempotency WHERE actor = ? AND idempotency_key = ?',
    [`merchant:${merchantId}`, requestNumber],
  );
  await c.commit();
  return JSON.parse(stored!.outcome);
}

/** The card, locked (shared) with all that is judged of it. */
async function findCard(c: Connection, card: CardCode, shown: Shown, day: string): Promise<Found | undefined> {
  const [found] = await rows<Found>(
    c,
    `SELECT card.id AS cardId, card.member_id AS memberId, card.state AS cardState, card.keys_from AS keysFrom,
            member.state AS memberState, mu.path AS memberPath, pu.path AS programmePath,
            merchant.state AS merchantState, contract.id AS contractId, contract.discount
     FROM card
     JOIN member ON member.id = card.member_id
     JOIN union_node mu ON mu.id = member.union_id
     JOIN programme ON programme.id = ?
     JOIN union_node pu ON pu.id = programme.union_id
     LEFT JOIN outlet ON outlet.id = ? AND outlet.merchant_id = ?
     LEFT JOIN merchant ON merchant.id = outlet.merchant_id
     LEFT JOIN contract ON contract.programme_id = programme.id AND contract.merchant_id = merchant.id
       AND contract.from_day <= ? AND (contract.until_day IS NULL OR contract.until_day >= ?)
     WHERE card.id = ? LOCK IN SHARE MODE`,
    [card.programmeId, shown.outletId, shown.merchantId, day, day, card.cardId],
  );
  return found;
}

function refusalOfTime({ generation, madeAt }: CardCode, now: Date): Refusal | undefined {
  const second = unixSecond(now);
  if (madeAt > second + 30 || madeAt < generation - 30) return code.clockSkew;
  if (now.getTime() > (madeAt + 60) * 1000) return code.cardCodeExpired;
  return second >= generation + KEY_LIFE_SECONDS ? code.cardKeyExpired : undefined;
}

function refusalOfCard(found: Found | undefined, { generation }: CardCode): Refusal | undefined {
  if (!found?.memberPath.startsWith(found.programmePath)) return code.cardCodeRefused;
  if (found.merchantState === null) return no.outletNotYours;
  if (found.cardState !== 'active' || found.memberState === 'left') return code.cardNotActive;
  if (generation < found.keysFrom) return code.cardKeyExpired;
  if (found.merchantState !== 'active') return no.merchantNotActive;
  if (found.contractId === null) return no.contractNotInForce;
  return found.memberState === 'active' ? undefined : no.cardHolderNotActive;
}
