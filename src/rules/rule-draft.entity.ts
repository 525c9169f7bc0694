import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type RuleDefinition, ruleDefinition } from './definition.ts';

/** A draft: what a rule is to say once it is published. It judges nothing. A rule has one draft at a time. */
@Entity('rule_draft')
export class RuleDraftRow {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  /** The rule whose next version it is; null for a rule that does not exist yet. */
  @Column('char', { name: 'rule_id', length: 26, nullable: true })
  ruleId!: string | null;

  @Column('varchar', { name: 'event_type', length: 40 })
  eventType!: string;

  @Column('varchar', { length: 120 })
  name!: string;

  @Column('text', {
    transformer: {
      from: (text: string): RuleDefinition => ruleDefinition.parse(JSON.parse(text)),
      to: (definition: RuleDefinition): string => JSON.stringify(definition),
    },
  })
  definition!: RuleDefinition;

  /** Who saved it last, as an actor: "operator:<id>". */
  @Column('varchar', { name: 'updated_by', length: 40 })
  updatedBy!: string;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column('datetime', { name: 'updated_at', precision: 3 })
  updatedAt!: Date;
}
