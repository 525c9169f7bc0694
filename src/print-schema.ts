import { writeFile } from 'node:fs/promises';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildDoorSchema, DOORS } from './doors.ts';
import type { Door } from './identity/caller.ts';

/** The SDL of one door as it is in production, sorted, so that it does not depend on the order of files. */
export async function printDoor(door: Door): Promise<string> {
  return `${printSchema(lexicographicSortSchema(await buildDoorSchema(door, { production: true })))}\n`;
}

/** `npm run schema`: writes schema/<door>.graphql for each door. */
if (process.argv[1] === import.meta.filename) {
  for (const door of DOORS)
    await writeFile(new URL(`../schema/${door}.graphql`, import.meta.url), await printDoor(door));
}
