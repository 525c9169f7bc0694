import type { MemberCaller } from '../../../src/identity/caller.ts';
import { Achievement, type AchievementState } from '../../../src/innovation/achievements/achievement.entity.ts';
import { Author } from '../../../src/innovation/achievements/author.entity.ts';
import { acceptBenefit } from '../../../src/innovation/benefits/accept-benefit.ts';
import { auditBenefit } from '../../../src/innovation/benefits/audit-benefit.ts';
import { Benefit } from '../../../src/innovation/benefits/benefit.entity.ts';
import { type BenefitGiven, claimBenefit } from '../../../src/innovation/benefits/claim-benefit.ts';
import { Category } from '../../../src/innovation/seasons/category.entity.ts';
import { Season } from '../../../src/innovation/seasons/season.entity.ts';
import { newId } from '../../../src/platform/ids.ts';
import { asMember } from '../../competitions/entries/world.ts';
import { filesOf } from '../../evidence/world.ts';
import { anAccount } from '../../judging/world.ts';
import type { TestDeps } from '../../support/deps.ts';
import { accepted, aKey, aMember } from '../../unions/tree.ts';
import { aContractWorld } from '../contracts/world.ts';

/** Writes down an open season of a union with one category of technical achievements, which is category 1. */
export async function aSeasonRow({ db, clock }: TestDeps, unionId: string, fields: Partial<Season> = {}) {
  const id = newId();
  const now = clock.now();
  const declared = { declareFrom: new Date('2026-01-01T00:00:00Z'), declareUntil: new Date('2026-12-01T00:00:00Z') };
  await db.manager.insert(Season, {
    ...{ id, unionId, name: '职工创新成果评选', year: 2026, about: '', state: 'open', noticeWorkingDays: 5 },
    ...{ certificatePrefix: `T${id.slice(-9)}`, createdAt: now, openedAt: now, ...declared, ...fields },
  });
  await db.manager.insert(Category, {
    ...{
      seasonId: id,
      number: 1,
      id: newId(),
      name: '技术成果',
      kind: 'technical',
      criteria: [],
      judging: {} as never,
    },
    ...{ honoursAtMost: 10, reserves: [], state: 'planned' },
  });
  return id;
}

let numbers = 0;

/** Writes down an achievement of these authors, the first of whom declares it, as it stands after its check. */
export async function anAchievementRow(
  { db, clock }: TestDeps,
  { seasonId, unionId }: { seasonId: string; unionId: string },
  authors: readonly (Pick<Author, 'memberId' | 'share'> & Partial<Author>)[],
  fields: Partial<Achievement> = {},
): Promise<string> {
  numbers += 1;
  const id = newId();
  const now = clock.now();
  const declarerId = authors[0]!.memberId;
  const settledAt = fields.state === 'honoured' || fields.state === 'not_honoured' ? now : null;
  await db.manager.insert(Achievement, {
    ...{ id, seasonId, number: numbers, kind: 'technical', group: 'workers', categoryNumber: 1, field: '焊接' },
    ...{
      title: `双丝焊接工艺 ${numbers}`,
      unionId,
      firmUnionId: unionId,
      declarerId,
      declaredBy: `member:${declarerId}`,
    },
    ...{ state: 'eligible', version: 1, submittedVersion: 1, declaredAt: now, submittedAt: now, settledAt, ...fields },
  });
  await db.manager.insert(
    Author,
    authors.map((author, i) => ({ achievementId: id, number: i + 1, post: 'worker' as const, unionId, ...author })),
  );
  return id;
}

export const HALVES = [5000, 5000];

/**
 * The world of contracts with a season of the province, members of the eastern works who make achievements, and the
 * people who settle their benefits: a clerk of the works, an auditor and an officer of the city.
 */
export async function aBenefitWorld() {
  const world = await aContractWorld();
  const { deps, province, east, eastWorks } = world;
  const seasonId = await aSeasonRow(deps, province);
  const auditor = await anAccount(deps, east, 'federation-admin', { name: '审核人' });
  const officer = await anAccount(deps, east, 'federation-admin', { name: '认定人' });

  /** An achievement of members of the eastern works with these shares, the first of whom declares it. */
  const anAchievement = async (
    shares: readonly number[] = HALVES,
    { unionId = eastWorks, ...fields }: Partial<Achievement> = {},
  ) => {
    const authors = [];
    for (const [i, share] of shares.entries())
      authors.push({ memberId: await aMember(deps, unionId, { name: `完成人${i + 1}`, staffNumber: aKey() }), share });
    const id = await anAchievementRow(deps, { seasonId, unionId }, authors, fields);
    return { id, memberIds: authors.map(({ memberId }) => memberId), declarer: asMember(authors[0]!.memberId) };
  };
  const claim = async (by: MemberCaller, achievementId: string, fields: Partial<BenefitGiven> = {}) => {
    const evidenceIds = fields.evidenceIds ?? (await filesOf(deps, by.actor, 1));
    const given = { fen: 2_000_000, periodFrom: '2025-01-01', periodUntil: '2025-12-31', how: '节约焊材 12 吨' };
    return claimBenefit(deps, by, aKey(), { achievementId, ...given, ...fields, evidenceIds });
  };
  const audit = (benefitId: string, fen = 2_000_000, by = auditor, note = '核对台账属实') =>
    auditBenefit(deps, by, aKey(), { benefitId, fen, note });
  const accept = (benefitId: string, fen = 2_000_000, by = officer) =>
    acceptBenefit(deps, by, aKey(), { benefitId, fen });
  const claimed = async (fields: Partial<BenefitGiven> = {}, state: AchievementState = 'eligible') => {
    const { id, declarer } = await anAchievement(HALVES, { state });
    return accepted(await claim(declarer, id, fields));
  };
  /** An achievement with an accepted benefit. */
  const proven = async (fen: number, ...rest: Parameters<typeof anAchievement>) => {
    const made = await anAchievement(...rest);
    const benefitId = accepted(await claim(made.declarer, made.id, { fen }));
    accepted(await audit(benefitId, fen));
    accepted(await accept(benefitId, fen));
    return made;
  };
  const benefit = (id: string) => deps.db.manager.findOneByOrFail(Benefit, { id });
  return {
    ...{ ...world, seasonId, auditor, officer },
    ...{ anAchievement, claim, audit, accept, claimed, proven, benefit },
  };
}

export type BenefitWorld = Awaited<ReturnType<typeof aBenefitWorld>>;
