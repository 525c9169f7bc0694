import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { DayScalar, IdScalar } from '../../../platform/graphql/scalars.ts';
import { unionLoader } from '../../../unions/loaders.ts';
import { StudioView } from '../../studios/graphql/member-views.ts';
import { studioLoader } from '../../studios/loaders.ts';
import type { Alliance } from '../alliance.entity.ts';
import { MOST_MEMBER_STUDIOS } from '../limits.ts';
import { alliancesOfStudioLoader, memberStudiosLoader } from '../loaders.ts';
import { ALLIANCES_SHOWN } from '../queries.ts';

@ObjectType('AllianceStudio', { description: 'A studio of an alliance.', simpleResolvers: true })
class AllianceStudioView {
  @Field(() => IdScalar, { description: 'Ask studio(id) for its page; there is none when it was never named.' })
  studioId!: string;

  @Field(() => String)
  async name(@Ctx() context: MemberContext): Promise<string> {
    return (await loader(context, studioLoader).load(this.studioId))!.name;
  }

  @Field(() => String, { description: 'The union at whose firm it is.' })
  async unionName(@Ctx() context: MemberContext): Promise<string> {
    const studio = (await loader(context, studioLoader).load(this.studioId))!;
    return (await loader(context, unionLoader).load(studio.unionId))!.name;
  }
}

@ObjectType('Alliance', {
  description: '创新工作室联盟: a studio that leads, and member studios, across firms.',
  simpleResolvers: true,
})
class AllianceView {
  leadStudioId!: string;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: '领域: what it works on.' })
  field!: string;

  @Field(() => DayScalar, { description: 'The day of its founding.' })
  foundedOn!: string;

  @Field(() => AllianceStudioView, { description: '牵头工作室: the studio that leads it.' })
  lead(): AllianceStudioView {
    return allianceStudioView({ studioId: this.leadStudioId });
  }

  @Field(() => [AllianceStudioView], {
    description: `成员工作室: its members, in the order of their joining; ${MOST_MEMBER_STUDIOS} at the most.`,
  })
  async members(@Ctx() context: MemberContext): Promise<AllianceStudioView[]> {
    return (await loader(context, memberStudiosLoader).load(this.id)).map(allianceStudioView);
  }
}

/** The alliances of the studios that a member sees. */
@Resolver(() => StudioView)
export class MemberAlliancesResolver {
  @FieldResolver(() => [AllianceView], {
    description: `The alliances that it leads or is a member of now, the newest first; the newest ${ALLIANCES_SHOWN}.`,
  })
  async alliances(@Root() studio: StudioView, @Ctx() context: MemberContext): Promise<AllianceView[]> {
    return (await loader(context, alliancesOfStudioLoader).load(studio.id)).map(allianceView);
  }
}

function allianceView({ id, name, field, foundedOn, leadStudioId }: Alliance): AllianceView {
  return Object.assign(new AllianceView(), { id, name, field, foundedOn, leadStudioId });
}

function allianceStudioView({ studioId }: { studioId: string }): AllianceStudioView {
  return Object.assign(new AllianceStudioView(), { studioId });
}
