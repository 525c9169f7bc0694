import type { CardState } from '../../src/cards/card.entity.ts';
import { createIssuer } from '../../src/cards/create-issuer.ts';
import { handOutKey } from '../../src/cards/hand-out-key.ts';
import { issueCard } from '../../src/cards/issue-card.ts';
import { judgeCardCodes, useCardCodes } from '../../src/cards/read-card-code.ts';
import { setCardState } from '../../src/cards/set-card-state.ts';
import type { MemberCaller } from '../../src/identity/caller.ts';
import { inTransaction, type Tx } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { type KeyOnPhone, makeCardCode } from '../support/card-code.ts';
import type { TestDeps } from '../support/deps.ts';
import { accepted, aMember, anAdmin, aProgramme, aTree, aUnion } from '../unions/tree.ts';

export const PREFIX = '888800';

/** A province whose city East issues cards, with an admin, a programme, and a member who has a card. */
export async function aCardWorld() {
  const tree = await aTree();
  const { deps, east, eastWorks } = tree;
  const programmeId = await aProgramme(deps, east, '幸福账户');
  const admin = await anAdmin(deps, [east]);
  const issuerId = accepted(
    await createIssuer(deps, admin, newId(), { unionId: east, name: '工会会员卡', prefix: PREFIX }),
  );
  const memberId = await aMember(deps, eastWorks, { name: '王小明' });
  const issue = async (to: string) => accepted(await issueCard(deps, admin, newId(), { issuerId, memberId: to }));
  const cardId = await issue(memberId);
  const setState = (id: string, state: CardState, caller = admin, reason = '核对后变更') =>
    setCardState(deps, caller, newId(), { cardId: id, state, reason });
  return { ...tree, programmeId, admin, issuerId, memberId, cardId, issue, setState };
}

/** A union of people without an employer. */
export async function anIndustryUnion(deps: TestDeps, parentId: string): Promise<string> {
  return aUnion(deps, parentId, '网约车行业工会', 'industry');
}

export function asMember(memberId: string): MemberCaller {
  return { door: 'member', actor: `member:${memberId}`, memberId, sessionId: newId(), permissions: new Set(['self']) };
}

/** The key that the member door hands out for a card, on the phone. Fails the test when there is none. */
export async function keyOf(deps: TestDeps, memberId: string, cardId: string): Promise<KeyOnPhone> {
  const key = await handOutKey(deps, asMember(memberId), cardId);
  if (!key) throw new Error(`no key for the card ${cardId}`);
  return key;
}

/** A code as the phone shows it, by a clock that is so many seconds off. */
export function codeOf(deps: TestDeps, key: KeyOnPhone, programmeId: string, secondsOff = 0): string {
  return makeCardCode(key, programmeId, new Date(deps.clock.now().getTime() + secondsOff * 1000));
}

/** Judges card codes and uses up the good ones, as a scan does. */
export async function readCardCodes(tx: Tx, { config, clock }: TestDeps, codes: readonly string[]) {
  return useCardCodes(tx, await judgeCardCodes(tx, config, codes, clock.now()), clock.now());
}

/** Reads one code in a transaction of its own. */
export async function read(deps: TestDeps, code: string) {
  const [outcome] = await inTransaction(deps.db, (tx) => readCardCodes(tx, deps, [code]));
  return outcome!;
}

export async function stateOf({ db }: TestDeps, cardId: string): Promise<string> {
  const [row] = await db.query('SELECT state FROM card WHERE id = ?', [cardId]);
  return row.state;
}

export interface HistoryLine {
  before: string;
  after: string;
  actor: string;
  reason: string;
}

export function historyOf({ db }: TestDeps, cardId: string): Promise<HistoryLine[]> {
  return db.query(
    `SELECT state_before AS \`before\`, state_after AS \`after\`, actor, reason FROM card_change
     WHERE card_id = ? ORDER BY id`,
    [cardId],
  );
}
