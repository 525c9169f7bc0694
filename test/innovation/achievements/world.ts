import type { MemberCaller } from '../../../src/identity/caller.ts';
import { MEMBER_PERMISSIONS } from '../../../src/identity/roles.ts';
import { Achievement } from '../../../src/innovation/achievements/achievement.entity.ts';
import { changeAchievement } from '../../../src/innovation/achievements/change-achievement.ts';
import {
  admitAchievement,
  returnAchievement,
  ruleOutAchievement,
} from '../../../src/innovation/achievements/check-achievement.ts';
import { declareAchievement } from '../../../src/innovation/achievements/declare-achievement.ts';
import type { OwnContent } from '../../../src/innovation/achievements/own-content.ts';
import { stepsOf } from '../../../src/innovation/achievements/queries.ts';
import { submitAchievement } from '../../../src/innovation/achievements/submit-achievement.ts';
import { withdrawAchievement } from '../../../src/innovation/achievements/withdraw-achievement.ts';
import { newId } from '../../../src/platform/ids.ts';
import type { TestDeps } from '../../support/deps.ts';
import { accepted, aKey, aMember, type Person } from '../../unions/tree.ts';
import { aSeasonWorld } from '../world.ts';

/** A technical achievement of the one who declares it alone. */
export const someContent = (fields: Partial<OwnContent> = {}): OwnContent => ({
  ...{ kind: 'technical', title: '薄板焊接变形控制', field: '焊接', summary: '减少变形。', text: '采用分段退焊。' },
  ...{ patentNumber: null, adoption: null, effectMeasured: null, allianceId: null, studios: [], evidenceIds: [] },
  ...{ share: 10_000, post: 'worker', colleagues: [] },
  ...fields,
});

let people = 0;

/** A person on the roll of a union, who can be named by name and staff number, and her caller. */
export async function aPerson(deps: TestDeps, unionId: string, person: Person = {}) {
  people += 1;
  const named = { name: `职工${people}`, staffNumber: `C${people}`, ...person };
  const memberId = await aMember(deps, unionId, named);
  return { ...named, memberId, caller: asMember(memberId) };
}

export type SomePerson = Awaited<ReturnType<typeof aPerson>>;

export function asMember(memberId: string): MemberCaller {
  return {
    ...{ door: 'member', actor: `member:${memberId}`, sessionId: newId(), memberId },
    permissions: MEMBER_PERMISSIONS,
  };
}

/** A colleague as she is named, with her share. */
export const named = (
  { name, staffNumber }: SomePerson,
  share: number,
  post: 'worker' | 'professional' = 'worker',
) => ({
  ...{ name, staffNumber, share, post },
});

/** A text of characters of its own: of two numbers nothing is the same. */
export const textOf = (number: number) =>
  Array.from({ length: 200 }, (_, i) => String.fromCharCode(0x4e00 + number * 100 + ((i * i * 7 + i) % 97))).join('');

/** A season of the province that takes declarations, a person of the eastern works, and shorthands for what she declares. */
export async function aDeclaringWorld() {
  const world = await aSeasonWorld();
  const { deps, admin, eastWorks } = world;
  const { season, categories } = await world.season();
  const person = await aPerson(deps, eastWorks, { name: '王小明', staffNumber: 'W1' });
  const draft = (fields: Partial<OwnContent> = {}, who = person, seasonId = season.id) =>
    declareAchievement(deps, who.caller, aKey(), { seasonId, ...someContent(fields) });
  const change = (achievementId: string, fields: Partial<OwnContent> = {}, who = person) =>
    changeAchievement(deps, who.caller, aKey(), { achievementId, ...someContent(fields) });
  const submit = (achievementId: string, who = person) =>
    submitAchievement(deps, who.caller, aKey(), { achievementId });
  const withdraw = (achievementId: string, who = person) =>
    withdrawAchievement(deps, who.caller, aKey(), { achievementId });
  /** Drafts and submits; resolves with its id. */
  const declared = async (fields: Partial<OwnContent> = {}, who = person, seasonId = season.id) => {
    const id = accepted(await draft(fields, who, seasonId));
    accepted(await submit(id, who));
    return id;
  };
  const admit = (achievementId: string, by = admin) => admitAchievement(deps, by, aKey(), { achievementId });
  const giveBack = (achievementId: string, missing = ['缺少应用证明'], by = admin) =>
    returnAchievement(deps, by, aKey(), { achievementId, missing });
  const ruleOut = (achievementId: string, reason = '不属于本届范围', by = admin) =>
    ruleOutAchievement(deps, by, aKey(), { achievementId, reason });
  const one = (id: string) => deps.db.manager.findOneByOrFail(Achievement, { id });
  /** Its history: "returned", and so on. */
  const history = async (id: string) =>
    ((await stepsOf(deps.db.manager, [id])).get(id) ?? []).map(({ what, note }) => ({ what, ...note }));
  const steps = { draft, change, submit, withdraw, declared, admit, giveBack, ruleOut };
  /** A season beside the first, of other categories. */
  const anotherSeason = async (plan: Parameters<typeof world.season>[0] = {}) =>
    (await world.season({ name: '另一届', year: 2027, certificatePrefix: 'CX2027', ...plan })).season.id;
  return { ...world, anotherSeason, season, categories, person, ...steps, one, history };
}

export type DeclaringWorld = Awaited<ReturnType<typeof aDeclaringWorld>>;

/** Says of a union what firm it stands for. */
export async function aFirm({ db, clock }: TestDeps, unionId: string, ownership = 'private'): Promise<void> {
  await db.query('INSERT INTO firm (union_id, firm_type, ownership, trade, employees, described_at) VALUES (?)', [
    [unionId, 'specialised', ownership, '装备制造', 200, clock.now()],
  ]);
}
