import { ArgsType, Field, InputType } from 'type-graphql';
import { KEY } from '../../../platform/graphql/mutation.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { LONGEST_TEAM_NAME } from '../limits.ts';

@InputType({ description: 'A colleague of your firm; both must be as they are on the roll.' })
export class ColleagueInput {
  @Field(() => String, { description: '姓名' })
  name!: string;

  @Field(() => String, { description: '工号' })
  staffNumber!: string;

  @Field(() => Boolean, { description: '替补: stands by.' })
  isSubstitute!: boolean;
}

@ArgsType()
export class EnterCompetitionArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  competitionId!: string;

  @Field(() => IdScalar, { nullable: true, description: 'One of its divisions; none where there are none.' })
  divisionId?: string | null;
}

@ArgsType()
export class EnterTeamArgs extends EnterCompetitionArgs {
  @Field(() => String, { description: `队名: 1 to ${LONGEST_TEAM_NAME} characters on one line.` })
  name!: string;

  @Field(() => [ColleagueInput], { description: 'Besides you, who are the captain.' })
  colleagues!: ColleagueInput[];
}

@ArgsType()
export class SubstituteColleagueArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  entryId!: string;

  @Field(() => IdScalar, { description: 'The id of the part of the one who leaves.' })
  outId!: string;

  @Field(() => String, { description: '姓名: of the one who comes.' })
  name!: string;

  @Field(() => String, { description: '工号: of the one who comes.' })
  staffNumber!: string;
}

@ArgsType()
export class SetEntryEvidenceArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  entryId!: string;

  @Field(() => [IdScalar], {
    description:
      'The evidenceId that PUT /uploads/evidence answered, of each of your files; nine at the most, those of your union counted.',
  })
  evidenceIds!: string[];
}
