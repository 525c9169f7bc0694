import { Column, Entity, PrimaryColumn } from 'typeorm';

/** invited: has not answered. accepted: may score. declined, withdrawn: not of the panel (any more). */
export const JUDGE_STATES = ['invited', 'accepted', 'declined', 'withdrawn'] as const;
export type JudgeState = (typeof JUDGE_STATES)[number];

/** A judge of a panel. */
@Entity('panel_judge')
export class Judge {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'panel_id', length: 26 })
  panelId!: string;

  /** The admin who she is. */
  @Column('char', { name: 'operator_id', length: 26 })
  operatorId!: string;

  /** The numbers of the criteria that she judges, in order; null for all that are judged. */
  @Column('varchar', {
    length: 200,
    nullable: true,
    transformer: {
      from: (text: string | null): number[] | null => (text === null ? null : JSON.parse(text)),
      to: (numbers: readonly number[] | null): string | null => (numbers === null ? null : JSON.stringify(numbers)),
    },
  })
  criteria!: number[] | null;

  @Column('varchar', { length: 40 })
  state!: JudgeState;

  @Column('datetime', { name: 'invited_at', precision: 3 })
  invitedAt!: Date;

  /** As an actor. */
  @Column('varchar', { name: 'invited_by', length: 60 })
  invitedBy!: string;

  @Column('datetime', { name: 'answered_at', precision: 3, nullable: true })
  answeredAt!: Date | null;

  @Column('datetime', { name: 'withdrawn_at', precision: 3, nullable: true })
  withdrawnAt!: Date | null;

  @Column('varchar', { name: 'withdrawn_reason', length: 300, nullable: true })
  withdrawnReason!: string | null;
}
