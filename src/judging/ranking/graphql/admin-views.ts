import { Ctx, Field, Float, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { CandidateView, candidateView } from '../../graphql/admin-candidate-views.ts';
import { explanationLoader, rankedCandidateLoader } from '../loaders.ts';
import { inHundred } from '../marks.ts';
import type { Decider } from '../rank.ts';
import type { Ranking, RankingState } from '../ranking.entity.ts';
import type { RankingPlace } from '../ranking-place.entity.ts';
import { PlaceExplanationView, placeExplanationView } from './explanation-views.ts';
import { DeciderWord, RankingStateWord } from './words.ts';

@ObjectType('Ranking', {
  description: '排名: a version of the ranking of a panel. It never changes; what takes its place is another.',
  simpleResolvers: true,
})
export class RankingView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar, { description: 'The panel whose scores it was made of.' })
  panelId!: string;

  @Field(() => Int, { description: '1 for the first.' })
  version!: number;

  @Field(() => RankingStateWord)
  state!: RankingState;

  @Field(() => Int, { description: 'How many places it has.' })
  candidateCount!: number;

  @Field(() => Int, { description: 'Of how many scores it was made.' })
  scoreCount!: number;

  @Field(() => String, { description: 'SHA-256, in hex, of the scores of which it was made.' })
  scoresHash!: string;

  @Field(() => String, { nullable: true, description: 'Why the version before it did not stand; null for the first.' })
  reason!: string | null;

  @Field(() => InstantScalar)
  madeAt!: Date;

  @Field(() => String, { description: 'Who made it: operator:<id>, or system:<domain> for a job.' })
  madeBy!: string;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was superseded or final; null before.' })
  settledAt!: Date | null;
}

export const RankingConnection = connectionType(RankingView, 'Ranking');

export function rankingView(ranking: Ranking): RankingView {
  const { id, panelId, version, state, candidateCount, scoreCount, reason, madeAt, madeBy, settledAt } = ranking;
  return Object.assign(new RankingView(), {
    ...{ id, panelId, version, state, candidateCount, scoreCount, reason, madeAt, madeBy, settledAt },
    scoresHash: ranking.scoresHash.toString('hex'),
  });
}

@ObjectType('RankingPlace', { description: '名次: a place in a version of a ranking.', simpleResolvers: true })
export class RankingPlaceView {
  stored!: RankingPlace;

  @Field(() => Int, { description: '1 for the first; no two share one.' })
  place!: number;

  @Field(() => Float, { description: 'The total, 0 to 100, to the millionth; with Z_SCORE it may lie beyond.' })
  total!: number;

  @Field(() => DeciderWord, {
    nullable: true,
    description: 'What put it behind the one above it; null when that one has a higher total.',
  })
  decidedBy!: Decider['kind'] | null;

  @Field(() => Int, { nullable: true, description: 'With CRITERION: the number of the criterion; else null.' })
  decidedByCriterion!: number | null;

  @Field(() => CandidateView, { description: 'Who stands there.' })
  async candidate(@Ctx() context: AdminContext): Promise<CandidateView> {
    return candidateView(await loader(context, rankedCandidateLoader).load(this.stored));
  }

  @Field(() => PlaceExplanationView, { description: 'How it came to be, score by score.' })
  async explanation(@Ctx() context: AdminContext): Promise<PlaceExplanationView> {
    return placeExplanationView(await loader(context, explanationLoader).load(this.stored));
  }
}

export const RankingPlaceConnection = connectionType(RankingPlaceView, 'RankingPlace');

export function rankingPlaceView(stored: RankingPlace): RankingPlaceView {
  const { place, total, decidedBy } = stored;
  return Object.assign(new RankingPlaceView(), {
    ...{ stored, place, total: inHundred(total), decidedBy: decidedBy?.kind ?? null },
    decidedByCriterion: decidedBy?.kind === 'criterion' ? decidedBy.number : null,
  });
}
