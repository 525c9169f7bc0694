import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The use of a voucher at an outlet. */
@Entity('verification')
export class Verification {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'voucher_id', length: 26 })
  voucherId!: string;

  @Column('char', { name: 'merchant_id', length: 26 })
  merchantId!: string;

  @Column('char', { name: 'outlet_id', length: 26 })
  outletId!: string;

  @Column('char', { name: 'operator_id', length: 26 })
  operatorId!: string;

  /** The merchant's own number of the request, unique for the merchant for ever. */
  @Column('varchar', { name: 'request_number', length: 64 })
  requestNumber!: string;

  /** Null for a gift. */
  @Column('char', { name: 'transfer_id', length: 30, nullable: true })
  transferId!: string | null;

  @Column('datetime', { name: 'verified_at', precision: 3 })
  verifiedAt!: Date;

  @Column('datetime', { name: 'undone_at', precision: 3, nullable: true })
  undoneAt!: Date | null;

  @Column('char', { name: 'undone_by', length: 26, nullable: true })
  undoneBy!: string | null;

  /** 1, or null when undone. */
  @Column('tinyint', { nullable: true })
  active!: number | null;
}
