import type { AdminCaller, MemberCaller, StaffCaller } from '../../src/identity/caller.ts';
import type { Deps } from '../../src/platform/deps.ts';
import type { TestDeps } from '../support/deps.ts';
import type { KnownRule } from './rules.ts';

export const PROGRAMMES = 2;
/** What each admin may adjust alone for a member in a month. */
export const ADJUSTED_ALONE = 300;
export const UNDO_MINUTES = 1_440;
/** Up to how many points a counter may charge a member who has set no limit. */
export const USUAL_CHARGE_LIMIT = 500;

/** A place where cards are scanned and vouchers used, with who stands there. */
export interface Till {
  merchant: number;
  /** The number of the outlet within its merchant. */
  outlet: number;
  caller: StaffCaller;
}

/** Everything that stands before the first day, by number; ids come in here and nowhere else. */
export interface World {
  deps: TestDeps;
  /** Two API processes: they share nothing but the database. */
  processes: readonly [Deps, Deps];
  unions: { id: string; programme: number }[];
  programmeIds: string[];
  memberIds: string[];
  cardIds: string[];
  merchants: { id: string; outletIds: string[]; owner: StaffCaller }[];
  tills: Till[];
  admins: AdminCaller[];
  parties: AdminCaller[];
  rules: Map<string, KnownRule>;
}

/** What each programme may issue at first: little more than everybody is given at the beginning. */
export const firstBudget = (members: number) => members * 75 + 1_500;

/** Every third member is asked about small charges; the others have the usual limit. */
export const isAsked = (member: number) => member % 3 === 0;

/** Up to how many points a counter may charge a member at first. */
export const chargeLimitOf = (member: number) => (isAsked(member) ? 30 : USUAL_CHARGE_LIMIT);

export function asMember({ memberIds }: World, number: number): MemberCaller {
  const memberId = memberIds[number]!;
  return { door: 'member', actor: `member:${memberId}`, memberId, sessionId: null, permissions: new Set(['self']) };
}

/** Accounts as the laws name them. */
export const accountName = (kind: string, ownerId: string, programmeId: string) => `${kind} ${ownerId} ${programmeId}`;

export function memberAccount({ memberIds, programmeIds }: World, member: number, programme: number): string {
  return accountName('member', memberIds[member]!, programmeIds[programme]!);
}

export function merchantAccount({ merchants, programmeIds }: World, merchant: number, programme: number): string {
  return accountName('merchant', merchants[merchant]!.id, programmeIds[programme]!);
}

/** An account that a programme has one of. */
export function ownAccount({ programmeIds }: World, kind: string, programme: number): string {
  return accountName(kind, programmeIds[programme]!, programmeIds[programme]!);
}
