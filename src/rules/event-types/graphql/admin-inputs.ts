import { Field, InputType } from 'type-graphql';
import { MOST_ATTRIBUTES } from '../../attributes.ts';
import type { TypeToDeclare } from '../declare-event-type.ts';
import {
  type Area,
  type AttributeKind,
  LONGEST_CHOICE,
  LONGEST_TYPE_NAME,
  MOST_CHOICES,
  MOST_CHOICES_IN_ALL,
} from '../event-type.ts';
import { AreaWord, AttributeKindWord } from './words.ts';

@InputType({ description: 'An attribute that the events of a type may have.' })
export class AttributeDeclarationInput {
  @Field(() => String, {
    description:
      'As members read it, e.g. 学历层次: 1 to 30 letters of any script, digits or underscores, a letter first.',
  })
  name!: string;

  @Field(() => AttributeKindWord)
  kind!: AttributeKind;

  @Field(() => Boolean, { description: 'Whether every event of the type must have it.' })
  required!: boolean;

  @Field(() => [String], {
    nullable: true,
    description: `With CHOICE only: 1 to ${MOST_CHOICES}, each once, of 1 to ${LONGEST_CHOICE} characters; ${MOST_CHOICES_IN_ALL} in the whole type.`,
  })
  choices?: string[] | null;
}

@InputType({ description: 'What an event type is, but for its code.' })
export class EventTypeInput {
  @Field(() => String, { description: `As members read it, e.g. 学历提升: 1 to ${LONGEST_TYPE_NAME} characters.` })
  name!: string;

  @Field(() => AreaWord)
  area!: Area;

  @Field(() => Boolean, { description: 'Whether a member may claim such an event for herself.' })
  claimable!: boolean;

  @Field(() => [AttributeDeclarationInput], {
    description: `In the order in which to ask for them, ${MOST_ATTRIBUTES} at the most, each name once.`,
  })
  attributes!: AttributeDeclarationInput[];
}

/** Reads an event type as an admin declares it. */
export function typeToDeclare(programmeId: string, code: string, type: EventTypeInput): TypeToDeclare {
  const attributes = type.attributes.map(({ name, kind, required, choices }) => ({
    ...{ name, kind, required },
    ...(choices ? { choices } : {}),
  }));
  return { programmeId, code, name: type.name, area: type.area, claimable: type.claimable, attributes };
}
