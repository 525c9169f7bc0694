/** A line of the verifier's answer, in Chinese and in English. */
export interface Line {
  zh: string;
  en: string;
}

export interface Answer {
  ok: boolean;
  /** What was checked, one after the other; a "no" is the last. */
  lines: (Line & { ok: boolean })[];
  /** What remains to be compared by whoever wants to be sure. */
  compare: Line[];
}

/** Checks a transcript, as JSON.parse gives it. */
export function verifyTranscript(transcript: unknown): Answer;

/** Checks that a ticket was in the list of a transcript that was found right: { index, ticket, holder or memberId, proof }. */
export function verifyTicket(transcript: unknown, ticket: unknown): Answer;
