import { Field, ObjectType } from 'type-graphql';
import type { Language, Refusal } from '../result.ts';

/** The "no" that every mutation may answer with. One class for all doors: it has no resolvers that could leak. */
@ObjectType('Refusal', {
  description:
    'An expected "no": the request was understood and nothing was changed. Show `message`; decide by `code`. The codes that a mutation can give stand in its description.',
})
export class RefusalView {
  @Field(() => String, { description: 'Stable name of the reason, e.g. SOLD_OUT.' })
  code!: string;

  @Field(() => String, {
    description: 'For the person: what was wrong and what to do, in the language of Accept-Language (zh or en).',
  })
  message!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Where in the input the trouble is, e.g. "events.3.occurredOn".',
  })
  at!: string | null;
}

export function refusalView(refusal: Refusal, language: Language): RefusalView {
  return Object.assign(new RefusalView(), {
    code: refusal.code,
    message: refusal.message[language],
    at: refusal.at ?? null,
  });
}
