import { ArgsType, Field, Int } from 'type-graphql';
import { KEY } from '../../../platform/graphql/mutation.ts';
import { PageArgs } from '../../../platform/graphql/page.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import type { EntryState } from '../entry.entity.ts';
import { LARGEST_QUOTA } from '../limits.ts';
import { EntryStateWord } from './words.ts';

@ArgsType()
export class EntriesArgs extends PageArgs {
  @Field(() => IdScalar)
  competitionId!: string;

  @Field(() => IdScalar, { nullable: true, description: 'Only those of this division.' })
  divisionId?: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'Only those of this union’s branch.' })
  unionId?: string | null;

  @Field(() => EntryStateWord, { nullable: true, description: 'ENTERED when not given: those that stand.' })
  state?: EntryState | null;
}

@ArgsType()
export class EnterFirmArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  competitionId!: string;

  @Field(() => IdScalar, { nullable: true, description: 'One of its divisions; none where there are none.' })
  divisionId?: string | null;

  @Field(() => IdScalar, { description: 'The union of the firm.' })
  unionId!: string;
}

@ArgsType()
export class SubstituteMemberArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  entryId!: string;

  @Field(() => IdScalar, { description: 'The id of the part of the one who leaves.' })
  outId!: string;

  @Field(() => IdScalar, { description: 'The one who comes.' })
  memberId!: string;
}

@ArgsType()
export class SetEntryEvidenceArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  entryId!: string;

  @Field(() => [IdScalar], {
    description:
      'The evidenceId that PUT /uploads/evidence answered, of each of your files; nine at the most, those of others counted.',
  })
  evidenceIds!: string[];
}

@ArgsType()
export class SetQuotaArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  competitionId!: string;

  @Field(() => IdScalar, { description: 'Whose branch: the competition’s own union or one below it.' })
  unionId!: string;

  @Field(() => Int, { nullable: true, description: `0 to ${LARGEST_QUOTA}; null for as many as come.` })
  atMost?: number | null;
}
