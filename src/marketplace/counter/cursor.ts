/** The cursor of what is listed by its time, the newest first. */
export const timeCursor = ({ at, id }: { at: Date; id: string }) => `${at.getTime()}-${id}`;

/** The place that a cursor names; undefined for a text that is none. */
export function readTimeCursor(text: string): { at: Date; id: string } | undefined {
  const [, time, id] = text.match(/^(\d{13})-(\w{26})$/) ?? [];
  return time && id ? { at: new Date(Number(time)), id } : undefined;
}
