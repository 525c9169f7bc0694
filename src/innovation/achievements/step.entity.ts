import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AchievementGroup } from '../kinds.ts';
import type { Adoption } from './achievement.entity.ts';

export const STEPS = [
  'submitted',
  'resubmitted',
  'returned',
  'eligible',
  'ineligible',
  'group_changed',
  'adoption_changed',
  'withdrawn',
  'listed',
  'unlisted',
  'honoured',
  'not_honoured',
] as const;
export type Step = (typeof STEPS)[number];

/** What a step tells besides: what is missing, why, what became of what. */
export interface StepNote {
  missing?: readonly string[];
  reason?: string;
  group?: AchievementGroup;
  adoption?: Adoption;
}

/** A step in the history of an achievement. It is never changed. */
@Entity('achievement_step')
export class AchievementStep {
  @PrimaryColumn('char', { name: 'achievement_id', length: 26 })
  achievementId!: string;

  /** From 1. */
  @PrimaryColumn('int')
  number!: number;

  @Column('varchar', { length: 40 })
  what!: Step;

  /** As an actor. */
  @Column('varchar', { name: 'taken_by', length: 40 })
  takenBy!: string;

  @Column('datetime', { name: 'taken_at', precision: 3 })
  takenAt!: Date;

  @Column('json')
  note!: StepNote;
}
