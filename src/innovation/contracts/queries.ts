import { type EntityManager, In } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';
import { readPage } from '../../platform/db/read-page.ts';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { groupBy } from '../../platform/group-by.ts';
import { idsOnPath } from '../../unions/queries.ts';
import { InnovationContract } from './innovation-contract.entity.ts';
import { InnovationPayment } from './innovation-payment.entity.ts';

/** Which contracts a list shows: of these branches; that cover this day. */
export interface ContractFilter {
  branches: readonly string[];
  validOn: BeijingDay | undefined;
}

/** A page of contracts on innovation, the one recorded last first; the cursor is the id. */
export async function contractsIn(
  db: EntityManager,
  { branches, validOn }: ContractFilter,
  page: PageRequest,
): Promise<Page<InnovationContract>> {
  if (branches.length === 0) return { items: [], hasNextPage: false };
  const paths = branches.map((path, i) => [`branch${i}`, `${path}%`] as const);
  const query = db
    .createQueryBuilder(InnovationContract, 'c')
    .innerJoin('union_node', 'u', 'u.id = c.unionId')
    .where(`(${paths.map(([name]) => `u.path LIKE :${name}`).join(' OR ')})`, Object.fromEntries(paths));
  if (validOn !== undefined) query.andWhere('c.validFrom <= :validOn AND c.validUntil >= :validOn', { validOn });
  return readPage(query, 'c.id', page, 'DESC');
}

/** Where and when something was accepted that a contract is to reward. */
export interface AcceptedAt {
  /** The path of the union. */
  path: string;
  day: BeijingDay;
}

/**
 * The contract that covers each of these unions on a day: its own, or that of the nearest union above that has one then;
 * undefined where none has. In the order asked; one statement.
 */
export async function contractsCovering(
  db: EntityManager,
  asked: readonly AcceptedAt[],
): Promise<(InnovationContract | undefined)[]> {
  const unionIds = [...new Set(asked.flatMap(({ path }) => idsOnPath(path)))];
  const contracts = groupBy(await db.findBy(InnovationContract, { unionId: In(unionIds) }), ({ unionId }) => unionId);
  return asked.map(({ path, day }) => {
    const onTheWay = idsOnPath(path).flatMap((id) => contracts.get(id) ?? []);
    return onTheWay.findLast(({ validFrom, validUntil }) => validFrom <= day && day <= validUntil);
  });
}

/** The contracts of these ids; ids of none are passed over. */
export async function findContracts(
  db: EntityManager,
  ids: readonly string[],
): Promise<Map<string, InnovationContract>> {
  const rows = await db.findBy(InnovationContract, { id: In([...ids]) });
  return new Map(rows.map((row) => [row.id, row]));
}

/** The same page of the payments of each of these contracts, in order, in one statement; the cursor is the number. */
export async function paymentsOfContracts(
  db: EntityManager,
  contractIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<InnovationPayment>>> {
  const after = Number(page.after ?? 0);
  if (!Number.isSafeInteger(after)) return new Map();
  // Payments are numbered without a gap, so a page of them is a range.
  const rows = await db
    .createQueryBuilder(InnovationPayment, 'p')
    .where('p.contractId IN (:...contractIds)', { contractIds: ['', ...contractIds] })
    .andWhere('p.number > :after AND p.number <= :last', { after, last: after + page.first + 1 })
    .orderBy('p.contractId')
    .addOrderBy('p.number')
    .getMany();
  return new Map([...groupBy(rows, ({ contractId }) => contractId)].map(([id, all]) => [id, pageOf(all, page)]));
}
