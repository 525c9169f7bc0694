import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A conflict of interest that was declared: the judge does not judge candidates of this union. */
@Entity('judge_conflict')
export class JudgeConflict {
  @PrimaryColumn('char', { name: 'judge_id', length: 26 })
  judgeId!: string;

  @PrimaryColumn('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @Column('varchar', { length: 300 })
  reason!: string;

  /** As an actor: the judge herself, or an admin. */
  @Column('varchar', { name: 'declared_by', length: 60 })
  declaredBy!: string;

  @Column('datetime', { name: 'declared_at', precision: 3 })
  declaredAt!: Date;
}
