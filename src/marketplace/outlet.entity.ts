import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One shop of a merchant. */
@Entity('outlet')
export class Outlet {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'merchant_id', length: 26 })
  merchantId!: string;

  @Column('varchar', { length: 120 })
  name!: string;

  @Column('varchar', { length: 200 })
  address!: string;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;
}
