import type { EntityManager } from 'typeorm';
import { inBranches } from '../../identity/queries.ts';

/** What the contracts on innovation of some branches come to. */
export interface ContractSums {
  contracts: number;
  /** Unions with a contract. */
  firms: number;
  /** Members covered, each firm counted by its newest contract. */
  covered: number;
  fundFen: number;
  /** Bonuses: what was paid from the funds. */
  paidFen: number;
  /** Economic effect: the accepted benefit of what was rewarded. */
  effectFen: number;
}

const NOTHING: ContractSums = { contracts: 0, firms: 0, covered: 0, fundFen: 0, paidFen: 0, effectFen: 0 };

/**
 * Sums up the contracts of branches, given by the paths of their tops. With a year: those that cover a day of it, what
 * was paid in it, and what was accepted in it; otherwise all. Three statements.
 */
export async function sumContracts(
  db: EntityManager,
  branches: readonly string[],
  year: number | null,
): Promise<ContractSums> {
  if (branches.length === 0) return NOTHING;
  const [from, until] = [`${year ?? 2000}-01-01`, `${year ?? 2099}-12-31`];
  const { sql, params } = inBranches('u.path', branches);
  const [terms] = await db.query<Record<'contracts' | 'firms' | 'covered' | 'fundFen', string | null>[]>(
    `SELECT COUNT(*) AS contracts, COUNT(DISTINCT union_id) AS firms, SUM(fund_fen) AS fundFen,
            SUM(IF(newest = 1, covered, 0)) AS covered
     FROM (SELECT c.union_id, c.fund_fen, c.covered,
                  ROW_NUMBER() OVER (PARTITION BY c.union_id ORDER BY c.valid_from DESC) AS newest
           FROM innovation_contract c JOIN union_node u ON u.id = c.union_id
           WHERE ${sql} AND c.valid_from <= ? AND c.valid_until >= ?) one`,
    [...params, until, from],
  );
  const [paid] = await db.query<{ fen: string | null }[]>(
    `SELECT SUM(p.fen) AS fen FROM union_node u
     JOIN innovation_contract c ON c.union_id = u.id JOIN innovation_payment p ON p.contract_id = c.id
     WHERE ${sql} AND p.paid_on BETWEEN ? AND ?`,
    [...params, from, until],
  );
  const [effect] = await db.query<{ fen: string | null }[]>(
    `SELECT SUM(r.benefit_fen) AS fen FROM union_node u
     JOIN innovation_contract c ON c.union_id = u.id JOIN reward r ON r.contract_id = c.id
     WHERE ${sql} AND r.state = 'released' AND r.accepted_on BETWEEN ? AND ?`,
    [...params, from, until],
  );
  return {
    ...{ contracts: Number(terms!.contracts), firms: Number(terms!.firms), covered: Number(terms!.covered ?? 0) },
    ...{ fundFen: Number(terms!.fundFen ?? 0), paidFen: Number(paid!.fen ?? 0), effectFen: Number(effect!.fen ?? 0) },
  };
}
