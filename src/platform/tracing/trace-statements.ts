import type { DataSource } from 'typeorm';
import type { Tracer } from './tracer.ts';

const LONGEST = 2_000;

/** Gives each statement of a data source a span of its own: what it says, and none of the values that it carries. */
export function traceStatements(db: DataSource, tracer: Tracer): void {
  const create = db.createQueryRunner.bind(db);
  db.createQueryRunner = (mode) => {
    const runner = create(mode);
    const query = runner.query.bind(runner) as (sql: string, ...rest: unknown[]) => Promise<unknown>;
    const traced: typeof query = (sql, ...rest) => {
      const attributes = { 'db.system.name': 'mysql', 'db.query.text': withoutValues(sql) };
      return tracer.inSpan(nameOf(sql), attributes, () => query(sql, ...rest));
    };
    return Object.assign(runner, { query: traced });
  };
}

/** "SELECT member": what is done, and to which table first. */
function nameOf(sql: string): string {
  const [verb = 'SQL'] = /\w+/.exec(sql) ?? [];
  const [, table = ''] = /\b(?:FROM|INTO|UPDATE|TABLE)\s+`?(\w+)/i.exec(sql) ?? [];
  return `${verb.toUpperCase()} ${table}`.trim();
}

/** A statement with `?` for every text and number in it, its white space made one, cut off where it gets long. */
export function withoutValues(sql: string): string {
  return sql
    .replace(/'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"/g, '?')
    .replace(/\b\d+(?:\.\d+)?\b/g, '?')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST);
}
