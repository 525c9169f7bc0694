import type { Tx } from '../../platform/db/transaction.ts';
import { ruleDefinition } from '../definition.ts';
import type { NamingRule } from './attributes-in-use.ts';

/** Whatever judges events of this type now or may come to: versions in force or still to come, and drafts. */
export async function rulesNaming(tx: Tx, programmeId: string, eventType: string, now: Date): Promise<NamingRule[]> {
  const rows: { name: string; definition: string }[] = await tx.query(
    `SELECT r.name, v.definition FROM rule r JOIN rule_version v ON v.rule_id = r.id
     WHERE r.programme_id = ? AND r.event_type = ? AND r.retired_at IS NULL AND v.number >= COALESCE(
       (SELECT MAX(o.number) FROM rule_version o WHERE o.rule_id = r.id AND o.effective_at <= ?), 0)
     UNION ALL SELECT name, definition FROM rule_draft WHERE programme_id = ? AND event_type = ?`,
    [programmeId, eventType, now, programmeId, eventType],
  );
  return rows.map(({ name, definition }) => ({ name, definition: ruleDefinition.parse(JSON.parse(definition)) }));
}
