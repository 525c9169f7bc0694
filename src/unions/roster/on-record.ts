import type { EntityManager } from 'typeorm';
import type { MemberState } from '../member.entity.ts';
import { staffKey } from './values.ts';

/** What is on record of a member, as far as a roster can say it; hashes as base64, to be compared. */
export interface Known {
  id: string;
  unionId: string;
  name: string;
  staffNumber: string | null;
  sex: string | null;
  birthDate: string | null;
  joinedOn: string | null;
  unionJoinedOn: string | null;
  idNumberHash: string | null;
  phoneHash: string | null;
  state: MemberState;
  updatedAt: Date;
}

/** Members found by what is unique to each, for one batch of rows. */
export class OnRecord {
  readonly byIdNumber = new Map<string, Known>();
  readonly byStaffNumber = new Map<string, Known>();
  readonly byPhone = new Map<string, Known>();

  constructor(private readonly db: EntityManager) {}

  async findByIdNumber(hashes: readonly Buffer[]): Promise<void> {
    if (hashes.length > 0) await this.find('id_number_hash IN (?)', [[hashes]]);
  }

  async findByPhone(hashes: readonly Buffer[]): Promise<void> {
    if (hashes.length > 0) await this.find('phone_hash IN (?)', [[hashes]]);
  }

  /** Staff numbers by union. Not as pairs: MariaDB takes seconds to plan a thousand of them. */
  async findByStaffNumber(numbers: ReadonlyMap<string, readonly string[]>): Promise<void> {
    if (numbers.size > 0) await this.find('union_id = ? AND staff_number IN (?)', [...numbers]);
  }

  /** One statement: the members that meet the condition with any of these parameters. */
  private async find(where: string, parameters: readonly unknown[][]): Promise<void> {
    const one = `(SELECT id, union_id, name, staff_number, sex, birth_date, joined_on, union_joined_on, id_number_hash,
      phone_hash, state, updated_at FROM member WHERE ${where})`;
    const rows: MemberRow[] = await this.db.query(parameters.map(() => one).join(' UNION ALL '), parameters.flat());
    for (const row of rows) this.add(known(row));
  }

  private add(member: Known): void {
    if (member.idNumberHash !== null) this.byIdNumber.set(member.idNumberHash, member);
    if (member.phoneHash !== null) this.byPhone.set(member.phoneHash, member);
    if (member.staffNumber !== null) this.byStaffNumber.set(staffKey(member.unionId, member.staffNumber), member);
  }
}

interface MemberRow {
  id: string;
  union_id: string;
  name: string;
  staff_number: string | null;
  sex: string | null;
  birth_date: string | null;
  joined_on: string | null;
  union_joined_on: string | null;
  id_number_hash: Buffer | null;
  phone_hash: Buffer | null;
  state: MemberState;
  updated_at: Date;
}

function known(row: MemberRow): Known {
  return {
    id: row.id,
    unionId: row.union_id,
    name: row.name,
    staffNumber: row.staff_number,
    sex: row.sex,
    birthDate: row.birth_date,
    joinedOn: row.joined_on,
    unionJoinedOn: row.union_joined_on,
    idNumberHash: row.id_number_hash?.toString('base64') ?? null,
    phoneHash: row.phone_hash?.toString('base64') ?? null,
    state: row.state,
    updatedAt: row.updated_at,
  };
}
