import { Arg, Args, ArgsType, Ctx, Field, Int, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { SpokenError } from '../../../platform/graphql/errors.ts';
import { pageAsked } from '../../../platform/graphql/page.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { findOffers } from '../../offer-queries.ts';
import { offerView } from '../../offers/graphql/admin-views.ts';
import { type FigureGrouping, figuresAsOf, totalFigures } from '../figure-queries.ts';
import { figureScope } from '../figure-scope.ts';
import { type Period, periodOf } from '../period.ts';
import { topOffers } from '../top-offers.ts';
import { FiguresView, figureRowView, TopOffersView, TopOfferView } from './admin-views.ts';
import { FigureGroupingWord } from './words.ts';

@ArgsType()
class FiguresArgs {
  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => IdScalar, {
    nullable: true,
    description: 'Only the branch of this union, as far as it is yours; all of your part when not given.',
  })
  unionId?: string | null;

  @Field(() => String, { description: 'The first month, "2026-08".' })
  from!: string;

  @Field(() => String, { description: 'The last month; 120 months at the most.' })
  until!: string;
}

/** Throws PERIOD_MALFORMED as an error of the request, because these queries have no place for a refusal. */
function periodAsked({ from, until }: FiguresArgs): Period {
  const period = periodOf(from, until);
  if (period.ok) return period.value;
  throw new SpokenError(period.refusal.code, period.refusal.message);
}

@Resolver()
export class AdminFiguresResolver {
  @Permission('figures:read')
  @Query(() => FiguresView, {
    nullable: true,
    description:
      'What came about in a programme, in whole months, and what is outstanding. Members count in the union in which they were when it came about; what they hold goes with them when they move. Null for a programme or union that has nothing to do with your branches. Error: PERIOD_MALFORMED.',
  })
  async figures(
    @Ctx() { deps, caller }: AdminContext,
    @Args(() => FiguresArgs) asked: FiguresArgs,
    @Arg('by', () => FigureGroupingWord) by: FigureGrouping,
  ): Promise<FiguresView | null> {
    const { manager } = deps.db;
    const period = periodAsked(asked);
    const scope = await figureScope(manager, caller, asked.programmeId, asked.unionId ?? undefined);
    if (!scope.ok) return null;
    const { pointPriceFen } = scope.value.programme;
    const asOf = await figuresAsOf(manager);
    const total = figureRowView(await totalFigures(manager, scope.value, period), undefined, pointPriceFen);
    return Object.assign(new FiguresView(), { asOf, total, asked: { scope: scope.value, period, by } });
  }

  @Permission('figures:read')
  @Query(() => TopOffersView, {
    nullable: true,
    description:
      'The offers that members bought most in whole months. Null for a programme or union that has nothing to do with your branches. Errors: PERIOD_MALFORMED, BAD_PAGE.',
  })
  async topOffers(
    @Ctx() { deps, caller }: AdminContext,
    @Args(() => FiguresArgs) asked: FiguresArgs,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many, 1 to 100.' }) first: number,
  ): Promise<TopOffersView | null> {
    const { manager } = deps.db;
    const [period, wanted] = [periodAsked(asked), pageAsked({ first })];
    const scope = await figureScope(manager, caller, asked.programmeId, asked.unionId ?? undefined);
    if (!scope.ok) return null;
    const asOf = await figuresAsOf(manager);
    const top = await topOffers(manager, scope.value, period, wanted.first);
    const found = await findOffers(
      manager,
      top.map((one) => one.offerId),
    );
    const byId = new Map(found.map((offer) => [offer.id, offer]));
    const offers = top.map(({ offerId, redemptions, points }) =>
      Object.assign(new TopOfferView(), { offer: offerView(byId.get(offerId)!), redemptions, points }),
    );
    return Object.assign(new TopOffersView(), { asOf, offers });
  }
}
