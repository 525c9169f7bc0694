import type { Config } from '../platform/config.ts';
import { insertRows } from '../platform/db/sql.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { newId } from '../platform/ids.ts';
import { accept, type Refusal, type Result, refuse } from '../platform/result.ts';
import { memberStandings, programmeTerms } from '../unions/standing.ts';
import type { CardState } from './card.entity.ts';
import { type CardCode, openCardCode } from './card-code.ts';
import { KEY_LIFE_SECONDS, unixSecond } from './card-key.ts';
import {
  cardCodeExpired,
  cardCodeRefused,
  cardCodeUsed,
  cardKeyExpired,
  cardNotActive,
  clockSkew,
} from './code-refusals.ts';

const CODE_LIFE_SECONDS = 60;
const SKEW_SECONDS = 30;

/** Whose card a code shows, and in which programme. */
export interface CardShown {
  cardId: string;
  memberId: string;
  programmeId: string;
}

/** A card code that was judged, and not used up yet. */
export interface JudgedCode {
  outcome: Result<CardShown>;
  /** Undefined for one that cannot be read. */
  code: CardCode | undefined;
}

/**
 * Judges card codes without using them up, one answer for each in order; three statements, however many. The cards stay
 * locked (shared), so none is frozen between being read and the commit. Refusals, each at "code": CARD_CODE_REFUSED
 * (malformed, forged, of a programme that does not cover the member, of no card: all alike), CLOCK_SKEW,
 * CARD_CODE_EXPIRED (more than 60 seconds old, or made of a key that is void or older than 24 hours), CARD_NOT_ACTIVE
 * (also when the member has left).
 */
export async function judgeCardCodes(
  tx: Tx,
  config: Pick<Config, 'cardKey'>,
  texts: readonly string[],
  now: Date,
): Promise<JudgedCode[]> {
  const codes = texts.map((text) => openCardCode(config, text));
  const timely = codes.map((code) => (code ? (judgeTime(code, now) ?? code) : cardCodeRefused));
  const shown = await judgeCards(tx, timely);
  return shown.map((outcome, i) => ({ outcome, code: codes[i] }));
}

/**
 * Uses up the good ones of codes that `judgeCardCodes` judged. Of equal codes the first is used and the others are used
 * already, also when they come in two transactions: the second waits for the first. Refusals: the codes' own, and
 * CARD_CODE_USED.
 */
export async function useCardCodes(tx: Tx, judged: readonly JudgedCode[], now: Date): Promise<Result<CardShown>[]> {
  const good = judged.flatMap(({ outcome, code }) => (outcome.ok && code ? [code] : []));
  const fresh = await useUp(tx, good, now);
  return judged.map(({ outcome, code }) => (outcome.ok && !fresh.has(code!) ? refuse(cardCodeUsed) : outcome));
}

/** What speaks against the time that a code gives; undefined when nothing does. */
function judgeTime({ generation, madeAt }: CardCode, now: Date): Refusal | undefined {
  const second = unixSecond(now);
  // Made in the future, or before its key was handed out: only a clock that is wrong does that.
  if (madeAt > second + SKEW_SECONDS || madeAt < generation - SKEW_SECONDS) return clockSkew;
  if (now.getTime() > (madeAt + CODE_LIFE_SECONDS) * 1000) return cardCodeExpired;
  if (second >= generation + KEY_LIFE_SECONDS) return cardKeyExpired;
  return undefined;
}

interface Row {
  id: string;
  member_id: string;
  state: CardState;
  keys_from: number;
}

async function judgeCards(tx: Tx, codes: readonly (CardCode | Refusal)[]): Promise<Result<CardShown>[]> {
  const open = codes.filter((code) => 'mac' in code);
  const cards = await lockCards(tx, [...new Set(open.map(({ cardId }) => cardId))]);
  const members = await memberStandings(tx, [...new Set([...cards.values()].map((card) => card.member_id))]);
  const programmes = await programmeTerms(tx, [...new Set(open.map(({ programmeId }) => programmeId))]);
  return codes.map((code) => {
    if (!('mac' in code)) return refuse(code);
    const { cardId, programmeId, generation } = code;
    const card = cards.get(cardId);
    const member = card && members.get(card.member_id);
    const programme = programmes.get(programmeId);
    if (!card || !member || !programme || !member.unionPath.startsWith(programme.unionPath))
      return refuse(cardCodeRefused);
    if (card.state !== 'active' || member.state === 'left') return refuse(cardNotActive);
    if (generation < card.keys_from) return refuse(cardKeyExpired);
    return accept({ cardId, memberId: card.member_id, programmeId });
  });
}

async function lockCards(tx: Tx, ids: readonly string[]): Promise<Map<string, Row>> {
  if (ids.length === 0) return new Map();
  const rows: Row[] = await tx.query(
    'SELECT id, member_id, state, keys_from FROM card WHERE id IN (?) ORDER BY id LOCK IN SHARE MODE',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Writes codes down as used; returns those that nobody had used before. Of equal ones in the list it is the first. */
async function useUp(tx: Tx, codes: readonly CardCode[], now: Date): Promise<Set<CardCode>> {
  const byMac = new Map<string, CardCode>();
  for (const code of codes) {
    const mac = code.mac.toString('hex');
    if (!byMac.has(mac)) byMac.set(mac, code);
  }
  if (byMac.size === 0) return new Set();
  const useId = newId();
  // In one order, so that of two batches with the same codes one waits for the other, and not both.
  const rows = [...byMac.keys()].sort().map((mac) => [byMac.get(mac)!.mac, useId, now]);
  await insertRows(
    tx,
    'card_code_use',
    ['mac', 'use_id', 'used_at'],
    rows,
    'ON DUPLICATE KEY UPDATE mac = VALUES(mac)',
  );
  const used: { mac: Buffer }[] = await tx.query('SELECT mac FROM card_code_use WHERE mac IN (?) AND use_id = ?', [
    rows.map(([mac]) => mac),
    useId,
  ]);
  return new Set(used.map(({ mac }) => byMac.get(mac.toString('hex'))!));
}
