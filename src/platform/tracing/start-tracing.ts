import type { Config } from '../config.ts';
import type { Tracer } from './tracer.ts';

/** The tracer of a process; undefined, and nothing of it loaded, where no OTEL_EXPORTER_OTLP_ENDPOINT is set. */
export async function startTracing({ tracing }: Pick<Config, 'tracing'>, service: string): Promise<Tracer | undefined> {
  if (tracing.endpoint === undefined) return undefined;
  const { otlpTracer } = await import('./otlp.ts');
  return otlpTracer({ endpoint: tracing.endpoint, share: tracing.share, service });
}
