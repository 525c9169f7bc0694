/** What the evidence of an entry is attached to. */
export function entryEvidence(entryId: string): string {
  return `entry:${entryId}`;
}
