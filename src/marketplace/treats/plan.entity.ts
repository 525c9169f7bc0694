import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What becomes of a treat whose day is a day of rest: it stays there, or it is on the last working day before. */
export type WhenRest = 'on_the_day' | 'workday_before';

export type TreatPlanState = 'active' | 'paused';

/** 每月礼: what a programme gives its members once a month. Each month's round is put up by it. Its lines stand apart. */
@Entity('treat_plan')
export class TreatPlan {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  @Column('varchar', { length: 40 })
  name!: string;

  /** 1 to 28. */
  @Column('tinyint', { name: 'day_of_month' })
  dayOfMonth!: number;

  @Column('varchar', { name: 'when_rest', length: 40 })
  whenRest!: WhenRest;

  /** The minute of Beijing's day, "10:00". */
  @Column('char', { length: 5 })
  opens!: string;

  /** How many days before its day a round is put up. */
  @Column('tinyint', { name: 'days_ahead' })
  daysAhead!: number;

  @Column('varchar', { length: 40 })
  state!: TreatPlanState;

  /** Who made or changed it last, as an actor: "operator:<id>". */
  @Column('varchar', { name: 'changed_by', length: 60 })
  changedBy!: string;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;
}
