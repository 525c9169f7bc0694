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

/**
 * applied (its application waits) → approved → active (the first contract is signed) ⇄ suspended → ended. declined
 * and ended are final and leave the name and the licence free. Staff of a merchant that is not active cannot act, and
 * its offers are not listed.
 */
export type MerchantState = 'applied' | 'approved' | 'active' | 'suspended' | 'ended' | 'declined';

/** A firm that applied or is under contract; it serves the programmes that programme_merchant joins it to. */
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

  /** The name on the business licence; null for a merchant whose licence was not recorded. */
  @Column('varchar', { name: 'legal_name', length: 120, nullable: true })
  legalName!: string | null;

  /** 统一社会信用代码, 18 characters; null likewise. No two living merchants have the same. */
  @Column('char', { name: 'credit_code', length: 18, nullable: true })
  creditCode!: string | null;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;
}

/** Whether a merchant is one no more: declined, or ended. */
export function isOver({ state }: Pick<Merchant, 'state'>): boolean {
  return state === 'ended' || state === 'declined';
}
