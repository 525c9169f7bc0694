import { ArgsType, Field, InputType } from 'type-graphql';
import type { BeijingDay } from '../../platform/clock.ts';
import { KEY } from '../../platform/graphql/mutation.ts';
import { DayScalar, IdScalar } from '../../platform/graphql/scalars.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { draftNotNamed } from '../refusals.ts';
import type { DraftToSave } from '../save-draft.ts';
import { RuleDefinitionInput } from './admin-definition-inputs.ts';
import { definitionGiven } from './definition-given.ts';

@InputType({ description: 'A rule that does not exist yet.' })
export class NewRuleInput {
  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => String, {
    description: 'As members read it, e.g. 学历提升; unique in the programme. Once published it cannot change.',
  })
  name!: string;

  @Field(() => String, {
    description: 'The type of the events that it judges: the code of an event type of the programme. It cannot change.',
  })
  eventType!: string;
}

@ArgsType()
export class SaveRuleDraftArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar, { nullable: true, description: 'The draft to save anew; or give ruleId or newRule.' })
  draftId?: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The rule whose next version is drafted.' })
  ruleId?: string | null;

  @Field(() => NewRuleInput, { nullable: true })
  newRule?: NewRuleInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'With draftId: another name for a rule that is not published yet.',
  })
  name?: string | null;

  @Field(() => RuleDefinitionInput)
  definition!: RuleDefinitionInput;
}

@ArgsType()
export class PublishRuleDraftArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  draftId!: string;

  @Field(() => DayScalar, {
    nullable: true,
    description: 'The day with whose beginning in Beijing it takes effect; at once when it is today or left out.',
  })
  effectiveFrom?: BeijingDay | null;
}

/** Reads what is to be drafted. Refusals: DRAFT_NOT_NAMED and those of `definitionGiven`. */
export function draftToSave({ draftId, ruleId, newRule, name, definition }: SaveRuleDraftArgs): Result<DraftToSave> {
  if ([draftId, ruleId, newRule].filter((one) => one).length !== 1) return refuse(draftNotNamed);
  if (name && !draftId) return refuse({ ...draftNotNamed, at: 'name' });
  const draft = definitionGiven(definition);
  if (!draft.ok) return draft;
  if (newRule) return accept({ newRule: { ...newRule }, definition: draft.value });
  if (ruleId) return accept({ ruleId, definition: draft.value });
  return accept({ draftId: draftId!, name: name ?? undefined, definition: draft.value });
}
