import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Someone who signs in with a password: a union admin (door "admin") or merchant staff (door "merchant"). */
@Entity('operator')
export class Operator {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('varchar', { length: 40 })
  door!: 'merchant' | 'admin';

  /** Lower case; unique within the door. */
  @Column('varchar', { length: 60 })
  login!: string;

  @Column('varchar', { length: 80 })
  name!: string;

  /** Argon2id; only read where a password is checked. */
  @Column('varchar', { name: 'password_hash', length: 200, select: false })
  passwordHash!: string;

  /** The member that an admin is; null when she is none, or nobody has written it down. */
  @Column('char', { name: 'member_id', length: 26, nullable: true })
  memberId!: string | null;

  @Column('datetime', { name: 'disabled_at', precision: 3, nullable: true })
  disabledAt!: Date | null;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;
}
