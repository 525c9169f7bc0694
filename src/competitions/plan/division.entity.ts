import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Condition } from '../../rules/conditions.ts';

/** A division of a competition: its entries are ranked apart from the others'. */
@Entity('competition_division')
export class Division {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'competition_id', length: 26 })
  competitionId!: string;

  /** From 1, in the order of the plan. */
  @Column('int')
  number!: number;

  @Column('varchar', { length: 60 })
  name!: string;

  /** In what trade skill levels are asked and raised; null for the competition's. */
  @Column('varchar', { length: 40, nullable: true })
  trade!: string | null;

  /** Who may enter it, besides being eligible for the competition; null for all of those. */
  @Column('json', { nullable: true })
  eligibility!: Condition | null;
}
