import { Args, Ctx, Field, Int, ObjectType } from 'type-graphql';
import { EvidenceFileView, evidenceFileView } from '../../../evidence/graphql/admin-views.ts';
import { evidenceLoader } from '../../../evidence/loaders.ts';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { DayScalar, IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { unionLoader } from '../../../unions/loaders.ts';
import { studioLoader } from '../loaders.ts';
import { listedLoaders } from '../naming/loaders.ts';
import { type NamingLevel, type NamingState, namingEvidence, type StudioNaming } from '../naming/naming.entity.ts';
import type { NamingRound, RoundState } from '../naming/round.entity.ts';
import { StudioView, studioView } from './admin-views.ts';
import { NamingLevelWord, NamingStateWord, RoundStateWord } from './words.ts';

@ObjectType('StudioNaming', {
  description: '命名: a studio’s name at a level, from the application for it on.',
  simpleResolvers: true,
})
export class NamingView {
  row!: StudioNaming;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => NamingLevelWord)
  level!: NamingLevel;

  @Field(() => NamingStateWord)
  state!: NamingState;

  @Field(() => IdScalar, { description: 'The union that gives the name.' })
  namingUnionId!: string;

  @Field(() => IdScalar, {
    nullable: true,
    description: '复评: the name of the same level in whose place it comes; null for a first one.',
  })
  renewsId!: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The round on whose list it was put last; null before that.' })
  roundId!: string | null;

  @Field(() => String, { description: 'On what grounds it is applied for.' })
  statement!: string;

  @Field(() => String, { nullable: true, description: 'What is missing, or why it was declined or withdrawn.' })
  reason!: string | null;

  @Field(() => InstantScalar, { description: 'The last time.' })
  appliedAt!: Date;

  @Field(() => String, { description: 'Who applied: operator:<id>.' })
  appliedBy!: string;

  @Field(() => Int, { nullable: true, description: 'For how long it was given; null before that.' })
  termMonths!: number | null;

  @Field(() => DayScalar, { nullable: true, description: 'The first day of its term.' })
  namedOn!: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'The last day of its term.' })
  endsOn!: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'The last day on which it was borne; null while it is.' })
  endedOn!: string | null;

  @Field(() => String, { nullable: true, description: '命名编号, as on the plaque; null before it is named.' })
  number!: string | null;

  @Field(() => String, { description: 'The union that gives the name.' })
  async namingUnionName(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, unionLoader).load(this.namingUnionId))!.name;
  }

  @Field(() => StudioView)
  async studio(@Ctx() context: AdminContext): Promise<StudioView> {
    return studioView((await loader(context, studioLoader).load(this.row.studioId))!);
  }

  @Field(() => [EvidenceFileView], { description: 'What belongs to the application: nine at the most.' })
  async evidence(@Ctx() context: AdminContext): Promise<EvidenceFileView[]> {
    return (await loader(context, evidenceLoader).load(namingEvidence(this.id))).map(evidenceFileView);
  }
}

export const NamingConnection = connectionType(NamingView, 'StudioNaming');

@ObjectType('NamingRound', {
  description: '命名批次: a list of the studios that a union is about to name at a level, in public view.',
  simpleResolvers: true,
})
export class NamingRoundView {
  row!: NamingRound;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => NamingLevelWord)
  level!: NamingLevel;

  @Field(() => String)
  name!: string;

  @Field(() => Int, { description: 'For how long its studios are named.' })
  termMonths!: number;

  @Field(() => Int, { description: 'For how many working days each version of its list takes objections.' })
  workingDays!: number;

  @Field(() => IdScalar, {
    nullable: true,
    description: 'In whose points the members of its studios are rewarded; null for none.',
  })
  programmeId!: string | null;

  @Field(() => RoundStateWord)
  state!: RoundState;

  @Field(() => IdScalar, { description: 'The newest version of its list; ask notice(id) for it.' })
  noticeId!: string;

  @Field(() => InstantScalar)
  madeAt!: Date;

  @Field(() => String, { description: 'Who began it: operator:<id>.' })
  madeBy!: string;

  @Field(() => InstantScalar, { nullable: true, description: 'When it became FINAL or WITHDRAWN.' })
  settledAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'With WITHDRAWN: why; else null.' })
  withdrawnReason!: string | null;

  @Field(() => String, { description: 'The union that names.' })
  async unionName(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, unionLoader).load(this.row.unionId))!.name;
  }

  @Field(() => NamingConnection, {
    description:
      'What was put on its list: LISTED while it is on it, NAMED once that is final, DECLINED when it was struck.',
  })
  async namings(@Ctx() context: AdminContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<NamingView>> {
    const found = await loader(context, listedLoaders)(pageAsked(page)).load(this.id);
    return connection(found, ({ id }) => id, namingView);
  }
}

export const NamingRoundConnection = connectionType(NamingRoundView, 'NamingRound');

export function namingView(row: StudioNaming): NamingView {
  const { id, level, state, namingUnionId, renews, roundId, statement, reason, appliedAt, appliedBy } = row;
  const { termMonths, namedOn, endsOn, endedOn, number } = row;
  return Object.assign(new NamingView(), {
    ...{ row, id, level, state, namingUnionId, renewsId: renews, roundId, statement, reason, appliedAt, appliedBy },
    ...{ termMonths, namedOn, endsOn, endedOn, number },
  });
}

export function namingRoundView(row: NamingRound): NamingRoundView {
  const { id, level, name, termMonths, workingDays, programmeId, state, noticeId } = row;
  const { madeAt, madeBy, settledAt, withdrawnReason } = row;
  return Object.assign(new NamingRoundView(), {
    ...{ row, id, level, name, termMonths, workingDays, programmeId, state, noticeId },
    ...{ madeAt, madeBy, settledAt, withdrawnReason },
  });
}
