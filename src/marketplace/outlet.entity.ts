import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Reads a DECIMAL column as a number: the driver hands it over as text. */
const degrees = {
  from: (text: string | null) => (text === null ? null : Number(text)),
  to: (value: number | null) => value,
};

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

  /** Degrees of GCJ-02, as Chinese maps use them; null with `longitude` where the place is not known. */
  @Column('decimal', { precision: 9, scale: 6, nullable: true, transformer: degrees })
  latitude!: number | null;

  @Column('decimal', { precision: 9, scale: 6, nullable: true, transformer: degrees })
  longitude!: number | null;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;
}
