import { createUnionType, Field, Float, ObjectType } from 'type-graphql';
import { PointsScalar } from '../../platform/graphql/scalars.ts';
import type { Points } from '../../platform/points.ts';
import { MOST_TIERS, type RuleDefinition } from '../definition.ts';

@ObjectType('FixedPoints', { description: 'The same points for every event.', simpleResolvers: true })
export class FixedPointsView {
  @Field(() => PointsScalar)
  points!: Points;
}

@ObjectType('Tier', { description: 'One value of the attribute, and the points that it earns.', simpleResolvers: true })
export class TierView {
  @Field(() => String, { description: 'What the attribute must be.' })
  value!: string;

  @Field(() => PointsScalar)
  points!: Points;
}

@ObjectType('TieredPoints', {
  description: 'Points by the value of one attribute of the event.',
  simpleResolvers: true,
})
export class TieredPointsView {
  @Field(() => String, { description: 'The name of the attribute, e.g. 学历层次.' })
  attribute!: string;

  @Field(() => [TierView], { description: `The values that earn something, and how much; ${MOST_TIERS} at the most.` })
  tiers!: TierView[];
}

@ObjectType('PointsRange', {
  description: 'Numbers from one to another, and the points that they earn.',
  simpleResolvers: true,
})
export class PointsRangeView {
  @Field(() => Float, { nullable: true, description: 'The smallest whole number of it; null when it has none.' })
  from!: number | null;

  @Field(() => Float, { nullable: true, description: 'The largest whole number of it; null when it has none.' })
  to!: number | null;

  @Field(() => PointsScalar)
  points!: Points;
}

@ObjectType('RangedPoints', {
  description: 'Points by the range in which one attribute of the event, a whole number, lies.',
  simpleResolvers: true,
})
export class RangedPointsView {
  @Field(() => String, { description: 'The name of the attribute, e.g. 年数.' })
  attribute!: string;

  @Field(() => [PointsRangeView], { description: `Ranges that do not overlap, ${MOST_TIERS} at the most.` })
  ranges!: PointsRangeView[];
}

@ObjectType('PointsPerUnit', {
  description: 'Points for each unit of one attribute of the event, a whole number.',
  simpleResolvers: true,
})
export class PointsPerUnitView {
  @Field(() => String, { description: 'The name of the attribute, e.g. 时长小时.' })
  attribute!: string;

  @Field(() => PointsScalar, { description: 'For each unit.' })
  points!: Points;

  @Field(() => PointsScalar, { description: 'What one event earns at the most.' })
  most!: Points;
}

export const PointsAwardView = createUnionType({
  name: 'PointsAward',
  description: 'What a rule pays.',
  types: () => [FixedPointsView, TieredPointsView, RangedPointsView, PointsPerUnitView] as const,
});

export function awardView(award: RuleDefinition['award']): typeof PointsAwardView {
  switch (award.kind) {
    case 'fixed':
      return Object.assign(new FixedPointsView(), { points: award.points });
    case 'tiered':
      return Object.assign(new TieredPointsView(), { attribute: award.attribute, tiers: award.tiers });
    case 'ranged':
      return Object.assign(new RangedPointsView(), { attribute: award.attribute, ranges: award.ranges });
    case 'per_unit': {
      const { attribute, points, most } = award;
      return Object.assign(new PointsPerUnitView(), { attribute, points, most });
    }
  }
}
