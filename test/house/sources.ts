import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';

/** A TypeScript file of the program. Paths are relative to the project, with "/". */
export interface Source {
  path: string;
  text: string;
  imports: Import[];
}

export interface Import {
  /** The project's file that is imported, or the package's name. */
  target: string;
  isOurs: boolean;
  /** Gone when the program runs. */
  isType: boolean;
}

const IMPORT = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)/gm;

function importsOf(path: string, text: string): Import[] {
  return [...text.matchAll(IMPORT)].map(([, type, from, dynamic]) => {
    const name = (from ?? dynamic)!;
    const isOurs = name.startsWith('.');
    return { target: isOurs ? normalize(join(dirname(path), name)) : name, isOurs, isType: type !== undefined };
  });
}

/** Every TypeScript file below these folders. */
export async function sources(...folders: string[]): Promise<Source[]> {
  const found: Source[] = [];
  for (const folder of folders) {
    const names = await readdir(folder, { recursive: true });
    for (const name of names.filter((one) => one.endsWith('.ts')).sort()) {
      const path = join(folder, name);
      const text = await readFile(path, 'utf8');
      found.push({ path, text, imports: importsOf(path, text) });
    }
  }
  return found;
}
