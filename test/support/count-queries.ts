import type { DataSource, Logger } from 'typeorm';

/**
 * How many SQL statements a piece of work sends, transactions' BEGIN and COMMIT included. Everything that runs on the
 * data source meanwhile is counted, so run nothing beside it.
 */
export async function countQueries(db: DataSource, work: () => Promise<unknown>): Promise<number> {
  const usual: Logger = db.logger;
  let count = 0;
  db.logger = new Proxy(usual, {
    get(logger, name) {
      if (name === 'logQuery') count += 1;
      const member = Reflect.get(logger, name);
      return typeof member === 'function' ? member.bind(logger) : member;
    },
  });
  try {
    await work();
    return count;
  } finally {
    db.logger = usual;
  }
}
