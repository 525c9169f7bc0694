import { EVENTS_AT_ONCE } from '../job-definitions.ts';

/** The pages of a list, one after the other; `read` gets the last item of the page before and reads 500 at the most. */
export async function* pages<T>(read: (last: T | undefined) => Promise<T[]>): AsyncGenerator<T[]> {
  for (let last: T | undefined; ; ) {
    const page = await read(last);
    if (page.length > 0) yield page;
    if (page.length < EVENTS_AT_ONCE) return;
    last = page.at(-1);
  }
}
