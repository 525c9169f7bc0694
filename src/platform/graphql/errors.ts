import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { describeError, isUnavailable } from '../describe-error.ts';
import type { Log } from '../log.ts';
import type { Language, Message } from '../result.ts';

/** Who hears an error, and the number under which the log has it. */
export interface Hearer {
  language: Language;
  requestId: string;
}

/**
 * An error whose words were written for clients, in both languages. Its extensions go with it, but for `http.status`,
 * which becomes that of the response. Anything else that is thrown is a fault, and masked.
 */
export class SpokenError extends GraphQLError {
  constructor(
    readonly code: string,
    readonly spoken: Message,
    extensions: { http?: { status: number }; [name: string]: unknown } = {},
  ) {
    super(spoken.en, { extensions: { ...extensions, code } });
  }

  /** What stands beside the code for a program to read. */
  get details(): Record<string, unknown> {
    const { http: _http, code: _code, ...details } = this.extensions;
    return details;
  }
}

// Mistakes of a client as GraphQL and Apollo call them, in English words for its programmer; and what identity and
// type-graphql say of a caller. They pass as they are.
const CLIENT_CODES = new Set([
  'UNAUTHENTICATED',
  'UNAUTHORIZED',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

// graphql-js says these without a code. The misspelling is its own.
const BAD_INPUT = /^(Argument "|Variable "\$|Too many errors processing variables)/;
const TOO_MANY_TOKENS = /Document contains more tha[nt] (\d+) tokens/;
const PLACE = / at "([^"]+)"; /;
const SUGGESTION = 'Did you mean ';

const UNAVAILABLE: Message = {
  zh: '服务暂时不可用，请稍后用同一个 key 重试，不会重复办理。',
  en: 'The service is away for a moment. Try again shortly: your key keeps it safe to repeat.',
};

const internal = (requestId: string): Message => ({
  zh: `我们这边出了问题（请求编号 ${requestId}），请稍后再试；若仍不行，请把编号告诉客服。`,
  en: `Something went wrong on our side (request ${requestId}). Try again later; if it stays, tell support this number.`,
});

const tooLarge = (limit: string): Message => ({
  zh: `查询过长：上限为 ${limit} 个词法单元，读到第 ${Number(limit) + 1} 个时停止。请拆成几次请求。`,
  en: `The query is too long: ${limit} tokens are the limit, reading stopped at ${Number(limit) + 1}. Split it into several requests.`,
});

interface Verdict {
  code: string;
  words: Message | string;
  extensions?: Record<string, unknown>;
  isFault?: boolean;
}

function judge(formatted: GraphQLFormattedError, error: unknown, requestId: string): Verdict {
  const cause = rootOf(error);
  if (cause instanceof SpokenError) return { code: cause.code, words: cause.spoken, extensions: cause.details };
  const { code: givenCode, ...given } = formatted.extensions ?? {};
  const code = String(givenCode);
  const words = formatted.message;
  const tokens = TOO_MANY_TOKENS.exec(words);
  if (code === 'GRAPHQL_PARSE_FAILED' && tokens) return { code: 'QUERY_TOO_LARGE', words: tooLarge(tokens[1]!) };
  if (code === 'BAD_USER_INPUT' || (cause instanceof GraphQLError && BAD_INPUT.test(words)))
    return { code: 'BAD_USER_INPUT', words, extensions: { at: PLACE.exec(words)?.[1] } };
  // A scalar threw at a value that is written in the query itself; GraphQL wraps that as a rule's error.
  if (code === 'GRAPHQL_VALIDATION_FAILED' && !(cause instanceof GraphQLError))
    return { code: 'BAD_USER_INPUT', words };
  if (CLIENT_CODES.has(code)) return { code, words, extensions: given };
  return { ...maskFault(cause, requestId), isFault: true };
}

// No regular expression: the message may hold a stranger's value at its full length, with that phrase in it many times.
function withoutSuggestion(message: string): string {
  const at = message.endsWith('?') ? message.lastIndexOf(SUGGESTION) : -1;
  return at < 0 ? message : message.slice(0, at).trimEnd();
}

/** What a client gets to hear of a fault: that it passes by itself, or a number to ask about. Never what it was. */
export function maskFault(fault: unknown, requestId: string): { code: string; words: Message } {
  return isUnavailable(fault)
    ? { code: 'UNAVAILABLE', words: UNAVAILABLE }
    : { code: 'INTERNAL', words: internal(requestId) };
}

function wrapFault(thrown: unknown): GraphQLError {
  const originalError = thrown instanceof Error ? thrown : new Error(String(thrown));
  const status = isUnavailable(originalError) ? 503 : 500;
  return new GraphQLError(originalError.message, { originalError, extensions: { http: { status } } });
}

function rootOf(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

/**
 * The edge at which errors leave the server: each is judged once, faults are logged with the request's number and
 * masked, words are in the hearer's language. `hints` says whether suggestions from the schema may pass.
 */
export class ErrorEdge {
  // Apollo formats an error without saying whose it is; a plugin sees both a moment before.
  private readonly hearers = new WeakMap<object, Hearer>();

  constructor(
    private readonly log: Log,
    private readonly hints: boolean,
  ) {}

  /** Remembers whose errors these are. */
  heardBy(hearer: Hearer, errors: readonly GraphQLError[]): void {
    for (const error of errors) this.hearers.set(error, hearer);
  }

  /** Wraps what was thrown before there was a GraphQL request, so that it leaves in the hearer's language too. */
  wrap(hearer: Hearer, thrown: unknown): GraphQLError {
    const error = thrown instanceof GraphQLError ? thrown : wrapFault(thrown);
    this.heardBy(hearer, [error]);
    return error;
  }

  /** For ApolloServer's `formatError`. */
  readonly format = (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { language, requestId } = this.hearers.get(error as object) ?? { language: 'zh', requestId: '-' };
    const { code, words, extensions, isFault } = judge(formatted, error, requestId);
    if (isFault)
      this.log.error({ requestId, path: formatted.path, error: describeError(rootOf(error)) }, `fault: ${code}`);
    const message = typeof words === 'string' ? words : words[language];
    return {
      message: this.hints ? message : withoutSuggestion(message),
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
      extensions: { code, ...extensions },
    };
  };
}
