import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A line of a notice, as it was published. */
@Entity('notice_line')
export class NoticeLine {
  @PrimaryColumn('char', { name: 'notice_id', length: 26 })
  noticeId!: string;

  /** 1 for the first. */
  @PrimaryColumn('int')
  number!: number;

  /** Whom or what it names, as the public may read it: "张*｜第三机械厂工会". */
  @Column('varchar', { length: 200 })
  label!: string;

  /** What it gives them: "二等奖｜500 积分". */
  @Column('varchar', { length: 500 })
  detail!: string;

  /** The member whom it concerns; null when nobody in particular. Not for the public. */
  @Column('char', { name: 'member_id', length: 26, nullable: true })
  memberId!: string | null;
}
