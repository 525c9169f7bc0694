import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { type Connection, connection } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar } from '../../platform/graphql/scalars.ts';
import { unionInScope } from '../../unions/scope.ts';
import { CardBatch } from '../card-batch.entity.ts';
import { batchesOf } from '../queries.ts';
import { requestBatch } from '../request-batch.ts';
import { batchInScope } from '../scope.ts';
import { batchView, CardBatchConnection, CardBatchView } from './admin-views.ts';

const IssueCardsResult = resultType('IssueCards', CardBatchView);

/** Cards for whole branches, and the files of which they are printed. */
@Resolver()
export class AdminCardBatchesResolver {
  @Permission('cards:read')
  @Query(() => CardBatchConnection, {
    description: 'The batches that were asked for the branch of a union of your branches, the newest first.',
  })
  async cardBatches(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('unionId', () => IdScalar, { description: 'The top of the branch, as it was asked for.' }) unionId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<CardBatchView>> {
    const asked = pageAsked(page);
    const union = await unionInScope(deps.db.manager, caller, 'cards:read', unionId);
    const found = union.ok
      ? await batchesOf(deps.db.manager, unionId, asked)
      : { items: [] as CardBatch[], hasNextPage: false };
    return connection(found, (batch) => batch.id, batchView);
  }

  @Permission('cards:read')
  @Query(() => CardBatchView, {
    nullable: true,
    description: 'A batch for one of your branches; ask again while it runs. Null when there is none of this id.',
  })
  async cardBatch(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<CardBatchView | null> {
    const batch = await batchInScope(deps.db.manager, caller, 'cards:read', id);
    return batch && batchView(batch);
  }

  @Permission('cards:write')
  @Mutation(() => IssueCardsResult, {
    description: `批量制卡: asks for cards for all active members of a branch who have none of this issuer (a lost one counts: replace it), and for the printer’s file, which also has those issued singly that no file has yet. A job does it. Refusals: UNION_UNKNOWN, ISSUER_UNKNOWN, BATCH_OPEN, ${KEY_REFUSALS}.`,
  })
  async issueCards(
    @Ctx() { deps, caller, language }: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('issuerId', () => IdScalar) issuerId: string,
    @Arg('unionId', () => IdScalar, { description: 'The top of the branch.' }) unionId: string,
  ): Promise<CardBatchView | RefusalView> {
    const asked = await requestBatch(deps, caller, key, { issuerId, unionId });
    if (!asked.ok) return refusalView(asked.refusal, language);
    return batchView(await deps.db.manager.findOneByOrFail(CardBatch, { id: asked.value }));
  }
}
