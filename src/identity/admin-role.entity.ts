import { Entity, PrimaryColumn } from 'typeorm';

/** That an admin has a role in the branch below a union. */
@Entity('admin_role')
export class AdminRole {
  @PrimaryColumn('char', { name: 'operator_id', length: 26 })
  operatorId!: string;

  @PrimaryColumn('char', { name: 'union_id', length: 26 })
  unionId!: string;

  @PrimaryColumn('varchar', { length: 40 })
  role!: string;
}
