import type { EntityManager } from 'typeorm';
import { compact } from './cell.ts';

interface Node {
  id: string;
  /** The names from the root of the tree down to this union, as they are compared. */
  names: string[];
}

/** The unions that a roster may name: those of the importing union's branch. */
export class Branch {
  private readonly byName = new Map<string, Node[]>();
  private readonly ids: ReadonlySet<string>;

  private constructor(
    /** The importing union. */
    readonly unionId: string,
    nodes: readonly Node[],
  ) {
    this.ids = new Set(nodes.map((node) => node.id));
    for (const node of nodes) {
      const name = node.names.at(-1)!;
      this.byName.set(name, [...(this.byName.get(name) ?? []), node]);
    }
  }

  /** Reads the branch of a union: one statement. */
  static async load(db: EntityManager, unionId: string): Promise<Branch> {
    const rows: { id: string; name: string; path: string; inside: number }[] = await db.query(
      `SELECT u.id, u.name, u.path, u.path LIKE CONCAT(top.path, '%') AS inside
       FROM union_node top JOIN union_node u ON u.path LIKE CONCAT(top.path, '%') OR top.path LIKE CONCAT(u.path, '%')
       WHERE top.id = ?`,
      [unionId],
    );
    const names = new Map(rows.map((row) => [row.id, plain(row.name)]));
    const namesOn = (path: string) => path.split('/').flatMap((id) => names.get(id) ?? []);
    const inside = rows.filter((row) => Number(row.inside) === 1);
    return new Branch(
      unionId,
      inside.map((row) => ({ id: row.id, names: namesOn(row.path) })),
    );
  }

  has(unionId: string): boolean {
    return this.ids.has(unionId);
  }

  /**
   * The ids of the unions that a text can mean: a name, or names from above downwards with "/" between them, of which the
   * upper ones may be left out as long as it is clear.
   */
  find(text: string): string[] {
    const name = plain(text);
    const whole = this.byName.get(name);
    if (whole) return whole.map((node) => node.id);
    const wanted = name.split(/[/\\>]/).filter((part) => part !== '');
    const candidates = this.byName.get(wanted.at(-1) ?? '') ?? [];
    return candidates.filter((node) => endsWith(node.names, wanted)).map((node) => node.id);
  }
}

function plain(name: string): string {
  return compact(name).toLowerCase();
}

function endsWith(names: readonly string[], wanted: readonly string[]): boolean {
  const from = names.length - wanted.length;
  return from >= 0 && wanted.every((part, i) => names[from + i] === part);
}
