import type { Attributes, Span } from '@opentelemetry/api';

/** How a span stands to others. */
export interface Standing {
  /** The span that it belongs under; that of the caller when not given, a new trace when null. */
  under?: Span | null | undefined;
  /** Spans of other traces that it also works for. */
  links?: readonly Span[];
}

/**
 * Makes spans. A process that traces nothing has no tracer at all, so that it costs it nothing; whoever has one calls it
 * by way of `deps.tracer`.
 */
export interface Tracer {
  /** Begins a span; whoever begins it ends it. */
  begin(name: string, attributes: Attributes, standing?: Standing): Span;
  /** Runs the work so that spans begun in it stand under this one. */
  within<T>(span: Span, work: () => T): T;
  /** Runs the work in a span of its own, which ends with it and is marked when it throws. */
  inSpan<T>(name: string, attributes: Attributes, work: (span: Span) => Promise<T>, standing?: Standing): Promise<T>;
  /** The span in which the caller runs. */
  current(): Span | undefined;
  /** Sends what has not been sent yet, and stops. */
  close(): Promise<void>;
}
