import { Column, Entity, PrimaryColumn } from 'typeorm';

export type VoucherState = 'unused' | 'used' | 'cancelled' | 'lapsed';

/** The voucher of a redemption, under the redemption's id. Its code is derived, never stored; only its keyed hash is. */
@Entity('voucher')
export class Voucher {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('binary', { name: 'code_hash', length: 32 })
  codeHash!: Buffer;

  @Column('varchar', { length: 40 })
  state!: VoucherState;

  /** It can be used while now is before this instant. */
  @Column('datetime', { name: 'valid_until', precision: 3 })
  validUntil!: Date;
}
