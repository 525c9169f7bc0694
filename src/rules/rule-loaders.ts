import DataLoader from 'dataloader';
import { In } from 'typeorm';
import type { Deps } from '../platform/deps.ts';
import { type Points, pointsFromSql } from '../platform/points.ts';
import { findVersions, type VersionedRule } from './queries.ts';
import { Rule } from './rule.entity.ts';

/** Rules by id; null for an id of none. */
export function ruleLoader({ db }: Deps): DataLoader<string, Rule | null> {
  return new DataLoader(async (ids) => {
    const rules = await db.manager.find(Rule, { where: { id: In([...ids]) } });
    const found = new Map(rules.map((rule) => [rule.id, rule]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

/** The last version of a rule that took effect, by the rule's id; null before the first did. Two statements. */
export function effectiveVersionLoader({ db, clock }: Deps): DataLoader<string, VersionedRule | null> {
  return new DataLoader(async (ruleIds) => {
    const rows: { id: string }[] = await db.query(
      `SELECT v.id FROM rule_version v
       JOIN (SELECT rule_id, MAX(number) AS number FROM rule_version WHERE rule_id IN (?) AND effective_at <= ?
             GROUP BY rule_id) AS newest ON newest.rule_id = v.rule_id AND newest.number = v.number`,
      [ruleIds, clock.now()],
    );
    const versions = await findVersions(
      db.manager,
      rows.map((row) => row.id),
    );
    const found = new Map(versions.map((version) => [version.ruleId, version]));
    return ruleIds.map((id) => found.get(id) ?? null);
  });
}

/** What a rule awarded where it has a budget. */
export interface Awarded {
  /** The branch; null for all members together. */
  unionId: string | null;
  points: Points;
}

/** What a rule awarded where it has a budget, by the rule's id: in all, then by branch. */
export function awardedLoader({ db }: Deps): DataLoader<string, Awarded[]> {
  return new DataLoader(async (ruleIds) => {
    const rows: { rule_id: string; branch_id: string; awarded: string }[] = await db.query(
      'SELECT rule_id, branch_id, awarded FROM rule_budget WHERE rule_id IN (?) ORDER BY rule_id, branch_id',
      [ruleIds],
    );
    const awarded = new Map<string, Awarded[]>(ruleIds.map((id) => [id, []]));
    for (const row of rows) {
      awarded.get(row.rule_id)?.push({ unionId: row.branch_id || null, points: pointsFromSql(row.awarded) });
    }
    return ruleIds.map((id) => awarded.get(id)!);
  });
}
