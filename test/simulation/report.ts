/** What a run did. */
export interface Report {
  steps: number;
  batches: number;
  /** What was answered, as "kind ok" or "kind CODE", and how often. */
  answers: Map<string, number>;
  /** How many answers the model had said before, and how many commands were sent once more. */
  foreseen: number;
  repeated: number;
  transfers: number;
  until: Date;
  /** Faults that passed when the command was sent again. */
  faults: number;
}

/** What a run did, for a person: how much was accepted and refused of each kind, and how long it took. */
export function reportLines(report: Report, ms: number): string[] {
  const { steps, batches, foreseen, repeated, transfers, until } = report;
  const rate = Math.round(steps / (ms / 1000));
  const kinds = new Map<string, string[]>();
  for (const [answer, count] of [...report.answers].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const at = answer.lastIndexOf(' ');
    const kind = answer.slice(0, at);
    kinds.set(kind, [...(kinds.get(kind) ?? []), `${answer.slice(at + 1)} ${count}`]);
  }
  return [
    ...[...kinds].map(([kind, answers]) => `  ${kind.padEnd(18)} ${answers.join(', ')}`),
    `${steps} steps in ${batches} batches until ${until.toISOString().slice(0, 10)}: every law was kept after each.`,
    `${foreseen} answers were foreseen by the model, ${repeated} commands sent again had the same outcome, ${report.faults} faults passed.`,
    `${transfers} transfers; ${(ms / 1000).toFixed(1)} s, ${rate} steps a second.`,
  ];
}
