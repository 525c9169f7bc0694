import type { EntityManager } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';
import type { Attributes } from '../../rules/attributes.ts';
import type { Asked, MemberFacts } from '../../rules/conditions.ts';
import { factsOn } from '../../rules/facts.ts';
import type { Firm } from '../../unions/firms/firm.entity.ts';
import { firmsOfPaths } from '../../unions/firms/queries.ts';
import { memberFacts, type MemberFacts as OnRecord } from '../../unions/member-facts.ts';
import { findUnions } from '../../unions/queries.ts';
import type { MemberSkill } from '../../unions/skill/member-skill.entity.ts';
import { skillsOf } from '../../unions/skill/queries.ts';
import {
  EMPLOYEES,
  FIRM_TYPE,
  FIRM_TYPE_NAMES,
  OWNERSHIP,
  OWNERSHIP_NAMES,
  SKILL_LEVEL,
  TRADE,
} from './eligibility.ts';

/** What is on record of somebody who enters. */
export interface EntrantOnRecord {
  unionPath: string;
  /** Null for a firm. */
  member: OnRecord | null;
  /** The firm itself, or the one in which the member works; null when nothing is known of it. */
  firm: Firm | null;
  /** The member's highest level in each trade, the highest first. */
  skills: readonly MemberSkill[];
}

/** What is on record of members who enter, by id; an id of no member has no entry. Four statements, however many. */
export async function membersEntering(
  db: EntityManager,
  memberIds: readonly string[],
): Promise<Map<string, EntrantOnRecord>> {
  const members = await memberFacts(db, memberIds);
  const firms = await firmsOfPaths(db, [...new Set([...members.values()].map(({ unionPath }) => unionPath))]);
  const skills = await skillsOf(db, memberIds);
  return new Map(
    [...members].map(([id, member]) => {
      const { unionPath } = member;
      return [id, { unionPath, member, firm: firms.get(unionPath) ?? null, skills: skills.get(id) ?? [] }];
    }),
  );
}

/** What is on record of firms that enter, by the id of their union; an id of no union has no entry. */
export async function firmsEntering(
  db: EntityManager,
  unionIds: readonly string[],
): Promise<Map<string, EntrantOnRecord>> {
  const unions = await findUnions(db, unionIds);
  const firms = await firmsOfPaths(
    db,
    unions.map(({ path }) => path),
  );
  return new Map(
    unions.map(({ id, path }) => [id, { unionPath: path, member: null, firm: firms.get(path) ?? null, skills: [] }]),
  );
}

/** The firm in which a member works, as it enters itself; where none is known, the member's union. */
export function firmOfMember(entrant: EntrantOnRecord): EntrantOnRecord {
  const { unionPath, firm } = entrant;
  const path = firm ? unionPath.slice(0, unionPath.indexOf(firm.unionId) + firm.unionId.length + 1) : unionPath;
  return { unionPath: path, member: null, firm, skills: [] };
}

const NOBODY: Omit<MemberFacts, 'unionPath'> = {
  sex: null,
  age: null,
  serviceYears: null,
  membershipYears: null,
  tags: [],
};

/**
 * What conditions are asked about an entrant on the day of the entry. `trade` is that of the division or competition;
 * without one the highest level in any trade counts.
 */
export function askedOfEntrant(entrant: EntrantOnRecord, day: BeijingDay, trade: string | null): Asked {
  const { unionPath, member } = entrant;
  return {
    attributes: attributesOf(entrant, trade),
    occurredOn: day,
    member: member ? factsOn(day, member) : { unionPath, ...NOBODY },
  };
}

function attributesOf({ firm, skills }: EntrantOnRecord, trade: string | null): Attributes {
  const skill = trade === null ? skills[0] : skills.find((one) => one.trade === trade);
  return {
    ...(firm && {
      [FIRM_TYPE]: FIRM_TYPE_NAMES[firm.firmType],
      [OWNERSHIP]: OWNERSHIP_NAMES[firm.ownership],
      [TRADE]: firm.trade,
      [EMPLOYEES]: firm.employees,
    }),
    ...(skill && { [SKILL_LEVEL]: skill.level }),
  };
}
