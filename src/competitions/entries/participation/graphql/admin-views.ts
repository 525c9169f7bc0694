import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../../../identity/context.ts';
import { connectionType } from '../../../../platform/graphql/connection.ts';
import { InstantScalar } from '../../../../platform/graphql/scalars.ts';
import type { FirmType } from '../../../../unions/firms/firm.entity.ts';
import { FirmTypeWord } from '../../../../unions/firms/graphql/words.ts';
import { UnionView, unionView } from '../../../../unions/graphql/admin-views.ts';
import { unionLoader } from '../../../../unions/loaders.ts';
import { competitionLoader } from '../../loaders.ts';
import { AGE_BANDS, type AgeBand } from '../age-bands.ts';
import { participationLoader, partLoaders } from '../loaders.ts';
import type { Participation, ParticipationPart } from '../queries.ts';
import { AgeBandWord } from './words.ts';

const FIRMS = 'Firms of which anything is known.';
const ENTRIES = 'Entries that stand.';
const MEMBERS = 'People who are part of entries that stand, substitutes among them.';

@ObjectType('BranchParticipation', { description: 'Who takes part from one union’s branch.', simpleResolvers: true })
export class BranchView {
  unionId!: string;

  @Field(() => UnionView)
  async union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionView((await loader(context, unionLoader).load(this.unionId))!);
  }

  @Field(() => Int, { description: FIRMS })
  firms!: number;

  @Field(() => Int, { description: ENTRIES })
  entries!: number;

  @Field(() => Int, { description: MEMBERS })
  members!: number;
}

export const BranchConnection = connectionType(BranchView, 'BranchParticipation');

@ObjectType('FirmTypeParticipation', { description: 'Who takes part from firms of one type.', simpleResolvers: true })
class FirmTypeView {
  @Field(() => FirmTypeWord, { nullable: true, description: 'Null for unions of which no firm is known.' })
  firmType!: FirmType | null;

  @Field(() => Int, { description: FIRMS })
  firms!: number;

  @Field(() => Int, { description: ENTRIES })
  entries!: number;

  @Field(() => Int, { description: MEMBERS })
  members!: number;
}

@ObjectType('SexParticipation', { description: 'People who take part, of one sex.', simpleResolvers: true })
class SexView {
  @Field(() => String, { nullable: true, description: 'male or female; null where it is not on record.' })
  sex!: string | null;

  @Field(() => Int, { description: MEMBERS })
  members!: number;
}

@ObjectType('AgeParticipation', { description: 'People who take part, of one band of age.', simpleResolvers: true })
class AgeView {
  @Field(() => AgeBandWord)
  ageBand!: AgeBand;

  @Field(() => Int, { description: MEMBERS })
  members!: number;
}

@ObjectType('SkillParticipation', {
  description: 'People who take part, of one level of skill.',
  simpleResolvers: true,
})
class SkillView {
  @Field(() => Int, { nullable: true, description: '1 初级工 to 5 高级技师; null where none is on record.' })
  skillLevel!: number | null;

  @Field(() => Int, { description: MEMBERS })
  members!: number;
}

@ObjectType('Participation', {
  description:
    '参赛情况: who takes part in a competition, as it was counted last; every ten minutes while entries may change.',
  simpleResolvers: true,
})
export class ParticipationView {
  competitionId!: string;

  @Field(() => InstantScalar)
  countedAt!: Date;

  @Field(() => Int, { description: FIRMS })
  firms!: number;

  @Field(() => Int, { description: ENTRIES })
  entries!: number;

  @Field(() => Int, { description: MEMBERS })
  members!: number;

  @Field(() => [FirmTypeView], { description: 'By firm type, those that have any: four at the most.' })
  async byFirmType(@Ctx() context: AdminContext): Promise<FirmTypeView[]> {
    const parts = await loader(context, partLoaders)('firm_type').load(this.competitionId);
    return parts.map(({ value, ...figures }) =>
      Object.assign(new FirmTypeView(), { firmType: known(value) as FirmType | null, ...figures }),
    );
  }

  @Field(() => [SexView], { description: 'By sex, those that have any: three at the most.' })
  async bySex(@Ctx() context: AdminContext): Promise<SexView[]> {
    const parts = await loader(context, partLoaders)('sex').load(this.competitionId);
    return parts.map(({ value, members }) => Object.assign(new SexView(), { sex: known(value), members }));
  }

  @Field(() => [AgeView], { description: 'By band of age, from the youngest, those that have any: six at the most.' })
  async byAge(@Ctx() context: AdminContext): Promise<AgeView[]> {
    const parts = await loader(context, partLoaders)('age_band').load(this.competitionId);
    return AGE_BANDS.flatMap((ageBand) => {
      const part = parts.find(({ value }) => value === ageBand);
      return part ? Object.assign(new AgeView(), { ageBand, members: part.members }) : [];
    });
  }

  @Field(() => [SkillView], { description: 'By level of skill, those that have any: six at the most.' })
  async bySkill(@Ctx() context: AdminContext): Promise<SkillView[]> {
    const parts = await loader(context, partLoaders)('skill_level').load(this.competitionId);
    return parts.map(({ value, members }) => {
      const level = known(value);
      return Object.assign(new SkillView(), { skillLevel: level === null ? null : Number(level), members });
    });
  }

  @Field(() => ParticipationView, {
    nullable: true,
    description: '上届: the same of the competition whose plan this one was copied from; null without one.',
  })
  async yearBefore(@Ctx() context: AdminContext): Promise<ParticipationView | null> {
    const competition = (await loader(context, competitionLoader).load(this.competitionId))!;
    if (competition.copiedFrom === null) return null;
    const before = await loader(context, participationLoader).load(competition.copiedFrom);
    return before && participationView(before);
  }
}

export function participationView(participation: Participation): ParticipationView {
  return Object.assign(new ParticipationView(), participation);
}

export function branchView({ value, ...figures }: ParticipationPart): BranchView {
  return Object.assign(new BranchView(), { unionId: value, ...figures });
}

function known(value: string): string | null {
  return value === 'unknown' ? null : value;
}
