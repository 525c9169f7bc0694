import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A file that somebody uploaded to prove something: a certificate, wedding papers, a document of approval. */
@Entity('evidence_file')
export class EvidenceFile {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  /** Who uploaded it, as an actor: "member:<id>", "operator:<id>", "api-token:<id>". */
  @Column('varchar', { length: 40 })
  owner!: string;

  @Column('varchar', { name: 'file_name', length: 200 })
  fileName!: string;

  /** By its content, "image/jpeg". */
  @Column('varchar', { name: 'media_type', length: 40 })
  mediaType!: string;

  /** In bytes. */
  @Column('int')
  size!: number;

  @Column('binary', { length: 32 })
  sha256!: Buffer;

  /** Where it lies below the storage directory. */
  @Column('varchar', { name: 'storage_key', length: 100 })
  storageKey!: string;

  /** What it proves, "claim:<id>"; null while it is attached to nothing. */
  @Column('varchar', { name: 'attached_to', length: 60, nullable: true })
  attachedTo!: string | null;

  @Column('datetime', { name: 'attached_at', precision: 3, nullable: true })
  attachedAt!: Date | null;

  /** From when it has been attached to nothing; null while it is attached. */
  @Column('datetime', { name: 'free_since', precision: 3, nullable: true })
  freeSince!: Date | null;

  @Column('datetime', { name: 'uploaded_at', precision: 3 })
  uploadedAt!: Date;
}
