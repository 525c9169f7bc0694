import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Tracer } from './tracer.ts';

interface Options {
  /** Where OTLP is taken over HTTP, without the path of traces. */
  endpoint: string;
  /** The share of traces that is kept, 0 to 1. */
  share: number;
  /** The process as traces call it. */
  service: string;
}

/**
 * A tracer that sends its spans by OTLP over HTTP, in batches, as JSON. It is no one's global: whoever should trace is
 * given it. Loaded only where it is wanted, because following who calls whom costs every promise of the process a little.
 */
export function otlpTracer({ endpoint, share, service }: Options): Tracer {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const spans = provider.getTracer('xingfu');
  const running = new AsyncLocalStorage<Span>();

  const begin: Tracer['begin'] = (name, attributes, { under = running.getStore(), links = [] } = {}) => {
    const context = under ? trace.setSpan(ROOT_CONTEXT, under) : ROOT_CONTEXT;
    return spans.startSpan(name, { attributes, links: links.map((one) => ({ context: one.spanContext() })) }, context);
  };
  return {
    begin,
    within: (span, work) => running.run(span, work),
    inSpan: async (name, attributes, work, standing) => {
      const span = begin(name, attributes, standing);
      try {
        return await running.run(span, work, span);
      } catch (error) {
        markFailed(span, error);
        throw error;
      } finally {
        span.end();
      }
    },
    current: () => running.getStore(),
    close: () => provider.shutdown(),
  };
}

/** Of an error a trace gets to know its name and code: its message can hold what a statement carried. */
function markFailed(span: Span, error: unknown): void {
  const { name, code } =
    error instanceof Error ? (error as Error & { code?: unknown }) : { name: 'NotAnError', code: '' };
  span.setAttribute('error.type', typeof code === 'string' && code !== '' ? code : name);
  span.setStatus({ code: SpanStatusCode.ERROR });
}
