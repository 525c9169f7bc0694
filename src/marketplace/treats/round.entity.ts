import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';
import type { BeijingMonth } from '../settlement/months.ts';

/** The treat of one month, as its plan stood when it was put up. Its id is the limit group of its offers. */
@Entity('treat_round')
export class TreatRound {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'plan_id', length: 26 })
  planId!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  /** The month that it is the treat of; its day may lie in the month before. */
  @Column('char', { length: 7 })
  month!: BeijingMonth;

  @Column('varchar', { length: 40 })
  name!: string;

  /** The day on which it is given, and on whose evening what was not used lapses. */
  @Column('date')
  day!: BeijingDay;

  @Column('datetime', { name: 'opens_at', precision: 3 })
  opensAt!: Date;

  /** Who stands for its offers where the programme reviews them. */
  @Column('varchar', { name: 'submitted_by', length: 60 })
  submittedBy!: string;

  @Column('datetime', { name: 'put_up_at', precision: 3 })
  putUpAt!: Date;
}
