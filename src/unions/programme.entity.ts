import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A programme: the points scheme of one union, which covers the members of its whole branch. */
@Entity('programme')
export class Programme {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @Column('varchar', { length: 120 })
  name!: string;

  /** What the union pays a merchant for one point, in fen. */
  @Column('int', { name: 'point_price_fen' })
  pointPriceFen!: number;

  /** Days that points can be spent, the day on which they were earned being day 1. */
  @Column('int', { name: 'points_live_days' })
  pointsLiveDays!: number;

  /** Minutes within which a merchant may undo the use of a voucher. */
  @Column('int', { name: 'undo_minutes' })
  undoMinutes!: number;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;
}
