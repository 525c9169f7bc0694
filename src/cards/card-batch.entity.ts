import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Cards of an issuer for all members of a branch who have none, and the file of which they are printed. */
@Entity('card_batch')
export class CardBatch {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'issuer_id', length: 26 })
  issuerId!: string;

  /** The top of the branch. */
  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @Column('varchar', { name: 'requested_by', length: 40 })
  requestedBy!: string;

  @Column('varchar', { length: 40 })
  state!: 'waiting' | 'running' | 'done';

  /** The member up to whom it has come, in the order of their ids; empty before the first. */
  @Column('char', { name: 'last_member_id', length: 26 })
  lastMemberId!: string;

  @Column('int', { name: 'members_seen' })
  membersSeen!: number;

  /** How many active members the branch had when it began; null until then. */
  @Column('int', { name: 'members_of', nullable: true })
  membersOf!: number | null;

  @Column('int', { name: 'cards_issued' })
  cardsIssued!: number;

  /** Cards that had been issued singly and were in no file yet. */
  @Column('int', { name: 'cards_added' })
  cardsAdded!: number;

  @Column('binary', { name: 'file_sha256', length: 32, nullable: true })
  fileSha256!: Buffer | null;

  /** When its file is deleted; null while there is none, and again once it was. */
  @Column('datetime', { name: 'file_until', precision: 3, nullable: true })
  fileUntil!: Date | null;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column('datetime', { name: 'finished_at', precision: 3, nullable: true })
  finishedAt!: Date | null;
}
