import { Column, Entity, PrimaryColumn } from 'typeorm';

export const UNION_KINDS = ['province', 'city', 'district', 'enterprise', 'grass-roots', 'industry'] as const;
export type UnionKind = (typeof UNION_KINDS)[number];

/** A union: one node of the organisation tree. */
@Entity('union_node')
export class UnionNode {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  /** Null for the root of a tree. */
  @Column('char', { name: 'parent_id', length: 26, nullable: true })
  parentId!: string | null;

  @Column('varchar', { length: 120 })
  name!: string;

  @Column('varchar', { length: 40 })
  kind!: UnionKind;

  /** The ids from the root to this union, "/<root>/…/<this>/": a prefix of it is a branch. Never changes. */
  @Column('varchar', { length: 400 })
  path!: string;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;
}
