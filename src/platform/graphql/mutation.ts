import { createUnionType } from 'type-graphql';
import { RefusalView } from './refusal.ts';

/** What a mutation answers with, `<Name>Result`: a view of what it made or changed, or why it did nothing. */
export function resultType<T extends object>(name: string, view: new () => T) {
  return createUnionType({ name: `${name}Result`, types: () => [view, RefusalView] as const });
}

/** How every mutation describes its `key`, and the refusals that any key can bring. */
export const KEY = {
  description: 'Made by the client, 8 to 64 characters, new for each act; sending the same again does nothing twice.',
};
export const KEY_REFUSALS = 'KEY_MALFORMED, KEY_REUSED';
