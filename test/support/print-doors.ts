import type { Door } from '../../src/identity/caller.ts';
import { printDoor } from '../../src/print-schema.ts';

/** Run as a process of its own: builds the doors in the order given as arguments and prints their SDL as one JSON object. */
const doors: Record<string, string> = {};
for (const door of process.argv.slice(2) as Door[]) doors[door] = await printDoor(door);
console.log(JSON.stringify(doors));
