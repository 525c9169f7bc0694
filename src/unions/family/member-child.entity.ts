import { Column, Entity, PrimaryColumn } from 'typeorm';

export const CHILD_STATES = ['declared', 'confirmed'] as const;

/** declared: the member says so. confirmed: an admin has seen proof of it. */
export type ChildState = (typeof CHILD_STATES)[number];

/** A child of a member, for milestones alone, as long as the member consents: who withdraws it deletes the row. */
@Entity('member_child')
export class MemberChild {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'member_id', length: 26 })
  memberId!: string;

  @Column('date', { name: 'birth_date' })
  birthDate!: string;

  /** What the parent calls the child, e.g. 老大. */
  @Column('varchar', { name: 'name_hint', length: 20, nullable: true })
  nameHint!: string | null;

  @Column('varchar', { length: 40 })
  state!: ChildState;

  @Column('datetime', { name: 'consented_at', precision: 3 })
  consentedAt!: Date;

  /** Who confirmed it, as an actor: "operator:<id>". */
  @Column('varchar', { name: 'confirmed_by', length: 40, nullable: true })
  confirmedBy!: string | null;

  @Column('datetime', { name: 'confirmed_at', precision: 3, nullable: true })
  confirmedAt!: Date | null;
}
