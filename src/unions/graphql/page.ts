import { ArgsType, Field, Int } from 'type-graphql';
import type { RequestContext } from '../../identity/context.ts';
import { LARGEST_PAGE, type PageRequest, USUAL_PAGE } from '../../platform/graphql/connection.ts';
import { pageAsked as checkedPage } from '../../platform/graphql/page.ts';

/** Which page of a list. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: `How many, 1 to ${LARGEST_PAGE}; ${USUAL_PAGE} when not given.` })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'The endCursor of the page before.' })
  after?: string | null;
}

/** Reads a list's paging arguments. Throws BAD_PAGE as an error of the request. */
export function pageAsked(_context: RequestContext, { first, after }: PageArgs): PageRequest {
  return checkedPage(first ?? undefined, after ?? undefined);
}
