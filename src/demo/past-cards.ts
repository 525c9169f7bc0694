import { type KeyOnPhone, showCardCode } from './card-code.ts';
import { accepted, Client, REFUSAL } from './client.ts';
import type { Past } from './past-api.ts';

/** Cards that were shown in the month that is over, with the bills in fen before the discount. */
export const PAST_SHOWN = { cashier: 'milktea-1', bills: { D0006: 5_600, D0007: 3_850 } } as const;

/** Lets members show their cards at a counter by the clock of the past month, each for the discount of one bill. */
export async function showPastCards(past: Past, programmeId: string, password: string): Promise<void> {
  const { url } = past.admin;
  const cashier = new Client(url, 'merchant');
  accepted(await cashier.signIn(PAST_SHOWN.cashier, password));
  const { outlets } = await cashier.ask<{ outlets: { nodes: { id: string }[] } }>('{ outlets { nodes { id } } }');
  for (const [staffNumber, billFen] of Object.entries(PAST_SHOWN.bills)) {
    const code = showCardCode(await keyOf(url, staffNumber), programmeId, past.clock.now());
    const shown = await cashier.act(
      `mutation ($requestNumber: String!, $outletId: Id!, $code: String!, $billFen: Fen) {
        scanCard(requestNumber: $requestNumber, outletId: $outletId, code: $code, billFen: $billFen) {
          ${REFUSAL} ... on CardScan { id }
        }
      }`,
      { requestNumber: `demo:past:card:${staffNumber}`, outletId: outlets.nodes[0]?.id, code, billFen },
    );
    // Another code under the same number: a load that was cut off has shown this card already.
    if (shown.ok || shown.refusal.code !== 'REQUEST_NUMBER_REUSED') accepted(shown);
  }
}

async function keyOf(url: string, staffNumber: string): Promise<KeyOnPhone> {
  const member = new Client(url, 'member');
  accepted(await member.signInAsMember(staffNumber));
  const { cards } = await member.ask<{ cards: { nodes: { id: string }[] } }>('{ cards { nodes { id } } }');
  const { cardKey } = await member.ask<{ cardKey: KeyOnPhone | null }>(
    'query ($id: Id!) { cardKey(cardId: $id) { cardId key generation } }',
    { id: cards.nodes[0]?.id },
  );
  if (!cardKey) throw new Error(`${staffNumber} 没有会员卡。 The member has no card.`);
  return cardKey;
}
