import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the state calls a firm: 专精特新, 专精特新“小巨人”, or neither. */
export const FIRM_TYPES = ['specialised', 'little_giant', 'other'] as const;
export type FirmType = (typeof FIRM_TYPES)[number];

/** Whose it is. public: an institution. */
export const OWNERSHIPS = ['state', 'private', 'foreign', 'mixed', 'public'] as const;
export type Ownership = (typeof OWNERSHIPS)[number];

/** The firm that a union stands for. A union without one is no firm, or one of which nothing is known. */
@Entity('firm')
export class Firm {
  @PrimaryColumn('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @Column('varchar', { name: 'firm_type', length: 40 })
  firmType!: FirmType;

  @Column('varchar', { length: 40 })
  ownership!: Ownership;

  /** What it does: 装备制造. */
  @Column('varchar', { length: 40 })
  trade!: string;

  /** How many work there. */
  @Column('int')
  employees!: number;

  @Column('datetime', { name: 'described_at', precision: 3 })
  describedAt!: Date;
}
