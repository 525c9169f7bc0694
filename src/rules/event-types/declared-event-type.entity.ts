import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Area, AttributeDeclaration } from './event-type.ts';

/** An event type that an admin declared for a programme. */
@Entity('event_type')
export class DeclaredEventType {
  @PrimaryColumn('char', { length: 26 })
  id!: string;

  @Column('char', { name: 'programme_id', length: 26 })
  programmeId!: string;

  @Column('varchar', { length: 40 })
  code!: string;

  @Column('varchar', { length: 60 })
  name!: string;

  @Column('varchar', { length: 40 })
  area!: Area;

  @Column('boolean')
  claimable!: boolean;

  @Column('simple-json')
  attributes!: AttributeDeclaration[];

  @Column('datetime', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column('datetime', { name: 'updated_at', precision: 3 })
  updatedAt!: Date;
}
