import { type EntityManager, In } from 'typeorm';
import { readPage } from '../platform/db/read-page.ts';
import type { Page, PageRequest } from '../platform/graphql/connection.ts';
import { RuleDraftRow } from './rule-draft.entity.ts';

/** A page of the drafts of a programme, oldest first; the cursor is the id. */
export async function draftsOf(db: EntityManager, programmeId: string, page: PageRequest): Promise<Page<RuleDraftRow>> {
  const query = db.createQueryBuilder(RuleDraftRow, 'd').where('d.programmeId = :programmeId', { programmeId });
  return readPage(query, 'd.id', page);
}

/** The drafts of these rules' next versions, in no order; a rule without one is passed over. */
export async function draftsOfRules(db: EntityManager, ruleIds: readonly string[]): Promise<RuleDraftRow[]> {
  return db.find(RuleDraftRow, { where: { ruleId: In([...ruleIds]) } });
}

/** The draft of a rule's next version; null when there is none. */
export async function draftOfRule(db: EntityManager, ruleId: string): Promise<RuleDraftRow | null> {
  return db.findOneBy(RuleDraftRow, { ruleId });
}

/** Whether a programme has a rule of this name, a retired one counting too. */
export async function isRuleNameTaken(db: EntityManager, programmeId: string, name: string): Promise<boolean> {
  const taken: unknown[] = await db.query('SELECT id FROM rule WHERE programme_id = ? AND name = ?', [
    programmeId,
    name,
  ]);
  return taken.length > 0;
}
