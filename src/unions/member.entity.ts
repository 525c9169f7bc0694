import { Column, Entity, PrimaryColumn } from 'typeorm';

export const MEMBER_STATES = ['active', 'frozen', 'left'] as const;

/** active: takes part. frozen: may look, not spend. left: no longer on the roll; cannot sign in. */
export type MemberState = (typeof MEMBER_STATES)[number];

/** A member: a person on a union's roll. ID number and phone are kept enciphered, with keyed hashes to find them by. */
@Entity('member')
export class Member {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @Column('varchar', { length: 80 })
  name!: string;

  @Column('varchar', { name: 'staff_number', length: 40, nullable: true })
  staffNumber!: string | null;

  @Column('varchar', { length: 40, nullable: true })
  sex!: string | null;

  @Column('date', { name: 'birth_date', nullable: true })
  birthDate!: string | null;

  /** The day of beginning to work, from which years of service count. */
  @Column('date', { name: 'joined_on', nullable: true })
  joinedOn!: string | null;

  /** The day of joining the union, which need not be that of beginning to work. */
  @Column('date', { name: 'union_joined_on', nullable: true })
  unionJoinedOn!: string | null;

  @Column('varbinary', { name: 'id_number_cipher', length: 200, nullable: true })
  idNumberCipher!: Buffer | null;

  @Column('binary', { name: 'id_number_hash', length: 32, nullable: true })
  idNumberHash!: Buffer | null;

  @Column('varbinary', { name: 'phone_cipher', length: 200, nullable: true })
  phoneCipher!: Buffer | null;

  @Column('binary', { name: 'phone_hash', length: 32, nullable: true })
  phoneHash!: Buffer | null;

  @Column('varchar', { length: 40 })
  state!: MemberState;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column('datetime', { name: 'updated_at', precision: 3 })
  updatedAt!: Date;
}
