import { type KeyOnPhone, showCardCode } from '../card-code.ts';
import { ISSUER, type IssuedCard, issueCard } from '../cards.ts';
import { accepted } from '../client.ts';
import { findMember } from '../hr.ts';
import { MERCHANTS } from '../merchants.ts';
import { keyOf, programmeOf, type Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';
import { type CardScan, scanCard } from '../till.ts';

const DISCOUNT = MERCHANTS.find((merchant) => merchant.slug === 'milktea')?.discount;

/** The bill of the first visit, in fen. */
export const SMALL_BILL_FEN = 2_800;

/** What the card's part of the story leaves for the till's. */
export interface CardInUse {
  key?: KeyOnPhone | undefined;
  scan?: CardScan | undefined;
}

/** A member is given a card, opens it on her phone, and has its code read, which works once. */
export async function memberShowsCard(stage: Stage, outletId: string | undefined): Promise<CardInUse> {
  const { story, admin, cast, setting } = stage;
  const card = await story.step(`为${cast.busy.name}办理会员卡`, 'a member is given a card', async () => {
    const memberId = await findMember(admin, cast.busy.staffNumber);
    const { unionId } = needed(setting, '工会 the union');
    const issued = await issueCard(admin, { key: keyOf(stage, 'card'), unionId, memberId });
    story.note(`卡号 number ${issued.number}`);
    same('state', issued.state, 'ACTIVE');
    return issued;
  });
  const key = await story.step('会员打开会员卡，手机取得密钥，断网也能出示', 'she opens it on her phone', () =>
    openCard(stage, card),
  );
  const scan = await scanOnce(stage, key, outletId);
  return { key, scan };
}

/** Opens the card; what it resolves with stays on the phone. */
async function openCard({ story, busy }: Stage, card: IssuedCard | undefined): Promise<KeyOnPhone> {
  const { id } = needed(card, '会员卡 the card');
  const { cards, cardKey } = await busy.ask<{
    cards: { nodes: { id: string; number: string; state: string; issuerName: string }[] };
    cardKey: KeyOnPhone | null;
  }>(
    `query ($id: Id!) {
      cards { nodes { id number state issuerName } } cardKey(cardId: $id) { cardId key generation }
    }`,
    { id },
  );
  for (const one of cards.nodes) story.note(`${one.issuerName} ${one.number}`);
  same(
    'her cards',
    cards.nodes.map((one) => [one.id, one.state, one.issuerName]),
    [[id, 'ACTIVE', ISSUER.name]],
  );
  return needed(cardKey ?? undefined, '密钥 the key');
}

async function scanOnce(
  stage: Stage,
  key: KeyOnPhone | undefined,
  outletId: string | undefined,
): Promise<CardScan | undefined> {
  const { story } = stage;
  const shown = await story.step(
    '会员出示会员码，收银员扫码：姓名打码，优惠照约定',
    'the cashier reads the code',
    async () => {
      const code = showCardCode(needed(key, '会员卡 the card'), programmeOf(stage));
      const card = { outletId: needed(outletId, '门店 the outlet'), code, billFen: SMALL_BILL_FEN };
      const scan = accepted(await scanCard(stage, 'scan', card));
      story.note(
        `${scan.memberName}：${scan.discount}，优惠 ${needed(scan.discountGivenFen ?? undefined, '优惠') / 100} 元`,
      );
      const seen = [scan.memberName, scan.discount, scan.discountGivenFen];
      same('name, discount, fen given', seen, ['测**甲', DISCOUNT, SMALL_BILL_FEN / 10]);
      return { card, scan };
    },
  );
  await story.step('同一个会员码再扫一次：已用过', 'the same code again is refused as used', async () => {
    const { card } = needed(shown, '会员码 the code');
    story.note(refused(await scanCard(stage, 'scan-again', card), 'CARD_CODE_USED').message);
  });
  return shown?.scan;
}
