import { Column, Entity, PrimaryColumn } from 'typeorm';

/** rule: by the plan. wild_card: named by an admin, for a reason. */
export const ADVANCED_BY = ['rule', 'wild_card'] as const;
export type AdvancedBy = (typeof ADVANCED_BY)[number];

/** That an entry goes on from a stage to its parent. */
@Entity('stage_advance')
export class StageAdvance {
  @PrimaryColumn('char', { name: 'stage_id', length: 26 })
  stageId!: string;

  @PrimaryColumn('char', { name: 'entry_id', length: 26 })
  entryId!: string;

  /** In the final ranking of the stage. */
  @Column('int')
  place!: number;

  @Column('varchar', { length: 40 })
  kind!: AdvancedBy;

  /** Of a wild card. */
  @Column('varchar', { length: 300, nullable: true })
  reason!: string | null;

  /** Of a wild card, as an actor. */
  @Column('varchar', { name: 'named_by', length: 60, nullable: true })
  namedBy!: string | null;

  @Column('datetime', { name: 'advanced_at', precision: 3 })
  advancedAt!: Date;
}
