import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';

/** That an entry won an award, by its place in a ranking that is final. Wins never change. */
@Entity('competition_win')
export class Win {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'competition_id', length: 26 })
  competitionId!: string;

  /** Of the award in the plan. */
  @Column('int', { name: 'award_number' })
  awardNumber!: number;

  @Column('char', { name: 'stage_id', length: 26 })
  stageId!: string;

  @Column('char', { name: 'entry_id', length: 26 })
  entryId!: string;

  @Column('int')
  place!: number;

  /** Of the certificate of its honour, which nobody can guess; null where the award has no honour. */
  @Column('varchar', { name: 'honour_number', length: 30, nullable: true })
  honourNumber!: string | null;

  @Column('date', { name: 'won_on' })
  wonOn!: BeijingDay;

  @Column('datetime', { name: 'won_at', precision: 3 })
  wonAt!: Date;
}
