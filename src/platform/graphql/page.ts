import { ArgsType, Field, Int } from 'type-graphql';
import { LARGEST_PAGE, type PageRequest, pageRequest, USUAL_PAGE } from './connection.ts';
import { SpokenError } from './errors.ts';

/** Which page of a list. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: `How many, 1 to ${LARGEST_PAGE}; ${USUAL_PAGE} when not given.` })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'The endCursor of the page before.' })
  after?: string | null;
}

/** Reads a list's paging arguments. Throws BAD_PAGE as an error of the request, because a list has no place for a refusal. */
export function pageAsked({ first, after }: PageArgs): PageRequest {
  const page = pageRequest(first ?? undefined, after ?? undefined);
  if (page.ok) return page.value;
  throw new SpokenError(page.refusal.code, page.refusal.message);
}
