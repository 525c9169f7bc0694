import { type Client, made, REFUSAL } from './client.ts';

/** A union to be made; `kind` as the door spells it. */
export interface UnionToEnter {
  /** Names it in the idempotency key. */
  slug: string;
  name: string;
  kind: string;
}

/** Makes a union below another, unless an earlier run did. Resolves with its id. */
export function enterUnion(admin: Client, union: UnionToEnter, parentId: string | undefined): Promise<string> {
  const { slug, name, kind } = union;
  return made(
    admin,
    `mutation ($key: String!, $parentId: Id!, $name: String!, $kind: UnionKind!) {
      createUnion(key: $key, parentId: $parentId, name: $name, kind: $kind) { ${REFUSAL} ... on Union { id } }
    }`,
    { key: `demo:union:${slug}`, parentId, name, kind },
  );
}
