import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { type Connection, connection, type Page } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar } from '../../platform/graphql/scalars.ts';
import { answer } from '../../unions/graphql/admin-answers.ts';
import { memberInScope, unionInScope } from '../../unions/scope.ts';
import type { CardState } from '../card.entity.ts';
import { CardIssuer } from '../card-issuer.entity.ts';
import { createIssuer } from '../create-issuer.ts';
import { issueCard } from '../issue-card.ts';
import { isCardNumber, normaliseCardNumber } from '../number.ts';
import { cardsOfMember, changesOfCard, findCardByNumber, issuersFor } from '../queries.ts';
import { replaceCard } from '../replace-card.ts';
import { cardInScope } from '../scope.ts';
import { setCardState } from '../set-card-state.ts';
import {
  CardChangeConnection,
  type CardChangeView,
  CardConnection,
  CardIssuerConnection,
  CardIssuerView,
  CardView,
  cardView,
  changeView,
  issuerView,
} from './admin-views.ts';
import { CardStateWord } from './words.ts';

const CreateCardIssuerResult = resultType('CreateCardIssuer', CardIssuerView);
const IssueCardResult = resultType('IssueCard', CardView);
const SetCardStateResult = resultType('SetCardState', CardView);
const ReplaceCardResult = resultType('ReplaceCard', CardView);

const REASON = { description: '1 to 200 characters on one line; kept in the card’s history and the audit record.' };
const NOTHING: Page<never> = { items: [], hasNextPage: false };

/** Membership cards of the members of the caller's branches, and who issues them. */
@Resolver()
export class AdminCardsResolver {
  @Permission('cards:read')
  @Query(() => CardIssuerConnection, {
    description:
      'The card issuers for the members of a union of your branches, the oldest first: its own and those of the unions above.',
  })
  async cardIssuers(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('unionId', () => IdScalar) unionId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<CardIssuerView>> {
    const asked = pageAsked(page);
    const union = await unionInScope(deps.db.manager, caller, 'cards:read', unionId);
    const found = union.ok ? await issuersFor(deps.db.manager, union.value.path, asked) : NOTHING;
    return connection(found, (issuer) => issuer.id, issuerView);
  }

  @Permission('cards:read')
  @Query(() => CardConnection, {
    description: 'The cards of a member of your branches, the newest first; empty for any other member.',
  })
  async cards(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('memberId', () => IdScalar) memberId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<CardView>> {
    const asked = pageAsked(page);
    const member = await memberInScope(deps.db.manager, caller, 'cards:read', memberId);
    const found = member.ok ? await cardsOfMember(deps.db.manager, memberId, asked) : NOTHING;
    return connection(found, (card) => card.id, cardView);
  }

  @Permission('cards:read')
  @Query(() => CardView, {
    nullable: true,
    description: 'The card of a member of your branches that has exactly this number; null when there is none.',
  })
  async cardByNumber(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('number', () => String, { description: 'All 16 digits; blanks and hyphens are passed over.' }) number: string,
  ): Promise<CardView | null> {
    const wanted = normaliseCardNumber(number);
    const card = isCardNumber(wanted) ? await findCardByNumber(deps.db.manager, wanted) : null;
    const found = card && (await cardInScope(deps.db.manager, caller, 'cards:read', card.id));
    return found?.ok ? cardView(found.value) : null;
  }

  @Permission('cards:read')
  @Query(() => CardChangeConnection, {
    description: 'The changes of a card’s state, the newest first; empty for a card outside your branches.',
  })
  async cardHistory(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('cardId', () => IdScalar) cardId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<CardChangeView>> {
    const asked = pageAsked(page);
    const card = await cardInScope(deps.db.manager, caller, 'cards:read', cardId);
    const found = card.ok ? await changesOfCard(deps.db.manager, cardId, asked) : NOTHING;
    return connection(found, (change) => change.id, changeView);
  }

  @Permission('cards:write')
  @Mutation(() => CreateCardIssuerResult, {
    description: `Makes a union of your branch an issuer of cards. Refusals: UNION_UNKNOWN, ISSUER_NAME_MALFORMED, PREFIX_MALFORMED, PREFIX_TAKEN, ${KEY_REFUSALS}.`,
  })
  async createCardIssuer(
    @Ctx() { deps, caller, language }: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('unionId', () => IdScalar) unionId: string,
    @Arg('name', () => String, { description: 'The name on the card, 1 to 60 characters.' }) name: string,
    @Arg('prefix', () => String, { description: 'Six digits, the first not 0; of no other issuer.' }) prefix: string,
  ): Promise<CardIssuerView | RefusalView> {
    const made = await createIssuer(deps, caller, key, { unionId, name, prefix });
    if (!made.ok) return refusalView(made.refusal, language);
    return issuerView(await deps.db.manager.findOneByOrFail(CardIssuer, { id: made.value }));
  }

  @Permission('cards:write')
  @Mutation(() => IssueCardResult, {
    description: `Issues a card to one member of your branches. She can show it on her phone at once; the file of the next batch has it for the printer. Refusals: MEMBER_UNKNOWN, ISSUER_UNKNOWN, MEMBER_NOT_ACTIVE, CARD_EXISTS, ${KEY_REFUSALS}.`,
  })
  async issueCard(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('issuerId', () => IdScalar) issuerId: string,
    @Arg('memberId', () => IdScalar) memberId: string,
  ): Promise<CardView | RefusalView> {
    const { deps, caller } = context;
    return card(context, await issueCard(deps, caller, key, { issuerId, memberId }));
  }

  @Permission('cards:write')
  @Mutation(() => SetCardStateResult, {
    description: `Freezes a card, marks it lost, makes it active again, or cancels it for good. REPLACED is reached by replaceCard alone. Refusals: CARD_UNKNOWN, REASON_MISSING, CARD_STATE_UNFIT, ${KEY_REFUSALS}.`,
  })
  async setCardState(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('cardId', () => IdScalar) cardId: string,
    @Arg('state', () => CardStateWord) state: CardState,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<CardView | RefusalView> {
    const { deps, caller } = context;
    return card(context, await setCardState(deps, caller, key, { cardId, state, reason }));
  }

  @Permission('cards:write')
  @Mutation(() => ReplaceCardResult, {
    description: `补换: puts a new card with a new number in the place of one that is lost or broken, and answers with the new one. Refusals: CARD_UNKNOWN, REASON_MISSING, CARD_STATE_UNFIT (frozen, replaced or cancelled), MEMBER_NOT_ACTIVE, ${KEY_REFUSALS}.`,
  })
  async replaceCard(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('cardId', () => IdScalar) cardId: string,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<CardView | RefusalView> {
    const { deps, caller } = context;
    return card(context, await replaceCard(deps, caller, key, { cardId, reason }));
  }
}

function card(context: AdminContext, outcome: Outcome): Promise<CardView | RefusalView> {
  const { deps, caller } = context;
  return answer(context, outcome, (id) => cardInScope(deps.db.manager, caller, 'cards:write', id), cardView);
}
