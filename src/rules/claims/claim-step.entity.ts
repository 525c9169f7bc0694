import { Column, Entity, PrimaryColumn } from 'typeorm';

/** submitted, resubmitted and withdrawn are the member's doing, approved and returned the approver's. */
export type ClaimAction = 'submitted' | 'resubmitted' | 'approved' | 'returned' | 'withdrawn';

/** A step in the history of a claim. It is never changed. */
@Entity('claim_step')
export class ClaimStep {
  @PrimaryColumn('char', { name: 'claim_id', length: 26 })
  claimId!: string;

  /** 1 for the first. */
  @PrimaryColumn('int')
  number!: number;

  @Column('varchar', { length: 40 })
  action!: ClaimAction;

  /** "member:<id>", "operator:<id>", or "system:claims" where the rules ask for nobody's approval. */
  @Column('varchar', { length: 40 })
  actor!: string;

  /** Why it was returned: what the member is to mend. */
  @Column('varchar', { length: 300, nullable: true })
  reason!: string | null;

  @Column('datetime', { name: 'taken_at', precision: 3 })
  takenAt!: Date;
}
