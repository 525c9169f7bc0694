import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That an admin is an expert of a field, in the register of a union. */
@Entity('innovation_expert')
export class Expert {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @Column('char', { name: 'operator_id', length: 26 })
  operatorId!: string;

  /** 焊接. */
  @Column('varchar', { length: 40 })
  field!: string;

  @Column('datetime', { name: 'registered_at', precision: 3 })
  registeredAt!: Date;

  @Column('varchar', { name: 'registered_by', length: 60 })
  registeredBy!: string;

  /** Since when she is on the register no more; null for who is. */
  @Column('datetime', { name: 'removed_at', precision: 3, nullable: true })
  removedAt!: Date | null;
}
