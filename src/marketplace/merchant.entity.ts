import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a merchant deals in; own-resources are what the union itself provides. */
export type MerchantCategory =
  | 'dining'
  | 'lodging'
  | 'travel'
  | 'sightseeing'
  | 'shopping'
  | 'entertainment'
  | 'wellness'
  | 'fitness'
  | 'haircut'
  | 'own-resources';

/** Staff of a merchant that is not active cannot act, and its offers are not listed. ended is final. */
export type MerchantState = 'active' | 'suspended' | 'ended';

/** A firm under contract; it serves the programmes that programme_merchant joins it to. */
@Entity('merchant')
export class Merchant {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('varchar', { length: 120 })
  name!: string;

  @Column('varchar', { length: 40 })
  category!: MerchantCategory;

  @Column('varchar', { length: 40 })
  state!: MerchantState;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;
}
