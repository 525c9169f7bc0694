import { LRUCache } from 'lru-cache';
import { Brackets, type EntityManager, In } from 'typeorm';
import { readPage } from '../platform/db/read-page.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { type Page, type PageRequest, pageOf } from '../platform/graphql/connection.ts';
import { Member } from '../unions/member.entity.ts';
import { UnionNode } from '../unions/union-node.entity.ts';
import { Accrual } from './accrual.entity.ts';
import { ActivityEvent, type EventState } from './activity-event.entity.ts';
import { type RuleDefinition, ruleDefinition } from './definition.ts';
import { Rule } from './rule.entity.ts';

/** A rule with one of its versions. */
export interface VersionedRule {
  ruleId: string;
  programmeId: string;
  eventType: string;
  name: string;
  versionId: string;
  number: number;
  definition: RuleDefinition;
  /** An actor: "operator:<id>". */
  publishedBy: string;
  publishedAt: Date;
  /** From when it judges events. */
  effectiveAt: Date;
}

interface VersionedRow {
  rule_id: string;
  programme_id: string;
  event_type: string;
  name: string;
  version_id: string;
  number: number;
  definition: string;
  published_by: string;
  published_at: Date;
  effective_at: Date;
}

const VERSIONED = `SELECT r.id AS rule_id, r.programme_id, r.event_type, r.name,
    v.id AS version_id, v.number, v.definition, v.published_by, v.published_at, v.effective_at
  FROM rule r JOIN rule_version v ON v.rule_id = r.id`;
// The instant is asked for once.
const IN_FORCE = `r.retired_at IS NULL AND v.number =
  (SELECT MAX(newer.number) FROM rule_version newer WHERE newer.rule_id = r.id AND newer.effective_at <= ?)`;

// A version never changes, so what was parsed once is right for ever. Judging asks for all of them with every batch.
const parsed = new LRUCache<string, RuleDefinition>({ max: 2_000 });

function definitionOf({ version_id: id, definition: text }: VersionedRow): RuleDefinition {
  const known = parsed.get(id);
  if (known) return known;
  const definition = ruleDefinition.parse(JSON.parse(text));
  parsed.set(id, definition);
  return definition;
}

const toVersioned = (row: VersionedRow): VersionedRule => ({
  ruleId: row.rule_id,
  programmeId: row.programme_id,
  eventType: row.event_type,
  name: row.name,
  versionId: row.version_id,
  number: row.number,
  definition: definitionOf(row),
  publishedBy: row.published_by,
  publishedAt: row.published_at,
  effectiveAt: row.effective_at,
});

/** The rules in force in these programmes at an instant, each with its version of then. */
export async function rulesInForce(
  db: EntityManager,
  programmeIds: readonly string[],
  now: Date,
): Promise<VersionedRule[]> {
  if (programmeIds.length === 0) return [];
  const rows: VersionedRow[] = await db.query(
    `${VERSIONED} WHERE r.programme_id IN (?) AND ${IN_FORCE} ORDER BY r.id`,
    [programmeIds, now],
  );
  return rows.map(toVersioned);
}

/**
 * The same, with the rules locked against publication and retirement until the transaction ends, so that all that it
 * judges it judges by what is in force when it commits. Those who judge do not hinder one another.
 */
export async function lockRulesInForce(tx: Tx, programmeIds: readonly string[], now: Date): Promise<VersionedRule[]> {
  // Asked for more than an index holds, so that the rows themselves are locked, as publishing locks them.
  await tx.query('SELECT id, retired_at FROM rule WHERE programme_id IN (?) ORDER BY id LOCK IN SHARE MODE', [
    programmeIds,
  ]);
  return rulesInForce(tx, programmeIds, now);
}

/** A page of them, in the order in which the rules were made; the cursor is the rule's id. */
export async function rulesInForcePage(
  db: EntityManager,
  programmeIds: readonly string[],
  now: Date,
  page: PageRequest,
): Promise<Page<VersionedRule>> {
  if (programmeIds.length === 0) return { items: [], hasNextPage: false };
  const rows: VersionedRow[] = await db.query(
    `${VERSIONED} WHERE r.programme_id IN (?) AND r.id > ? AND ${IN_FORCE} ORDER BY r.id LIMIT ?`,
    [programmeIds, page.after ?? '', now, page.first + 1],
  );
  return pageOf(rows.map(toVersioned), page);
}

/** Rule versions by id, each with its rule; ids of no version are passed over. */
export async function findVersions(db: EntityManager, ids: readonly string[]): Promise<VersionedRule[]> {
  if (ids.length === 0) return [];
  const rows: VersionedRow[] = await db.query(`${VERSIONED} WHERE v.id IN (?)`, [ids]);
  return rows.map(toVersioned);
}

/** A page of a programme's rules, retired ones too; the cursor is the id. */
export async function rulesOf(db: EntityManager, programmeId: string, page: PageRequest): Promise<Page<Rule>> {
  const query = db.createQueryBuilder(Rule, 'r').where('r.programmeId = :programmeId', { programmeId });
  return readPage(query, 'r.id', page);
}

/** The newest versions of these rules, so many of each at the most, the newest first. */
export async function newestVersions(
  db: EntityManager,
  ruleIds: readonly string[],
  most: number,
): Promise<VersionedRule[]> {
  if (ruleIds.length === 0) return [];
  const rows: VersionedRow[] = await db.query(
    `${VERSIONED} JOIN (SELECT id, ROW_NUMBER() OVER (PARTITION BY rule_id ORDER BY number DESC) AS place
                        FROM rule_version WHERE rule_id IN (?)) AS newest ON newest.id = v.id
     WHERE newest.place <= ? ORDER BY v.number DESC`,
    [ruleIds, most],
  );
  return rows.map(toVersioned);
}

/** Which events a list shows. */
export interface EventFilter {
  programmeId: string;
  memberId: string | undefined;
  state: EventState | undefined;
}

/** A page of events of members in these branches, the newest first; the cursor is the id. */
export async function eventsIn(
  db: EntityManager,
  branches: readonly string[],
  { programmeId, memberId, state }: EventFilter,
  page: PageRequest,
): Promise<Page<ActivityEvent>> {
  if (branches.length === 0) return { items: [], hasNextPage: false };
  const query = db
    .createQueryBuilder(ActivityEvent, 'e')
    .innerJoin(Member, 'm', 'm.id = e.memberId')
    .innerJoin(UnionNode, 'u', 'u.id = m.unionId')
    .where('e.programmeId = :programmeId', { programmeId })
    .andWhere(underAny('u.path', branches));
  if (memberId !== undefined) query.andWhere('e.memberId = :memberId', { memberId });
  if (state !== undefined) query.andWhere('e.state = :state', { state });
  return readPage(query, 'e.id', page, 'DESC');
}

/** A page of one member's events in all programmes, the newest first; the cursor is the id. */
export async function eventsOfMember(
  db: EntityManager,
  memberId: string,
  page: PageRequest,
): Promise<Page<ActivityEvent>> {
  const query = db.createQueryBuilder(ActivityEvent, 'e').where('e.memberId = :memberId', { memberId });
  return readPage(query, 'e.id', page, 'DESC');
}

/** What these events earned and was not taken back, in the order in which the rules gave it. */
export async function accrualsOf(db: EntityManager, eventIds: readonly string[]): Promise<Accrual[]> {
  return db.find(Accrual, { where: { eventId: In([...eventIds]), revocationId: '' }, order: { id: 'ASC' } });
}

/** A member as far as recording an event needs to know them. */
export interface Person {
  id: string;
  staffNumber: string | null;
  birthDate: string | null;
  state: string;
}

/** The members of these branches who have one of these ids or staff numbers, in no order; one statement for each kind. */
export async function findPeople(
  db: EntityManager,
  branches: readonly string[],
  { ids, staffNumbers }: { ids: readonly string[]; staffNumbers: readonly string[] },
): Promise<Person[]> {
  // Two statements, because one with OR could use neither index.
  const people = (condition: string, values: readonly string[]) =>
    values.length === 0 || branches.length === 0
      ? []
      : db
          .createQueryBuilder(Member, 'm')
          .select(['m.id', 'm.staffNumber', 'm.birthDate', 'm.state'])
          .innerJoin(UnionNode, 'u', 'u.id = m.unionId')
          .where(condition, { values })
          .andWhere(underAny('u.path', branches))
          .getMany();
  return [
    ...(await people('m.id IN (:...values)', ids)),
    ...(await people('m.staffNumber IN (:...values)', staffNumbers)),
  ];
}

function underAny(path: string, branches: readonly string[]): Brackets {
  return new Brackets((any) => {
    branches.forEach((branch, i) => {
      any.orWhere(`${path} LIKE :branch${i}`, { [`branch${i}`]: `${branch}%` });
    });
  });
}
