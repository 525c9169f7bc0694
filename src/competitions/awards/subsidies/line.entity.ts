import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A line of a payment list: what one winner is paid, with names as they were when the list was made. */
@Entity('subsidy_line')
export class SubsidyLine {
  @PrimaryColumn('char', { name: 'list_id', length: 26 })
  listId!: string;

  /** 1 for the first. */
  @PrimaryColumn('int')
  number!: number;

  @Column('char', { name: 'win_id', length: 26 })
  winId!: string;

  @Column('char', { name: 'payer_union_id', length: 26 })
  payerUnionId!: string;

  @Column('varchar', { length: 120 })
  payer!: string;

  /** The firm, team or member. */
  @Column('varchar', { length: 120 })
  payee!: string;

  /** The union of the firm, or of people who work in none. */
  @Column('varchar', { name: 'union_name', length: 120 })
  unionName!: string;

  @Column('varchar', { length: 60 })
  award!: string;

  @Column('int')
  place!: number;

  @Column('bigint', { transformer: { from: (value: string) => Number(value), to: (value: number) => value } })
  fen!: number;
}
