import type { EntityManager } from 'typeorm';
import { ApiToken } from './api-token.entity.ts';

/**
 * The person who answers for what an actor does, as an actor: the admin herself, or the one who made the API token.
 * Where a second person is wanted, a token of the first one is none.
 */
export async function personBehind(db: EntityManager, actor: string): Promise<string> {
  const [kind, id] = actor.split(':');
  if (kind !== 'api-token') return actor;
  const token = await db.findOneByOrFail(ApiToken, { id: id! });
  return `operator:${token.createdBy}`;
}
