import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { mayIn } from '../../identity/caller.ts';
import { type AdminContext, loader } from '../../identity/context.ts';
import { connectionType } from '../../platform/graphql/connection.ts';
import { IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import { MemberView, memberView, UnionView, unionView } from '../../unions/graphql/admin-views.ts';
import { memberLoader, unionLoader } from '../../unions/loaders.ts';
import type { UnionNode } from '../../unions/union-node.entity.ts';
import type { Card, CardState } from '../card.entity.ts';
import type { CardBatch } from '../card-batch.entity.ts';
import type { CardChange } from '../card-change.entity.ts';
import type { CardIssuer } from '../card-issuer.entity.ts';
import { printerFileUrl } from '../file-address.ts';
import { issuerLoader } from '../loaders.ts';
import { maskCardNumber } from '../number.ts';
import { CardBatchStateWord, CardStateWord } from './words.ts';

async function unionOf(context: AdminContext, id: string): Promise<UnionNode> {
  const union = await loader(context, unionLoader).load(id);
  if (!union) throw new Error(`the union ${id} has gone`);
  return union;
}

async function issuerOf(context: AdminContext, id: string): Promise<CardIssuerView> {
  const issuer = await loader(context, issuerLoader).load(id);
  if (!issuer) throw new Error(`the card issuer ${id} has gone`);
  return issuerView(issuer);
}

@ObjectType('CardIssuer', {
  description: '发卡方: a union that issues membership cards to the members of its branch.',
  simpleResolvers: true,
})
export class CardIssuerView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String, { description: 'The name on the card.' })
  name!: string;

  @Field(() => String, { description: 'The first six digits of its cards’ numbers.' })
  prefix!: string;

  unionId!: string;

  @Field(() => UnionView, { description: 'The union whose cards they are.' })
  async union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionView(await unionOf(context, this.unionId));
  }

  @Field(() => InstantScalar)
  createdAt!: Date;
}

@ObjectType('Card', { description: '会员卡: a membership card of a member.', simpleResolvers: true })
export class CardView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String, { description: '卡号 with its middle hidden, 888800******7897.' })
  number!: string;

  @Field(() => CardStateWord)
  state!: CardState;

  issuerId!: string;

  @Field(() => CardIssuerView)
  issuer(@Ctx() context: AdminContext): Promise<CardIssuerView> {
    return issuerOf(context, this.issuerId);
  }

  memberId!: string;

  @Field(() => MemberView)
  async member(@Ctx() context: AdminContext): Promise<MemberView> {
    const member = await loader(context, memberLoader).load(this.memberId);
    if (!member) throw new Error(`the member ${this.memberId} has gone`);
    return memberView(member);
  }

  @Field(() => IdScalar, { nullable: true, description: 'The card whose place it has taken; null for a first one.' })
  replacesId!: string | null;

  @Field(() => IdScalar, {
    nullable: true,
    description: 'The batch whose file for the printer has it; null while no file has it.',
  })
  batchId!: string | null;

  @Field(() => String, { description: 'Who issued it, or asked for the batch: operator:<id> or api-token:<id>.' })
  issuedBy!: string;

  @Field(() => InstantScalar)
  issuedAt!: Date;
}

@ObjectType('CardChange', { description: 'A change of a card’s state, by whom and why.', simpleResolvers: true })
export class CardChangeView {
  @Field(() => CardStateWord)
  stateBefore!: CardState;

  @Field(() => CardStateWord)
  stateAfter!: CardState;

  @Field(() => String, { description: 'member:<id> for the holder, operator:<id> or api-token:<id>.' })
  actor!: string;

  @Field(() => String, { description: 'As it was given; fixed words where the holder did it herself.' })
  reason!: string;

  @Field(() => InstantScalar)
  changedAt!: Date;
}

@ObjectType('CardBatch', {
  description: '批量制卡: cards for all active members of a branch who had none, and the file for the card printer.',
  simpleResolvers: true,
})
export class CardBatchView {
  @Field(() => IdScalar)
  id!: string;

  issuerId!: string;

  @Field(() => CardIssuerView)
  issuer(@Ctx() context: AdminContext): Promise<CardIssuerView> {
    return issuerOf(context, this.issuerId);
  }

  unionId!: string;

  @Field(() => UnionView, { description: 'The top of the branch.' })
  async union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionView(await unionOf(context, this.unionId));
  }

  @Field(() => CardBatchStateWord)
  state!: CardBatch['state'];

  @Field(() => Int, { description: 'How many members it is past.' })
  membersSeen!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'How many active members the branch had when it began; null while it waits.',
  })
  membersOf!: number | null;

  @Field(() => Int, { description: 'How many cards it has issued.' })
  cardsIssued!: number;

  @Field(() => Int, { description: 'How many cards are in the file besides, because they were issued singly before.' })
  cardsAdded!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'The path on this server at which the CSV file (卡号, 姓名, 工会) can be downloaded without a token, for five minutes; ask again after. Each download is recorded in your name. Null while there is no file, after 30 days, and without cards:write in the branch.',
  })
  async fileUrl(@Ctx() context: AdminContext): Promise<string | null> {
    const { deps, caller } = context;
    if (this.fileUntil === null || !mayIn(caller, 'cards:write', (await unionOf(context, this.unionId)).path))
      return null;
    return printerFileUrl(deps.config, this.id, caller.actor, deps.clock.now());
  }

  @Field(() => String, { nullable: true, description: 'SHA-256 of the file, in hexadecimal.' })
  fileSha256!: string | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When the file is deleted; null when there is none.' })
  fileUntil!: Date | null;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => InstantScalar, { nullable: true })
  finishedAt!: Date | null;
}

export const CardIssuerConnection = connectionType(CardIssuerView, 'CardIssuer');
export const CardConnection = connectionType(CardView, 'Card');
export const CardChangeConnection = connectionType(CardChangeView, 'CardChange');
export const CardBatchConnection = connectionType(CardBatchView, 'CardBatch');

export function issuerView({ id, name, prefix, unionId, createdAt }: CardIssuer): CardIssuerView {
  return Object.assign(new CardIssuerView(), { id, name, prefix, unionId, createdAt });
}

export function cardView(card: Card): CardView {
  const { id, state, issuerId, memberId, replacesId, batchId, issuedBy, issuedAt } = card;
  const number = maskCardNumber(card.number);
  const shown = { id, number, state, issuerId, memberId, replacesId, batchId, issuedBy, issuedAt };
  return Object.assign(new CardView(), shown);
}

export function changeView({ stateBefore, stateAfter, actor, reason, changedAt }: CardChange): CardChangeView {
  return Object.assign(new CardChangeView(), { stateBefore, stateAfter, actor, reason, changedAt });
}

export function batchView(batch: CardBatch): CardBatchView {
  const { id, issuerId, unionId, state, membersSeen, membersOf, cardsIssued, cardsAdded } = batch;
  const { fileUntil, createdAt, finishedAt } = batch;
  const figures = { membersSeen, membersOf, cardsIssued, cardsAdded };
  const fileSha256 = batch.fileSha256?.toString('hex') ?? null;
  const times = { fileSha256, fileUntil, createdAt, finishedAt };
  return Object.assign(new CardBatchView(), { id, issuerId, unionId, state, ...figures, ...times });
}
