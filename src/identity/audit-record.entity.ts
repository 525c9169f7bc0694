import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an admin, or the program for one, changed. Never changed or deleted itself; each record is chained to the one before. */
@Entity('audit_record')
export class AuditRecord {
  /** 1, 2, 3 … without a gap. */
  @PrimaryColumn('bigint', { transformer: { from: Number, to: (number: number) => number } })
  number!: number;

  @Column('char', { length: 26 })
  id!: string;

  /** "operator:<id>", "member:<id>", "api-token:<id>" or "system". */
  @Column('varchar', { length: 40 })
  actor!: string;

  @Column('varchar', { length: 40 })
  action!: string;

  @Column('varchar', { name: 'target_kind', length: 40 })
  targetKind!: string;

  @Column('varchar', { name: 'target_id', length: 64 })
  targetId!: string;

  /** The union to whose branch it belongs; null for what concerns no branch. */
  @Column('char', { name: 'union_id', length: 26, nullable: true })
  unionId!: string | null;

  /** JSON, with personal data masked. */
  @Column('text', { name: 'value_before', nullable: true })
  valueBefore!: string | null;

  @Column('text', { name: 'value_after', nullable: true })
  valueAfter!: string | null;

  @Column('datetime', { name: 'recorded_at', precision: 3 })
  recordedAt!: Date;

  /** SHA-256 over the hash of the record before and this record. */
  @Column('binary', { length: 32 })
  hash!: Buffer;
}
