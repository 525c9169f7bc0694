import { Column, Entity, PrimaryColumn } from 'typeorm';

export const IMPORT_STATES = ['checking', 'checked', 'importing', 'imported', 'failed'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** An upload of a file of entries for a union's branch, and what came of it. */
@Entity('entry_import')
export class EntryImport {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'competition_id', length: 26 })
  competitionId!: string;

  @Column('char', { name: 'union_id', length: 26 })
  unionId!: string;

  /** The actor who uploaded it. */
  @Column('varchar', { name: 'requested_by', length: 40 })
  requestedBy!: string;

  @Column('varchar', { name: 'file_name', length: 200 })
  fileName!: string;

  @Column('varchar', { name: 'storage_key', length: 200 })
  storageKey!: string;

  @Column('binary', { name: 'file_sha256', length: 32 })
  fileSha256!: Buffer;

  @Column('varchar', { length: 40 })
  state!: ImportState;

  /** Parties, rows that make an entry together, that the check is past. */
  @Column('int', { name: 'parties_read' })
  partiesRead!: number;

  /** Rows that the check is past; once checked, all of them. */
  @Column('int', { name: 'rows_read' })
  rowsRead!: number;

  /** Rows that are not entered, for a problem of their own or of their team. */
  @Column('int', { name: 'rows_bad' })
  rowsBad!: number;

  /** Rows that the check found good. */
  @Column('int', { name: 'rows_good' })
  rowsGood!: number;

  /** Good rows that the import is past. */
  @Column('int', { name: 'rows_done' })
  rowsDone!: number;

  @Column('int', { name: 'entries_made' })
  entriesMade!: number;

  @Column('varchar', { name: 'failure_code', length: 40, nullable: true })
  failureCode!: string | null;

  @Column('varchar', { name: 'failure_zh', length: 400, nullable: true })
  failureZh!: string | null;

  @Column('varchar', { name: 'failure_en', length: 400, nullable: true })
  failureEn!: string | null;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  /** Who asked for the entries to be made, and when: that is when they count as made. */
  @Column('varchar', { name: 'asked_by', length: 40, nullable: true })
  askedBy!: string | null;

  @Column('datetime', { name: 'asked_at', precision: 3, nullable: true })
  askedAt!: Date | null;

  @Column('datetime', { name: 'finished_at', precision: 3, nullable: true })
  finishedAt!: Date | null;
}
