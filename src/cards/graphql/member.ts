import { Arg, Args, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { loader, type MemberContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { type Connection, connection, connectionType } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import { Card, type CardState } from '../card.entity.ts';
import { changeOwnCard } from '../change-own-card.ts';
import { handOutKey } from '../hand-out-key.ts';
import { issuerLoader } from '../loaders.ts';
import { cardsOfMember } from '../queries.ts';
import { CardStateWord } from './words.ts';

@ObjectType('Card', { description: '会员卡: a membership card of yours.', simpleResolvers: true })
class CardView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String, { description: '卡号, 16 digits, whole: it is your own.' })
  number!: string;

  @Field(() => CardStateWord)
  state!: CardState;

  issuerId!: string;

  @Field(() => String, { description: 'The name on the card.' })
  async issuerName(@Ctx() context: MemberContext): Promise<string> {
    const issuer = await loader(context, issuerLoader).load(this.issuerId);
    if (!issuer) throw new Error(`the card issuer ${this.issuerId} has gone`);
    return issuer.name;
  }

  @Field(() => IdScalar, { nullable: true, description: 'The card whose place it has taken; null for a first one.' })
  replacesId!: string | null;

  @Field(() => InstantScalar)
  issuedAt!: Date;
}

@ObjectType('CardKey', {
  description:
    'The secret of which the phone makes card codes (会员码) without a network. Keep it in the mini-program’s own storage, show it to nobody, fetch a new one whenever the card is opened online.',
  simpleResolvers: true,
})
class CardKeyView {
  @Field(() => IdScalar)
  cardId!: string;

  @Field(() => String, { description: 'base64url of the 32 bytes with which a code’s HMAC-SHA-256 is made.' })
  key!: string;

  @Field(() => Int, { description: 'Goes into each code as it is.' })
  generation!: number;

  @Field(() => InstantScalar, { description: 'When its codes are worth nothing any more: 24 hours from now.' })
  expiresAt!: Date;

  @Field(() => InstantScalar, {
    description: 'The server’s clock. Warn the member when the phone’s differs by more than 30 seconds.',
  })
  serverTime!: Date;
}

const CardConnection = connectionType(CardView, 'Card');
const ReportCardLostResult = resultType('ReportCardLost', CardView);
const FreezeCardResult = resultType('FreezeCard', CardView);
const UnfreezeCardResult = resultType('UnfreezeCard', CardView);

function cardView({ id, number, state, issuerId, replacesId, issuedAt }: Card): CardView {
  return Object.assign(new CardView(), { id, number, state, issuerId, replacesId, issuedAt });
}

async function changed({ deps, language }: MemberContext, outcome: Outcome): Promise<CardView | RefusalView> {
  if (!outcome.ok) return refusalView(outcome.refusal, language);
  return cardView(await deps.db.manager.findOneByOrFail(Card, { id: outcome.value }));
}

/** A member's own membership cards. */
@Resolver()
export class MemberCardsResolver {
  @Permission('self')
  @Query(() => CardConnection, { description: 'Your membership cards, the newest first; also those that are over.' })
  async cards(
    @Ctx() { deps, caller }: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<CardView>> {
    const found = await cardsOfMember(deps.db.manager, caller.memberId, pageAsked(page));
    return connection(found, (card) => card.id, cardView);
  }

  @Permission('self')
  @Query(() => CardKeyView, {
    nullable: true,
    description:
      'A new key of a card of yours, for making its codes offline; keys that you have stay good. Null when the card is not yours or not active.',
  })
  async cardKey(
    @Ctx() { deps, caller }: MemberContext,
    @Arg('cardId', () => IdScalar) cardId: string,
  ): Promise<CardKeyView | null> {
    const key = await handOutKey(deps, caller, cardId);
    return key && Object.assign(new CardKeyView(), key);
  }

  @Permission('self')
  @Mutation(() => ReportCardLostResult, {
    description: `挂失: reports a card of yours lost. It is refused everywhere at once; your union replaces it, or makes it active again when it is found. Refusals: CARD_UNKNOWN, CARD_STATE_UNFIT, ${KEY_REFUSALS}.`,
  })
  async reportCardLost(
    @Ctx() context: MemberContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('cardId', () => IdScalar) cardId: string,
  ): Promise<CardView | RefusalView> {
    return changed(context, await changeOwnCard(context.deps, context.caller, key, 'reportCardLost', { cardId }));
  }

  @Permission('self')
  @Mutation(() => FreezeCardResult, {
    description: `冻结: stops a card of yours for the time being; every key on a phone is void from here on. Refusals: CARD_UNKNOWN, CARD_STATE_UNFIT, ${KEY_REFUSALS}.`,
  })
  async freezeCard(
    @Ctx() context: MemberContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('cardId', () => IdScalar) cardId: string,
  ): Promise<CardView | RefusalView> {
    return changed(context, await changeOwnCard(context.deps, context.caller, key, 'freezeCard', { cardId }));
  }

  @Permission('self')
  @Mutation(() => UnfreezeCardResult, {
    description: `解冻: makes a card active again that you froze yourself; then fetch a new key. Refusals: CARD_UNKNOWN, CARD_STATE_UNFIT, FROZEN_BY_UNION, ${KEY_REFUSALS}.`,
  })
  async unfreezeCard(
    @Ctx() context: MemberContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('cardId', () => IdScalar) cardId: string,
  ): Promise<CardView | RefusalView> {
    return changed(context, await changeOwnCard(context.deps, context.caller, key, 'unfreezeCard', { cardId }));
  }
}
