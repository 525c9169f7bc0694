/** Words for a person, in the two languages of the platform. */
export interface Message {
  readonly zh: string;
  readonly en: string;
}

export type Language = keyof Message;

/** An expected "no": data, never thrown across a use case. Anything else that goes wrong is a fault and is thrown. */
export interface Refusal {
  /** Stable name for programs, e.g. SOLD_OUT. */
  readonly code: string;
  readonly message: Message;
  /** Where in the input the trouble is, e.g. "events.3.occurredOn". */
  readonly at?: string;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export function accept<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function refuse(refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal };
}
