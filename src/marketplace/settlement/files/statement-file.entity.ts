import { Column, Entity, PrimaryColumn } from 'typeorm';

export type FileFormat = 'xlsx' | 'csv';

/** A statement as a file. It is made when the statement was closed and never changed; one that is damaged gives way to another. */
@Entity('settlement_file')
export class StatementFile {
  /** Also the name under which it lies in the storage directory. */
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'statement_id', length: 26 })
  statementId!: string;

  @Column('varchar', { length: 40 })
  format!: FileFormat;

  /** In bytes. */
  @Column('int')
  size!: number;

  @Column('binary', { length: 32 })
  sha256!: Buffer;

  @Column('datetime', { name: 'made_at', precision: 3 })
  madeAt!: Date;
}
