import { Column, Entity, PrimaryColumn } from 'typeorm';

export type StaffRole = 'owner' | 'cashier';

/** A person who signs in at the merchant door: what the operator may do, and where. */
@Entity('merchant_staff')
export class MerchantStaff {
  @PrimaryColumn('char', { name: 'operator_id', length: 26 })
  operatorId!: string;

  @Column('char', { name: 'merchant_id', length: 26 })
  merchantId!: string;

  /** Null for staff who may act at every outlet of the merchant. */
  @Column('char', { name: 'outlet_id', length: 26, nullable: true })
  outletId!: string | null;

  @Column('varchar', { length: 40 })
  role!: StaffRole;
}
