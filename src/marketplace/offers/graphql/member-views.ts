import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { evidenceUrl } from '../../../evidence/address.ts';
import type { EvidenceFile } from '../../../evidence/evidence-file.entity.ts';
import type { MemberContext } from '../../../identity/context.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import type { Release } from '../../releases/queries.ts';

@ObjectType('OfferPicture', { description: 'A picture of an offer.', simpleResolvers: true })
export class OfferPictureView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String, {
    description:
      'The path on this server at which the picture can be read without a token. Good for five minutes; ask again after.',
  })
  url(@Ctx() { deps }: MemberContext): string {
    return evidenceUrl(deps.config, this.id, deps.clock.now());
  }
}

@ObjectType('OfferRelease', {
  description: 'Pieces of an offer that come on sale at an instant (定时投放).',
  simpleResolvers: true,
})
export class ReleaseView {
  @Field(() => InstantScalar, { description: 'From this instant on they can be bought.' })
  releaseAt!: Date;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

export function offerPictureView({ id }: EvidenceFile): OfferPictureView {
  return Object.assign(new OfferPictureView(), { id });
}

export function releaseView({ releaseAt, count }: Release): ReleaseView {
  return Object.assign(new ReleaseView(), { releaseAt, count });
}
