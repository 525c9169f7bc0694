import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who issues cards: a union, for the members of its branch, under a name and a prefix of its own. */
@Entity('card_issuer')
export class CardIssuer {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  /** As it stands on the card. */
  @Column('varchar', { length: 60 })
  name!: string;

  /** The first six digits of its cards' numbers. */
  @Column('char', { length: 6 })
  prefix!: string;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;
}
