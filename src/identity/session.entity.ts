import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Door } from './caller.ts';

/** One sign-in of a member or an operator, until sign-out or its end. */
@Entity('session')
export class Session {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('varchar', { length: 40 })
  door!: Door;

  /** A member at the member door, an operator at the other two. */
  @Column('char', { name: 'subject_id', length: 26 })
  subjectId!: string;

  /** Counts the refreshes; the refresh token of a generation is derived from it. */
  @Column('int')
  generation!: number;

  @Column('varchar', { length: 200 })
  device!: string;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column('datetime', { name: 'rotated_at', precision: 3 })
  rotatedAt!: Date;

  @Column('datetime', { name: 'expires_at', precision: 3 })
  expiresAt!: Date;

  @Column('datetime', { name: 'revoked_at', precision: 3, nullable: true })
  revokedAt!: Date | null;

  @Column('varchar', { name: 'revoked_why', length: 40, nullable: true })
  revokedWhy!: string | null;
}
