import type { Language } from '../../src/platform/result.ts';

export interface AskedError {
  message: string;
  path?: (string | number)[];
  locations?: { line: number; column: number }[];
  extensions: { code: string } & Record<string, unknown>;
}

/** What a door answered. */
export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for.
  data: any;
  errors: AskedError[];
}

export interface Asked {
  query: string;
  variables?: Record<string, unknown>;
  token?: string;
  language?: Language;
}

/** Asks one door over HTTP, as a client does. `url` is the door's address. */
export async function ask(url: string, { query, variables, token, language }: Asked): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...(language && { 'accept-language': language }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return answerOf(response);
}

/** Reads a response that has GraphQL's form. */
export async function answerOf(response: Response): Promise<Answer> {
  const { data, errors = [] } = (await response.json()) as { data?: unknown; errors?: AskedError[] };
  return { status: response.status, headers: response.headers, data, errors };
}

/** The codes of an answer's errors. */
export function codes({ errors }: Answer): string[] {
  return errors.map((error) => error.extensions.code);
}
