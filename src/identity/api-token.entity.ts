import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How the plain text of every API token begins, so that it is told from a session's token, and found when it leaks. */
export const API_TOKEN_PREFIX = 'xf_';

/** An API token: lets a program act at the admin door, in one branch, with the permissions that it lists. */
@Entity('api_token')
export class ApiToken {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  /** The top of the branch in which it is good. */
  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @Column('varchar', { length: 80 })
  name!: string;

  @Column('binary', { name: 'token_hash', length: 32 })
  tokenHash!: Buffer;

  /** Permission names, with blanks between them. */
  @Column('varchar', { length: 400 })
  permissions!: string;

  /** The admin who made it. */
  @Column('char', { name: 'created_by', length: 26 })
  createdBy!: string;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column('datetime', { name: 'expires_at', precision: 3 })
  expiresAt!: Date;

  @Column('datetime', { name: 'revoked_at', precision: 3, nullable: true })
  revokedAt!: Date | null;
}
