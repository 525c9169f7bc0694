import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What stands in a line of a version of a round's list: the naming which that line shows. */
@Entity('naming_line')
export class NamingLine {
  @PrimaryColumn('char', { name: 'notice_id', length: 26 })
  noticeId!: string;

  @PrimaryColumn('int')
  number!: number;

  @Column('char', { name: 'naming_id', length: 26 })
  namingId!: string;
}
