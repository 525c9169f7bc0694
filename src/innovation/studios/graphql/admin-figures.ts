import { Arg, Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { unionInScope } from '../../../unions/scope.ts';
import { countStudios, type StudioCount, VALUES_SHOWN } from '../figures/count-studios.ts';
import type { NamingLevel } from '../naming/naming.entity.ts';
import { NamingLevelWord } from './words.ts';

@ObjectType('StudiosNamedAt', { description: 'How many studios bear a name of a level.' })
class NamedAtView {
  @Field(() => NamingLevelWord)
  level!: NamingLevel;

  @Field(() => Int, { description: 'How many bear one now.' })
  named!: number;
}

@ObjectType('StudioCount', { description: 'How many studios there are of one field or with one tag.' })
class StudioCountView {
  @Field(() => String, { description: 'The field or tag.' })
  value!: string;

  @Field(() => Int, { description: 'How many there are.' })
  studios!: number;

  @Field(() => Int, { description: 'Those of them that bear a name of any level now.' })
  named!: number;
}

@ObjectType('StudioFigures', {
  description: 'How many studios and alliances a branch has now; what was dissolved or has ended does not count.',
})
class StudioFiguresView {
  @Field(() => Int, { description: 'All its studios.' })
  studios!: number;

  @Field(() => Int, { description: 'Those that bear a name of any level, each once.' })
  named!: number;

  @Field(() => [NamedAtView], {
    description: 'All four levels, the lowest first; a studio of two levels counts in both.',
  })
  byLevel!: NamedAtView[];

  @Field(() => [StudioCountView], { description: `The most frequent fields first: ${VALUES_SHOWN} at the most.` })
  byField!: StudioCountView[];

  @Field(() => [StudioCountView], { description: `The most frequent tags first: ${VALUES_SHOWN} at the most.` })
  byTag!: StudioCountView[];

  @Field(() => Int, { description: 'Alliances of the unions of the branch.' })
  alliances!: number;

  @Field(() => Int, { description: 'Studios in these alliances, those that lead them too, each once.' })
  alliedStudios!: number;
}

/** Figures of studios. */
@Resolver()
export class AdminStudioFiguresResolver {
  @Permission('figures:read')
  @Query(() => StudioFiguresView, {
    nullable: true,
    description: 'How many studios and alliances the branch of a union has now; null for a union that is not yours.',
  })
  async studioFigures(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('unionId', () => IdScalar) unionId: string,
  ): Promise<StudioFiguresView | null> {
    const union = await unionInScope(deps.db.manager, caller, 'figures:read', unionId);
    if (!union.ok) return null;
    const figures = await countStudios(deps.db.manager, union.value.path);
    return Object.assign(new StudioFiguresView(), {
      ...figures,
      byLevel: figures.byLevel.map((one) => Object.assign(new NamedAtView(), one)),
      byField: figures.byField.map(studioCountView),
      byTag: figures.byTag.map(studioCountView),
    });
  }
}

function studioCountView(count: StudioCount): StudioCountView {
  return Object.assign(new StudioCountView(), count);
}
