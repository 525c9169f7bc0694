import { type ClassType, Field, ObjectType } from 'type-graphql';
import { accept, type Refusal, type Result, refuse } from '../result.ts';

/** How many items a page has at the most, and when nothing is said. */
export const LARGEST_PAGE = 100;
export const USUAL_PAGE = 20;

/** A page asked for: so many items after the cursor, which is the last item's sort key as the server gave it. */
export interface PageRequest {
  first: number;
  after: string | undefined;
}

export interface Page<T> {
  items: T[];
  hasNextPage: boolean;
}

const badPage: Refusal = {
  code: 'BAD_PAGE',
  message: {
    zh: `first 须为 1 至 ${LARGEST_PAGE}，after 须为上一页返回的游标。`,
    en: `first must be 1 to ${LARGEST_PAGE}, and after a cursor that an earlier page returned.`,
  },
  at: 'first',
};

/** Checks what a client asked for. */
export function pageRequest(first: number | undefined, after: string | undefined): Result<PageRequest> {
  const count = first ?? USUAL_PAGE;
  if (count < 1 || count > LARGEST_PAGE || (after !== undefined && !/^[A-Za-z0-9_.:-]{1,200}$/.test(after)))
    return refuse(badPage);
  return accept({ first: count, after });
}

/** Cuts a page from rows that were read with LIMIT first + 1. */
export function pageOf<T>(rows: T[], { first }: PageRequest): Page<T> {
  return { items: rows.slice(0, first), hasNextPage: rows.length > first };
}

@ObjectType('PageInfo')
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more items follow.' })
  hasNextPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Give this as `after` for the next page; null on an empty page.',
  })
  endCursor!: string | null;
}

export interface Connection<T> {
  nodes: T[];
  pageInfo: PageInfo;
}

/** Makes the connection type of a view class, named `<Name>Connection`. */
export function connectionType<T extends object>(node: ClassType<T>, name: string): ClassType<Connection<T>> {
  @ObjectType(`${name}Connection`)
  class ConnectionView {
    @Field(() => [node])
    nodes!: T[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;
  }
  return ConnectionView;
}

/** Turns a page into what a connection type shows; `cursor` is an item's sort key. */
export function connection<R, V>(page: Page<R>, cursor: (item: R) => string, view: (item: R) => V): Connection<V> {
  const last = page.items.at(-1);
  return {
    nodes: page.items.map(view),
    pageInfo: { hasNextPage: page.hasNextPage, endCursor: last === undefined ? null : cursor(last) },
  };
}
