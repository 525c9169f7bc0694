import { type PageRequest, pageRequest } from './connection.ts';
import { SpokenError } from './errors.ts';

/** Reads a list's paging arguments. Throws BAD_PAGE as an error of the request, because a list has no place for a refusal. */
export function pageAsked(first: number | null | undefined, after: string | null | undefined): PageRequest {
  const page = pageRequest(first ?? undefined, after ?? undefined);
  if (page.ok) return page.value;
  throw new SpokenError(page.refusal.code, page.refusal.message);
}
