import type { BaseContext, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import type { GraphQLError, OperationDefinitionNode, ValidationContext, ValidationRule } from 'graphql';
import type { Message } from '../result.ts';
import { type Cost, measure } from './cost.ts';
import { SpokenError } from './errors.ts';

/** How much one request may ask for at a door. */
export interface Limits {
  /** Fields inside one another. */
  depth: number;
  /** Fields that the answer could hold at most; see cost.ts. */
  cost: number;
  aliases: number;
  rootFields: number;
  /** Lexical tokens of the query text. */
  tokens: number;
  /** Items in any one list among the variables. */
  listItems: number;
  /** Objects and lists inside one another among the variables. */
  nesting: number;
  bodyBytes: number;
}

type Kind = 'depth' | 'cost' | 'aliases' | 'rootFields' | 'listItems' | 'nesting' | 'bodyBytes';

const CODES: Record<Kind, string> = {
  depth: 'QUERY_TOO_DEEP',
  cost: 'QUERY_TOO_DEAR',
  aliases: 'TOO_MANY_ALIASES',
  rootFields: 'TOO_MANY_ROOT_FIELDS',
  listItems: 'LIST_TOO_LONG',
  nesting: 'VARIABLES_TOO_DEEP',
  bodyBytes: 'BODY_TOO_LARGE',
};

const WORDS: Record<Kind, (limit: number, measured: string) => Message> = {
  depth: (limit, measured) => ({
    zh: `查询嵌套过深：上限 ${limit} 层，实际 ${measured} 层。请拆成几次请求。`,
    en: `The query nests too deep: ${limit} levels are the limit, it has ${measured}. Split it into several requests.`,
  }),
  cost: (limit, measured) => ({
    zh: `查询过大：结果最多 ${limit} 个字段，此查询可达 ${measured} 个。请减小 first 或少取字段。`,
    en: `The query is too dear: an answer may hold ${limit} fields, this one could hold ${measured}. Ask for smaller pages or fewer fields.`,
  }),
  aliases: (limit, measured) => ({
    zh: `别名过多：上限 ${limit} 个，实际 ${measured} 个。请拆成几次请求。`,
    en: `The query has too many aliases: ${limit} are the limit, it has ${measured}. Split it into several requests.`,
  }),
  rootFields: (limit, measured) => ({
    zh: `一次请求的操作过多：上限 ${limit} 个，实际 ${measured} 个。请拆成几次请求。`,
    en: `The query has too many root fields: ${limit} are the limit, it has ${measured}. Split it into several requests.`,
  }),
  listItems: (limit, measured) => ({
    zh: `列表过长：上限 ${limit} 项，实际 ${measured} 项。请分批提交。`,
    en: `A list in the variables is too long: ${limit} items are the limit, it has ${measured}. Send it in parts.`,
  }),
  nesting: (limit, measured) => ({
    zh: `变量嵌套过深：上限 ${limit} 层，实际 ${measured} 层。`,
    en: `The variables nest too deep: ${limit} levels are the limit, they have ${measured}.`,
  }),
  bodyBytes: (limit, measured) => ({
    zh: `请求体过大：上限 ${limit} 字节，实际 ${measured} 字节。请分批提交。`,
    en: `The request body is too large: ${limit} bytes are the limit, it has ${measured}. Send it in parts.`,
  }),
};

/** The refusal of a request that goes over a limit; it says the limit and what was measured. */
export function overLimit(kind: Kind, limit: number, measured: number | string): SpokenError {
  return new SpokenError(CODES[kind], WORDS[kind](limit, String(measured)), { limit, measured, http: { status: 400 } });
}

/**
 * The part of the limits that a document alone decides, as a validation rule: Apollo keeps validated documents, so a
 * query that comes again is not measured again. What hangs on the variables, `check` looks at for each request.
 */
export class LimitCheck {
  private readonly dynamicCosts = new WeakMap<OperationDefinitionNode, Exclude<Cost, number>>();

  constructor(private readonly limits: Limits) {}

  readonly rule: ValidationRule = (context) => ({
    OperationDefinition: (operation) => {
      for (const error of this.judge(context, operation)) context.reportError(error);
      return undefined;
    },
  });

  private judge(context: ValidationContext, operation: OperationDefinitionNode): GraphQLError[] {
    const measured = measure(context.getSchema(), operation, (name) => context.getFragment(name));
    if (typeof measured.cost === 'function') this.dynamicCosts.set(operation, measured.cost);
    const cost = typeof measured.cost === 'number' ? measured.cost : 0;
    return (['depth', 'aliases', 'rootFields', 'cost'] as const).flatMap((kind) => {
      const found = kind === 'cost' ? cost : measured[kind];
      return found > this.limits[kind] ? [overLimit(kind, this.limits[kind], found)] : [];
    });
  }

  /** Throws when this request's variables make a known document too dear, are too deep, or bring too long a list. */
  check({ operation, request }: Pick<GraphQLRequestContextDidResolveOperation<BaseContext>, 'operation' | 'request'>) {
    const { variables } = request;
    const dynamic = operation && this.dynamicCosts.get(operation);
    const cost = dynamic ? dynamic(variables ?? {}) : 0;
    if (cost > this.limits.cost) throw overLimit('cost', this.limits.cost, cost);
    const { longest, deepest } = variables ? extentOf(variables) : { longest: 0, deepest: 0 };
    if (longest > this.limits.listItems) throw overLimit('listItems', this.limits.listItems, longest);
    if (deepest > this.limits.nesting) throw overLimit('nesting', this.limits.nesting, deepest);
  }
}

/** How long the longest list inside a JSON value is, and how deep it nests. Does not recurse: the value is a stranger's. */
function extentOf(value: object): { longest: number; deepest: number } {
  let longest = 0;
  let deepest = 0;
  const unseen: [object, number][] = [[value, 0]];
  for (let next = unseen.pop(); next !== undefined; next = unseen.pop()) {
    const [one, depth] = next;
    deepest = Math.max(deepest, depth);
    if (Array.isArray(one)) longest = Math.max(longest, one.length);
    for (const inner of Object.values(one)) {
      if (typeof inner === 'object' && inner !== null) unseen.push([inner, depth + 1]);
    }
  }
  return { longest, deepest };
}
