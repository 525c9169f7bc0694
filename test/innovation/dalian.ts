import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  DALIAN_POINTS,
  type DemoEntry,
  dalianEntries,
  dalianFirms,
  dalianLastYear,
  dalianPeople,
  dalianScore,
  dalianSeason,
} from '../../src/demo/dalian-season.ts';
import { admitAchievement } from '../../src/innovation/achievements/check-achievement.ts';
import { declareAchievement } from '../../src/innovation/achievements/declare-achievement.ts';
import { submitAchievement } from '../../src/innovation/achievements/submit-achievement.ts';
import { inviteExperts } from '../../src/innovation/review/invite-experts.ts';
import type { Category } from '../../src/innovation/seasons/category.entity.ts';
import { registerExpert } from '../../src/innovation/seasons/experts/register-expert.ts';
import { assignJudges } from '../../src/judging/assignment/assign-judges.ts';
import { answerInvitation } from '../../src/judging/judges/answer-invitation.ts';
import { importObjectiveScores } from '../../src/judging/objective/import-scores.ts';
import { Candidate } from '../../src/judging/panels/candidate.entity.ts';
import { submitSheet } from '../../src/judging/sheets/submit-sheet.ts';
import { setBudget } from '../../src/ledger/budget.ts';
import { insertRows } from '../../src/platform/db/sql.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import { publishDraft } from '../../src/rules/publish-draft.ts';
import { saveDraft } from '../../src/rules/save-draft.ts';
import { unionPath } from '../../src/unions/queries.ts';
import { anAccount } from '../judging/world.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { csv, inFile } from '../unions/roster/files.ts';
import { accepted, aKey, aProgramme, aUnion } from '../unions/tree.ts';
import { asMember } from './achievements/world.ts';
import { aSeasonRow } from './benefits/world.ts';
import { inParallel } from './in-parallel.ts';

/** How many members and admins act at the same moment. */
export const AT_ONCE = 8;

/** In the time of declarations. */
export const DECLARING = '2026-03-01T02:00:00.000Z';

/** The federation of Dalian with the firms of the demo, their people, its programme, and the season of the year before. */
export async function aDalian() {
  const deps = await testDeps();
  deps.clock.set(DECLARING);
  const dalian = await aUnion(deps, null, '大连市总工会（演示）', 'city');
  const admin = await anAccount(deps, dalian, 'federation-admin', { name: '评选办公室' });
  const programmeId = await aProgramme(deps, dalian, '全市积分');
  await inTransaction(deps.db, (tx) => setBudget(tx, programmeId, points(10_000_000)));
  const tiers = Object.entries(DALIAN_POINTS).map(([value, some]) => ({ value, points: some }));
  const definition = {
    award: { kind: 'tiered' as const, attribute: '奖项', tiers },
    occurrence: { kind: 'event' as const },
  };
  const newRule = { programmeId, name: '创新成果', eventType: 'innovation.achievement' };
  const draftId = accepted(await saveDraft(deps, admin, aKey(), { newRule, definition }));
  accepted(await publishDraft(deps, admin, aKey(), { draftId }));
  const firmIds = await writeFirms(deps, dalian);
  const people = await writePeople(deps, firmIds);
  await writeLastYear(deps, dalian, firmIds, people);
  return { deps, dalian, admin, programmeId, people, plan: dalianSeason(programmeId), entries: dalianEntries() };
}

export type Dalian = Awaited<ReturnType<typeof aDalian>>;

async function writeFirms({ db, clock }: TestDeps, dalian: string): Promise<string[]> {
  const firms = dalianFirms().map((firm) => ({ id: newId(), ...firm }));
  const top = await unionPath(db.manager, dalian);
  await insertRows(
    db.manager,
    'union_node',
    ['id', 'parent_id', 'name', 'kind', 'path', 'created_at'],
    firms.map(({ id, name }) => [id, dalian, name, 'enterprise', `${top}${id}/`, clock.now()]),
  );
  await insertRows(
    db.manager,
    'firm',
    ['union_id', 'firm_type', 'ownership', 'trade', 'employees', 'described_at'],
    firms.map(({ id, ownership, employees }) => [id, 'other', ownership, '装备制造', employees, clock.now()]),
  );
  return firms.map(({ id }) => id);
}

async function writePeople({ db, clock }: TestDeps, firmIds: readonly string[]) {
  const now = clock.now();
  const people = dalianPeople().map((person) => ({ id: newId(), ...person }));
  await insertRows(
    db.manager,
    'member',
    ['id', 'union_id', 'name', 'staff_number', 'state', 'created_at', 'updated_at'],
    people.map(({ id, firm, name, staffNumber }) => [id, firmIds[firm]!, name, staffNumber, 'active', now, now]),
  );
  const skilled = people.filter(({ skillLevel }) => skillLevel !== null);
  await insertRows(
    db.manager,
    'member_skill',
    ['id', 'member_id', 'trade', 'level', 'since', 'source', 'recorded_at'],
    skilled.map(({ id, skillLevel }) => [newId(), id, '钳工', skillLevel, '2025-12-01', 'import', now]),
  );
  return people;
}

type People = Awaited<ReturnType<typeof writePeople>>;

/** What was declared the year before, and by whom, as it is counted. */
async function writeLastYear(deps: TestDeps, dalian: string, firmIds: readonly string[], people: People) {
  const { manager } = deps.db;
  const settled = { reviewingAt: new Date('2025-05-01T00:00:00Z'), finalAt: new Date('2025-08-01T00:00:00Z') };
  const seasonId = await aSeasonRow(deps, dalian, {
    year: 2025,
    state: 'final',
    certificatePrefix: 'DL2025',
    ...settled,
  });
  const at = new Date('2025-03-01T00:00:00Z');
  const past = dalianLastYear().map((entry) => ({ id: newId(), unionId: firmIds[entry.firm]!, ...entry }));
  await insertRows(
    manager,
    'achievement',
    [
      ...['id', 'season_id', 'number', 'kind', 'in_group', 'category_number', 'title', 'field', 'union_id'],
      ...['firm_union_id', 'declarer_id', 'declared_by', 'state', 'version', 'submitted_version', 'ownership'],
      ...['declared_at', 'submitted_at', 'settled_at'],
    ],
    past.map(({ id, unionId, person, kind, ownership }, i) => [
      ...[id, seasonId, i + 1, kind, 'workers', 1, `上年成果 ${i + 1}`, '焊接', unionId],
      ...[unionId, people[person]!.id, `member:${people[person]!.id}`, 'not_honoured', 1, 1, ownership],
      ...[at, at, settled.finalAt],
    ]),
  );
  await insertRows(
    manager,
    'achievement_author',
    ['achievement_id', 'number', 'member_id', 'share', 'post', 'skill_level', 'union_id'],
    past.map(({ id, unionId, person, skillLevel }) => [
      ...[id, 1, people[person]!.id, 10_000, 'worker', skillLevel, unionId],
    ]),
  );
}

/** Has the members declare everything, and the office check it; resolves with the ids, in the order of the entries. */
export async function declareAll({ deps, people, entries, admin }: Dalian, seasonId: string): Promise<string[]> {
  return inParallel(entries, AT_ONCE, async ({ authors, ...content }: DemoEntry) => {
    const [own, ...others] = authors;
    const caller = asMember(people[own!.person]!.id);
    const colleagues = others.map(({ person, share, post }) => {
      const { name, staffNumber } = people[person]!;
      return { name, staffNumber, share, post };
    });
    const mine = { share: own!.share, post: own!.post, colleagues, allianceId: null, studios: [], evidenceIds: [] };
    const achievementId = accepted(await declareAchievement(deps, caller, aKey(), { seasonId, ...content, ...mine }));
    accepted(await submitAchievement(deps, caller, aKey(), { achievementId }));
    accepted(await admitAchievement(deps, admin, aKey(), { achievementId }));
    return achievementId;
  });
}

/** Registers so many experts of a field, who may judge whatever is declared in the season. */
export async function someExperts({ deps, dalian, admin }: Dalian, count: number) {
  const experts = [];
  for (let i = 0; i < count; i++) {
    const expert = await anAccount(deps, dalian, 'judge', { name: `专家${i + 1}` });
    const registered = { unionId: dalian, adminId: expert.operatorId!, field: '制造' };
    accepted(await registerExpert(deps, admin, aKey(), registered));
    experts.push(expert);
  }
  return experts;
}

type Experts = Awaited<ReturnType<typeof someExperts>>;

/** Invites the experts to a category that is judged, and has each be given her part; they have not scored yet. */
export async function assignExperts({ deps, admin }: Dalian, { id: categoryId, panelId }: Category, experts: Experts) {
  accepted(await inviteExperts(deps, admin, aKey(), { categoryId }));
  for (const expert of experts)
    accepted(await answerInvitation(deps, expert, aKey(), { panelId: panelId!, accept: true }));
  accepted(await assignJudges(deps, admin, aKey(), { panelId: panelId! }));
}

/** Has every entry of a category scored that is open for it: by its experts' sheets, or by a file of what is on paper. */
export async function scoreAll(dalian: Dalian, { panelId, criteria }: Category, experts: Experts): Promise<void> {
  const { deps, admin } = dalian;
  if (criteria.some(({ kind }) => kind === 'objective')) {
    const candidates = await deps.db.manager.find(Candidate, {
      where: { panelId: panelId! },
      order: { number: 'ASC' },
    });
    const rows = candidates.map(({ number }) => [String(number), dalianScore(number).toFixed(2)]);
    const path = inFile(csv([['编号', criteria[0]!.name], ...rows]));
    const file = { path, fileName: '专家评分.csv', sha256: hash('sha256', await readFile(path), 'buffer') };
    accepted(await importObjectiveScores(deps, admin, aKey(), { panelId: panelId!, reason: null }, file));
    return;
  }
  const sheets = await deps.db.query<{ operatorId: string; number: number }[]>(
    `SELECT j.operator_id AS operatorId, COALESCE(c.blind_number, c.number) AS number
     FROM panel_assignment a JOIN panel_judge j ON j.id = a.judge_id
     JOIN panel_candidate c ON c.panel_id = a.panel_id AND c.id = a.candidate_id WHERE a.panel_id = ?`,
    [panelId],
  );
  await inParallel(sheets, AT_ONCE, async ({ operatorId, number }) => {
    const judge = experts.find((expert) => expert.operatorId === operatorId)!;
    const scores = criteria.map((_, i) => ({
      criterion: i + 1,
      score: Math.round(dalianScore(number + 37 * i) * 1000),
    }));
    accepted(await submitSheet(deps, judge, aKey(), { panelId: panelId!, number, scores }));
  });
}
