import { Column, Entity, PrimaryColumn } from 'typeorm';

export const SUBSIDY_STATES = ['made', 'released'] as const;

/** made: by one person, to be looked at by another. released: the unions that pay are to pay it. */
export type SubsidyState = (typeof SUBSIDY_STATES)[number];

const FEN = { from: (value: string) => Number(value), to: (value: number) => value };

/** The payment list 补助发放表 of a competition, one for ever: its sum and what is vacant are the budget. */
@Entity('subsidy_list')
export class SubsidyList {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'competition_id', length: 26 })
  competitionId!: string;

  @Column('varchar', { length: 40 })
  state!: SubsidyState;

  @Column('int', { name: 'line_count' })
  lineCount!: number;

  /** What its lines add up to. */
  @Column('bigint', { name: 'total_fen', transformer: FEN })
  totalFen!: number;

  /** What was planned for places that nobody won. */
  @Column('bigint', { name: 'vacant_fen', transformer: FEN })
  vacantFen!: number;

  @Column('bigint', { name: 'budget_fen', transformer: FEN })
  budgetFen!: number;

  @Column('datetime', { name: 'made_at', precision: 3 })
  madeAt!: Date;

  /** As an actor. */
  @Column('varchar', { name: 'made_by', length: 60 })
  madeBy!: string;

  @Column('datetime', { name: 'released_at', precision: 3, nullable: true })
  releasedAt!: Date | null;

  @Column('varchar', { name: 'released_by', length: 60, nullable: true })
  releasedBy!: string | null;
}
