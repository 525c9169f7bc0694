import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SkillLevel } from '../../unions/skill/member-skill.entity.ts';

/** What each of some places of a stage wins. */
@Entity('competition_award')
export class Award {
  @PrimaryColumn('char', { name: 'competition_id', length: 26 })
  competitionId!: string;

  /** From 1, in the order of the plan. */
  @PrimaryColumn('int')
  number!: number;

  @Column('char', { name: 'stage_id', length: 26 })
  stageId!: string;

  /** 一等奖. */
  @Column('varchar', { length: 60 })
  name!: string;

  /** As the certificate says it, 安徽省五一劳动奖状; null for no honour. */
  @Column('varchar', { name: 'honour_name', length: 100, nullable: true })
  honourName!: string | null;

  @Column('int', { name: 'from_place' })
  fromPlace!: number;

  /** Inclusive. */
  @Column('int', { name: 'to_place' })
  toPlace!: number;

  /** Whether winning it is an activity event of the competition's programme. */
  @Column('boolean', { name: 'gives_points' })
  givesPoints!: boolean;

  /** What winners are raised to in the trade of their division; null for none. */
  @Column('tinyint', { name: 'skill_level', nullable: true })
  skillLevel!: SkillLevel | null;

  /** Of each place. */
  @Column('bigint', {
    name: 'subsidy_fen',
    transformer: { from: (value: string) => Number(value), to: (value: number) => value },
  })
  subsidyFen!: number;

  /** The union that pays the subsidy. */
  @Column('char', { name: 'payer_union_id', length: 26 })
  payerUnionId!: string;
}
