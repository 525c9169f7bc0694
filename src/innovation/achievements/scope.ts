import type { EntityManager } from 'typeorm';
import { type AdminCaller, mayIn } from '../../identity/caller.ts';
import { memberIdOf } from '../../identity/own-member.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { unionPath } from '../../unions/queries.ts';
import { holdSeason } from '../seasons/scope.ts';
import { Season } from '../seasons/season.entity.ts';
import { Achievement } from './achievement.entity.ts';
import { Author } from './author.entity.ts';
import { achievementUnknown, ownAchievement, personNeeded } from './refusals.ts';

/** Whether others than those who declare it may know of an achievement: it was submitted once. */
export function isDeclared({ number }: Pick<Achievement, 'number'>): boolean {
  return number !== null;
}

/** The achievement, when it was submitted and the admin holds the permission in its union. Refusal: ACHIEVEMENT_UNKNOWN. */
export async function achievementInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<Achievement>> {
  const achievement = await db.findOneBy(Achievement, { id });
  return achievement && isDeclared(achievement) && (await mayAt(db, caller, permission, achievement.unionId))
    ? accept(achievement)
    : refuse(achievementUnknown);
}

/**
 * The achievement, when an admin may change it (achievements:declare in its union): one that an admin declared for a
 * member, a draft too. What a member declares herself is hers to change. Refusal: ACHIEVEMENT_UNKNOWN.
 */
export async function achievementDeclaredFor(
  db: EntityManager,
  caller: AdminCaller,
  id: string,
): Promise<Result<Achievement>> {
  const achievement = await db.findOneBy(Achievement, { id });
  const byAdmin = achievement && achievement.declaredBy !== `member:${achievement.declarerId}`;
  return byAdmin && (await mayAt(db, caller, 'achievements:declare', achievement.unionId))
    ? accept(achievement)
    : refuse(achievementUnknown);
}

/** The achievement, when an admin may read it (achievements:read), or change it as one that was declared for a member. */
export async function achievementToRead(
  db: EntityManager,
  caller: AdminCaller,
  id: string,
): Promise<Result<Achievement>> {
  const found = await achievementInScope(db, caller, 'achievements:read', id);
  return found.ok ? found : achievementDeclaredFor(db, caller, id);
}

/** The achievement, when the member is an author of it and it was submitted, or she declares it. Refusal: ACHIEVEMENT_UNKNOWN. */
export async function achievementOfMember(
  db: EntityManager,
  memberId: string,
  id: string,
): Promise<Result<Achievement>> {
  const achievement = await db.findOneBy(Achievement, { id });
  const isAuthor = achievement && (await db.existsBy(Author, { achievementId: id, memberId }));
  return isAuthor && (isDeclared(achievement) || achievement.declaredBy === `member:${memberId}`)
    ? accept(achievement)
    : refuse(achievementUnknown);
}

/** The achievement, when the member declares it herself, a draft too. Refusal: ACHIEVEMENT_UNKNOWN. */
export async function achievementDeclaredBy(
  db: EntityManager,
  memberId: string,
  id: string,
): Promise<Result<Achievement>> {
  const achievement = await db.findOneBy(Achievement, { id, declaredBy: `member:${memberId}` });
  return achievement ? accept(achievement) : refuse(achievementUnknown);
}

/**
 * Holds an achievement until the commit, and its season first, so that nobody closes the season meanwhile. Whether there
 * is such an achievement, and whose it is, its scope tells afterwards.
 */
export async function lockAchievement(tx: Tx, id: string): Promise<void> {
  const [row] = await tx.query<{ season_id: string }[]>('SELECT season_id FROM achievement WHERE id = ?', [id]);
  if (!row) return;
  await holdSeason(tx, row.season_id);
  await tx.query('SELECT id FROM achievement WHERE id = ? FOR UPDATE', [id]);
}

/** An achievement that is to be checked, and its season. */
export interface AchievementToCheck {
  achievement: Achievement;
  season: Season;
}

/**
 * The achievement, held, when a person may check it: achievements:check in the union of its season, and she is none of
 * its authors. Refusals: PERSON_NEEDED, ACHIEVEMENT_UNKNOWN, OWN_ACHIEVEMENT.
 */
export async function lockAchievementToCheck(
  tx: Tx,
  caller: AdminCaller,
  id: string,
): Promise<Result<AchievementToCheck>> {
  if (caller.operatorId === null) return refuse(personNeeded);
  await lockAchievement(tx, id);
  const achievement = await tx.findOneBy(Achievement, { id });
  const season = achievement && (await tx.findOneByOrFail(Season, { id: achievement.seasonId }));
  if (!season || !isDeclared(achievement) || !(await mayAt(tx, caller, 'achievements:check', season.unionId)))
    return refuse(achievementUnknown);
  const memberId = await memberIdOf(tx, caller);
  const isOwn = memberId !== null && (await tx.existsBy(Author, { achievementId: id, memberId }));
  return isOwn ? refuse(ownAchievement) : accept({ achievement, season });
}

async function mayAt(db: EntityManager, caller: AdminCaller, permission: string, unionId: string): Promise<boolean> {
  const path = await unionPath(db, unionId);
  return path !== undefined && mayIn(caller, permission, path);
}
