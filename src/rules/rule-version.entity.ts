import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type RuleDefinition, ruleDefinition } from './definition.ts';

/** A published version of a rule. It is never changed: what was paid by it can always be explained by it. */
@Entity('rule_version')
export class RuleVersion {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'rule_id', length: 26 })
  ruleId!: string;

  /** 1 for the first. */
  @Column('int')
  number!: number;

  @Column('text', {
    transformer: {
      from: (text: string): RuleDefinition => ruleDefinition.parse(JSON.parse(text)),
      to: (definition: RuleDefinition): string => JSON.stringify(definition),
    },
  })
  definition!: RuleDefinition;

  /** Who published it, as an actor: "operator:<id>". */
  @Column('varchar', { name: 'published_by', length: 40 })
  publishedBy!: string;

  @Column('datetime', { name: 'published_at', precision: 3 })
  publishedAt!: Date;

  /** From when it judges events. */
  @Column('datetime', { name: 'effective_at', precision: 3 })
  effectiveAt!: Date;
}
