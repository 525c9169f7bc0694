import type { GraphQLField, GraphQLSchema } from 'graphql';
import { refusals } from '../metrics/counted.ts';
import type { Tracer } from '../tracing/tracer.ts';
import { RefusalView } from './refusal.ts';

type RootField = GraphQLField<unknown, unknown>;

/**
 * Counts the refusals that the root fields of a door's schema answer with, and gives each field a span where the process
 * traces. Fields below the roots are left as they are: there are thousands of them in a large answer.
 */
export function watchRootFields(schema: GraphQLSchema, door: string, tracer: Tracer | undefined): void {
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      if (tracer) traceField(field, `${root!.name}.${field.name}`, door, tracer);
      countRefusals(field, door);
    }
  }
}

function countRefusals(field: RootField, door: string): void {
  const resolve = field.resolve!;
  const count = (value: unknown) => {
    if (value instanceof RefusalView) refusals.inc({ door, operation: field.name, code: value.code });
    return value;
  };
  field.resolve = (...asked) => {
    const answer = resolve(...asked);
    return answer instanceof Promise ? answer.then(count) : count(answer);
  };
}

function traceField(field: RootField, name: string, door: string, tracer: Tracer): void {
  const resolve = field.resolve!;
  const attributes = { 'xingfu.door': door, 'graphql.field': field.name };
  field.resolve = (...asked) => tracer.inSpan(name, attributes, async () => resolve(...asked));
}
