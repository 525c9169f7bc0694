import { Entity, PrimaryColumn } from 'typeorm';

/** That a merchant serves a programme. */
@Entity('programme_merchant')
export class ProgrammeMerchant {
  @PrimaryColumn('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  @PrimaryColumn('char', { name: 'merchant_id', length: 26 })
  merchantId!: string;
}
