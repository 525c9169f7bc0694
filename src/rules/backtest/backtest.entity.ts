import { Column, Entity, PrimaryColumn } from 'typeorm';
import { ruleDefinition } from '../definition.ts';
import type { VersionedRule } from '../queries.ts';
import { type BacktestResult, backtestResult } from './report.ts';

/** A rule as a back-test tries it: one in force, or a draft in its place. */
export interface TriedRule extends VersionedRule {
  isDraft: boolean;
}

/** A back-test: some rules, replayed over the events that were recorded in a period. */
@Entity('backtest')
export class Backtest {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  @Column('varchar', { name: 'requested_by', length: 40 })
  requestedBy!: string;

  /** Beijing days, both inclusive. */
  @Column('date', { name: 'from_day' })
  fromDay!: string;

  @Column('date', { name: 'until_day' })
  untilDay!: string;

  /** The rules as they were when it was asked for: drafts change, what was tried does not. */
  @Column('mediumtext', { transformer: { from: rulesFromText, to: (rules: TriedRule[]) => JSON.stringify(rules) } })
  rules!: TriedRule[];

  @Column('varchar', { length: 40 })
  state!: 'waiting' | 'running' | 'done';

  @Column('int', { name: 'events_done' })
  eventsDone!: number;

  /** Null until it runs. */
  @Column('int', { name: 'events_of', nullable: true })
  eventsOf!: number | null;

  @Column('mediumtext', {
    nullable: true,
    transformer: {
      from: (text: string | null) => (text === null ? null : backtestResult.parse(JSON.parse(text))),
      to: (result: BacktestResult | null) => result && JSON.stringify(result),
    },
  })
  result!: BacktestResult | null;

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column('datetime', { name: 'finished_at', precision: 3, nullable: true })
  finishedAt!: Date | null;
}

function rulesFromText(text: string): TriedRule[] {
  const rules: (TriedRule & { publishedAt: string; effectiveAt: string })[] = JSON.parse(text);
  return rules.map((rule) => ({
    ...rule,
    definition: ruleDefinition.parse(rule.definition),
    publishedAt: new Date(rule.publishedAt),
    effectiveAt: new Date(rule.effectiveAt),
  }));
}
