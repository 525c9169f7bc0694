import { Field, ObjectType } from 'type-graphql';
import { MOST_ATTRIBUTES } from '../../attributes.ts';
import { type Area, type AttributeKind, type EventType, MOST_CHOICES } from '../event-type.ts';
import { AreaWord, AttributeKindWord } from './words.ts';

@ObjectType('AttributeDeclaration', {
  description: 'An attribute that the events of a type may have: one field of their form.',
  simpleResolvers: true,
})
export class AttributeDeclarationView {
  @Field(() => String, { description: 'As members read it, e.g. 学历层次.' })
  name!: string;

  @Field(() => AttributeKindWord)
  kind!: AttributeKind;

  @Field(() => Boolean, { description: 'Whether every event of the type must have it.' })
  required!: boolean;

  @Field(() => [String], {
    description: `With CHOICE: what the value can be, in the order to show, ${MOST_CHOICES} at the most; else empty.`,
  })
  choices!: string[];
}

@ObjectType('EventType', {
  description: '事件类型: a kind of thing that members do or live, and what is asked of an event of it.',
  simpleResolvers: true,
})
export class EventTypeView {
  @Field(() => String, { description: 'Its name for programs, unique in the programme, e.g. degree.' })
  code!: string;

  @Field(() => String, { description: 'As members read it, e.g. 学历提升.' })
  name!: string;

  @Field(() => AreaWord)
  area!: Area;

  @Field(() => Boolean, { description: 'Whether a member may claim such an event for herself.' })
  claimable!: boolean;

  @Field(() => [AttributeDeclarationView], {
    description: `In the order in which to ask for them, ${MOST_ATTRIBUTES} at the most.`,
  })
  attributes!: AttributeDeclarationView[];

  @Field(() => Boolean, {
    description: 'Whether every programme has it. To alter it for this programme, declare a type under its code.',
  })
  readyMade!: boolean;
}

export function eventTypeView({ attributes, ...type }: EventType): EventTypeView {
  return Object.assign(new EventTypeView(), {
    ...type,
    attributes: attributes.map((declared) =>
      Object.assign(new AttributeDeclarationView(), { ...declared, choices: declared.choices ?? [] }),
    ),
  });
}
