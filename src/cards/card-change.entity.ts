import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CardState } from './card.entity.ts';

/** A change of a card's state: by whom and why. Never changed or deleted. */
@Entity('card_change')
export class CardChange {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'card_id', length: 26 })
  cardId!: string;

  @Column('varchar', { name: 'state_before', length: 40 })
  stateBefore!: CardState;

  @Column('varchar', { name: 'state_after', length: 40 })
  stateAfter!: CardState;

  @Column('varchar', { length: 40 })
  actor!: string;

  @Column('varchar', { length: 200 })
  reason!: string;

  @Column('datetime', { name: 'changed_at', precision: 3 })
  changedAt!: Date;
}
