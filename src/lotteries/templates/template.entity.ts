import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TemplateTerms } from '../set-up/terms.ts';

/** What the lottery of each month of a programme is made with. */
@Entity('lottery_template')
export class LotteryTemplate {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  @Column('varchar', { length: 100 })
  name!: string;

  @Column('json')
  terms!: TemplateTerms;

  @Column('varchar', { length: 40 })
  state!: 'active' | 'paused';

  /** Since when it is active: a draw that lay before is not made up for. */
  @Column('datetime', { name: 'active_since', precision: 3 })
  activeSince!: Date;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;
}
