import type { EntityManager } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { findMembers, idsOnPath } from '../../unions/queries.ts';
import type { SkillLevel } from '../../unions/skill/member-skill.entity.ts';
import type { Competition } from '../plan/competition.entity.ts';
import type { Division } from '../plan/division.entity.ts';
import { obstacle, SKILL_LEVEL } from '../plan/eligibility.ts';
import { askedOfEntrant, type EntrantOnRecord, firmOfMember, membersEntering } from '../plan/entrants.ts';
import type { EntryRole } from './entry-member.entity.ts';
import { membersIn } from './queries.ts';
import {
  alreadyEntered,
  captainsNotOne,
  memberNotActive,
  memberOfOtherFirm,
  memberRepeated,
  memberUnknown,
  notEligible,
  substitutesTooMany,
  teamTooLarge,
  teamUnderStrength,
} from './refusals.ts';
import { type EntryTerms, placeOf } from './terms.ts';
import type { NewEntry, NewEntryMember } from './write-entries.ts';

/** Those who want to enter together: a team, or one member alone. */
export interface Party {
  divisionId: string | null;
  /** Of the team; null for a member alone, whose entry bears her own name. */
  name: string | null;
  members: readonly PartyMember[];
}

export interface PartyMember {
  memberId: string;
  role: EntryRole;
}

/** What is known of people who want to enter, and who of them has entered already. */
export interface Crowd {
  names: ReadonlyMap<string, string>;
  onRecord: ReadonlyMap<string, EntrantOnRecord>;
  /** Grows with those who are taken. */
  entered: Set<string>;
}

/** Reads what is known of people: six statements, however many. */
export async function crowdOf(db: EntityManager, competitionId: string, memberIds: readonly string[]): Promise<Crowd> {
  const ids = [...new Set(memberIds)];
  const members = await findMembers(db, ids);
  return {
    names: new Map(members.map(({ id, name }) => [id, name])),
    onRecord: await membersEntering(db, ids),
    entered: new Set(await membersIn(db, competitionId, ids)),
  };
}

/**
 * Judges a party, and resolves with the entry that it makes. Refusals, with the place of the member, "members.2":
 * CAPTAINS_NOT_ONE, TEAM_UNDER_STRENGTH, TEAM_TOO_LARGE, SUBSTITUTES_TOO_MANY, MEMBER_REPEATED, DIVISION_UNKNOWN,
 * NO_STAGE_HERE and those of `judgeMember`.
 */
export function judgeParty(terms: EntryTerms, party: Party, crowd: Crowd, day: BeijingDay): Result<NewEntry> {
  const { competition } = terms;
  const wrong = wrongTeam(competition, party.members);
  if (wrong) return refuse(wrong);
  const lead = party.members.find(({ role }) => role !== 'substitute')!;
  const at = (i: number) => `members.${i}`;
  const leader = crowd.onRecord.get(lead.memberId);
  if (!leader) return refuse(memberUnknown(at(party.members.indexOf(lead))));
  const place = placeOf(terms, party.divisionId, leader.unionPath);
  if (!place.ok) return place;
  const { division, stage } = place.value;
  const unionId = firmUnionOf(leader);
  const members: NewEntryMember[] = [];
  for (const [i, { memberId, role }] of party.members.entries()) {
    const member = judgeMember(terms, { division, unionId, memberId }, crowd, day);
    if (!member.ok) return refuse({ ...member.refusal, at: at(i) });
    members.push({ ...member.value, role });
  }
  for (const { memberId } of party.members) crowd.entered.add(memberId);
  return accept({
    divisionId: division?.id ?? null,
    stageId: stage.id,
    unionId,
    unionPath: firmOfMember(leader).unionPath,
    kind: competition.entrant,
    name: party.name ?? crowd.names.get(lead.memberId)!,
    firmType: leader.firm?.firmType ?? null,
    members,
  });
}

/** Of what entry a member is to be part. */
export interface Joining {
  division: Division | null;
  /** The union of the firm. */
  unionId: string;
  memberId: string;
}

/**
 * Judges one member who is to be part of an entry, and resolves with what is noted of her. Refusals: MEMBER_UNKNOWN,
 * MEMBER_NOT_ACTIVE, MEMBER_OF_OTHER_FIRM, ALREADY_ENTERED, NOT_ELIGIBLE.
 */
export function judgeMember(
  { competition, unionNames }: EntryTerms,
  { division, unionId, memberId }: Joining,
  crowd: Crowd,
  day: BeijingDay,
): Result<Omit<NewEntryMember, 'role'>> {
  const entrant = crowd.onRecord.get(memberId);
  if (!entrant?.member) return refuse(memberUnknown());
  if (entrant.member.state !== 'active') return refuse(memberNotActive());
  if (firmUnionOf(entrant) !== unionId) return refuse(memberOfOtherFirm());
  if (crowd.entered.has(memberId)) return refuse(alreadyEntered());
  const asked = askedOfEntrant(entrant, day, division?.trade ?? competition.trade);
  // Where firms enter, the conditions are asked of the firm.
  const conditions = competition.entrant === 'firm' ? [] : [competition.eligibility, division?.eligibility ?? null];
  const found = obstacle(conditions, asked, unionNames);
  if (found) return refuse(notEligible(found));
  const skillLevel = (asked.attributes[SKILL_LEVEL] ?? null) as SkillLevel | null;
  return accept({ memberId, sex: asked.member.sex, age: asked.member.age, skillLevel });
}

/** The union of the firm in which somebody works; her own where none is known. */
export function firmUnionOf({ firm, unionPath }: Pick<EntrantOnRecord, 'firm' | 'unionPath'>): string {
  return firm?.unionId ?? idsOnPath(unionPath).at(-1)!;
}

function wrongTeam({ entrant, ...terms }: Competition, members: readonly PartyMember[]): Refusal | undefined {
  if (entrant !== 'team') return undefined;
  const captains = members.filter(({ role }) => role === 'captain').length;
  if (captains !== 1) return captainsNotOne(captains);
  const substitutes = members.filter(({ role }) => role === 'substitute').length;
  const strength = members.length - substitutes;
  if (strength < terms.teamMin!) return teamUnderStrength(strength, terms.teamMin!);
  if (strength > terms.teamMax!) return teamTooLarge(strength, terms.teamMax!);
  if (substitutes > terms.substitutesAtMost) return substitutesTooMany(substitutes, terms.substitutesAtMost);
  const repeated = members.findIndex(({ memberId }, i) => members.findIndex((one) => one.memberId === memberId) < i);
  return repeated < 0 ? undefined : memberRepeated(`members.${repeated}`);
}
