import type { FastifyRequest } from 'fastify';
import { languageOf } from '../graphql/language.ts';
import type { Refusal } from '../result.ts';

/** A refusal as the addresses outside of GraphQL answer it, in the caller's language. */
export function refusalBody({ code, message, at }: Refusal, request: FastifyRequest) {
  return { refusal: { code, message: message[languageOf(request.headers['accept-language'])], at: at ?? null } };
}
