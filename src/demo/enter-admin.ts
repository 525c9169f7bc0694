import { type Client, made, REFUSAL } from './client.ts';

/** An admin to be made; `role` as the door spells it. */
export interface AdminToEnter {
  /** Names it in the idempotency key. */
  slug: string;
  login: string;
  name: string;
  role: string;
}

/** Makes an admin of a union, unless an earlier run did. Resolves with the id of the account. */
export function enterAdmin(admin: Client, unionId: string, who: AdminToEnter, password: string): Promise<string> {
  const { slug, login, name, role } = who;
  return made(
    admin,
    `mutation ($key: String!, $unionId: Id!, $login: String!, $name: String!, $password: String!, $role: String!) {
      createAdmin(key: $key, unionId: $unionId, login: $login, name: $name, password: $password, role: $role) {
        ${REFUSAL} ... on Admin { id }
      }
    }`,
    { key: `demo:admin:${slug}`, unionId, login, name, password, role },
  );
}
