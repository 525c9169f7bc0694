import { Ctx, Field, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { DayScalar, IdScalar } from '../../../platform/graphql/scalars.ts';
import { unionLoader } from '../../../unions/loaders.ts';
import { studioLoader } from '../../studios/loaders.ts';
import type { Alliance, AllianceState } from '../alliance.entity.ts';
import { MOST_MEMBER_STUDIOS } from '../limits.ts';
import { memberStudiosLoader } from '../loaders.ts';
import { AllianceStateWord } from './words.ts';

@ObjectType('AllianceStudio', {
  description: 'A studio of an alliance: no more than its name, as it may be of another branch than yours.',
  simpleResolvers: true,
})
class AllianceStudioView {
  @Field(() => IdScalar)
  studioId!: string;

  @Field(() => DayScalar, { description: 'Since when.' })
  joinedOn!: string;

  @Field(() => String)
  async name(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, studioLoader).load(this.studioId))!.name;
  }

  @Field(() => String, { description: 'The union at whose firm it is.' })
  async unionName(@Ctx() context: AdminContext): Promise<string> {
    const studio = (await loader(context, studioLoader).load(this.studioId))!;
    return (await loader(context, unionLoader).load(studio.unionId))!.name;
  }
}

@ObjectType('Alliance', {
  description: '创新工作室联盟: a studio that leads, and member studios, across firms.',
  simpleResolvers: true,
})
export class AllianceView {
  row!: Alliance;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: '领域: what it works on.' })
  field!: string;

  @Field(() => DayScalar, { description: 'The day of its founding.' })
  foundedOn!: string;

  @Field(() => AllianceStateWord)
  state!: AllianceState;

  @Field(() => DayScalar, { nullable: true, description: 'The day of its end; null while it goes on.' })
  endedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it ended; null while it goes on.' })
  endReason!: string | null;

  @Field(() => IdScalar, { description: 'The union in whose branch all its studios are.' })
  unionId!: string;

  @Field(() => String, { description: 'The name of that union.' })
  async unionName(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, unionLoader).load(this.unionId))!.name;
  }

  @Field(() => AllianceStudioView, { description: '牵头工作室: the studio that leads it.' })
  lead(): AllianceStudioView {
    return allianceStudioView({ studioId: this.row.leadStudioId, joinedOn: this.foundedOn });
  }

  @Field(() => [AllianceStudioView], {
    description: `成员工作室: its members now, in the order of their joining; ${MOST_MEMBER_STUDIOS} at the most, and none once it has ended.`,
  })
  async members(@Ctx() context: AdminContext): Promise<AllianceStudioView[]> {
    return (await loader(context, memberStudiosLoader).load(this.id)).map(allianceStudioView);
  }
}

export const AllianceConnection = connectionType(AllianceView, 'Alliance');

export function allianceView(row: Alliance): AllianceView {
  const { id, name, field, foundedOn, state, endedOn, endReason, unionId } = row;
  return Object.assign(new AllianceView(), { row, id, name, field, foundedOn, state, endedOn, endReason, unionId });
}

function allianceStudioView({ studioId, joinedOn }: { studioId: string; joinedOn: string }): AllianceStudioView {
  return Object.assign(new AllianceStudioView(), { studioId, joinedOn });
}
