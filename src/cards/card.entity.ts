import { Column, Entity, PrimaryColumn } from 'typeorm';

export const CARD_STATES = ['active', 'frozen', 'lost', 'replaced', 'cancelled'] as const;

/**
 * active: can be shown. frozen: not for the time being. lost: reported missing; found again it becomes active. replaced:
 * another card has taken its place. cancelled: over. Nothing leads out of the last two.
 */
export type CardState = (typeof CARD_STATES)[number];

/** A membership card (会员卡). A member has one of an issuer that is active, frozen or lost, and any number that are over. */
@Entity('card')
export class Card {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'issuer_id', length: 26 })
  issuerId!: string;

  @Column('char', { name: 'member_id', length: 26 })
  memberId!: string;

  /** 16 digits: the issuer's prefix, nine random ones, and the check digit. */
  @Column('char', { length: 16 })
  number!: string;

  @Column('varchar', { length: 40 })
  state!: CardState;

  /** The card whose place this one has taken. */
  @Column('char', { name: 'replaces_id', length: 26, nullable: true })
  replacesId!: string | null;

  /** The batch whose file for the printer has it; null for one that was issued singly and is in no file yet. */
  @Column('char', { name: 'batch_id', length: 26, nullable: true })
  batchId!: string | null;

  /** The unix second before which every card key that was handed out is void. */
  @Column('bigint', { name: 'keys_from' })
  keysFrom!: number;

  /** The actor who issued it, or who asked for the batch. */
  @Column('varchar', { name: 'issued_by', length: 40 })
  issuedBy!: string;

  @Column('datetime', { name: 'issued_at', precision: 3 })
  issuedAt!: Date;
}
