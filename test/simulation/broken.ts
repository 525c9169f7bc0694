/** A law that the program did not keep. */
export class Broken extends Error {
  constructor(
    readonly law: string,
    readonly found: string,
  ) {
    super(`${law}: ${found}`);
  }
}

export function broken(law: string, found: string): never {
  throw new Broken(law, found);
}
