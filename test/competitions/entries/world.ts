import { createReadStream } from 'node:fs';
import { enterIndividual } from '../../../src/competitions/entries/enter-individual.ts';
import { enterTeam, type TeamGiven } from '../../../src/competitions/entries/enter-team.ts';
import { checkEntries } from '../../../src/competitions/entries/import/check-entries.ts';
import { enterStaged } from '../../../src/competitions/entries/import/enter-staged.ts';
import { EntryImport } from '../../../src/competitions/entries/import/entry-import.entity.ts';
import { importEntries } from '../../../src/competitions/entries/import/import-entries.ts';
import { problemsOf } from '../../../src/competitions/entries/import/queries.ts';
import { receiveEntries } from '../../../src/competitions/entries/import/upload-entries.ts';
import { createCompetition } from '../../../src/competitions/plan/create-competition.ts';
import type { CompetitionPlan } from '../../../src/competitions/plan/plan.ts';
import { publishCompetition } from '../../../src/competitions/plan/publish-competition.ts';
import type { AdminCaller, MemberCaller } from '../../../src/identity/caller.ts';
import { MEMBER_PERMISSIONS } from '../../../src/identity/roles.ts';
import { newId } from '../../../src/platform/ids.ts';
import type { Firm } from '../../../src/unions/firms/firm.entity.ts';
import type { TestDeps } from '../../support/deps.ts';
import { csv, inFile } from '../../unions/roster/files.ts';
import { accepted, aKey, aMember, anAdmin, aTree, type Person } from '../../unions/tree.ts';
import { aPlan, NOW } from '../plan/world.ts';

export const silent = async () => {};

/** In the time of entry of the plans of `aPlan`, and after it. */
export const WHILE_OPEN = '2026-03-15T02:00:00.000Z';

/** A tree of two cities with a described firm each, and an admin of the province, at the time of planning. */
export async function aScene() {
  const tree = await aTree();
  tree.deps.clock.set(NOW);
  await aFirm(tree.deps, tree.eastWorks, { firmType: 'little_giant' });
  await aFirm(tree.deps, tree.westWorks);
  return { ...tree, caller: await anAdmin(tree.deps, [tree.province]) };
}

export type Scene = Awaited<ReturnType<typeof aScene>>;

/** Says of a union what firm it stands for. */
export async function aFirm({ db, clock }: TestDeps, unionId: string, fields: Partial<Firm> = {}): Promise<void> {
  const { firmType = 'specialised', ownership = 'private', trade = '装备制造', employees = 200 } = fields;
  await db.query('INSERT INTO firm (union_id, firm_type, ownership, trade, employees, described_at) VALUES (?)', [
    [unionId, firmType, ownership, trade, employees, clock.now()],
  ]);
}

/** Publishes a competition of the province, and moves the clock into its time of entry. */
export async function aCompetition({ deps, caller, province }: Scene, fields: Partial<CompetitionPlan> = {}) {
  deps.clock.set(NOW);
  const plan = aPlan(province, fields);
  const id = accepted(await createCompetition(deps, caller, aKey(), { unionId: province, plan }));
  accepted(await publishCompetition(deps, caller, aKey(), { competitionId: id }));
  deps.clock.set(WHILE_OPEN);
  return id;
}

/** A competition of teams of two or three with a substitute. */
export const TEAMS: Partial<CompetitionPlan> = { entrant: 'team', team: { min: 2, max: 3, substitutesAtMost: 1 } };

let staff = 0;

/** A person on the roll of a union, who can be named by name and staff number, and her caller. */
export async function aPerson({ deps }: Pick<Scene, 'deps'>, unionId: string, person: Person = {}) {
  staff += 1;
  const named = { name: `职工${staff}`, staffNumber: `S${staff}`, ...person };
  const memberId = await aMember(deps, unionId, named);
  return { ...named, memberId, caller: asMember(memberId) };
}

export type SomePerson = Awaited<ReturnType<typeof aPerson>>;

export function asMember(memberId: string): MemberCaller {
  return {
    door: 'member',
    actor: `member:${memberId}`,
    sessionId: newId(),
    memberId,
    permissions: MEMBER_PERMISSIONS,
  };
}

export const enter = (
  deps: TestDeps,
  { caller }: SomePerson,
  competitionId: string,
  divisionId: string | null = null,
) => enterIndividual(deps, caller, aKey(), { competitionId, divisionId });

/** Enters a team; the last colleague as substitute when asked. */
export function enterTeamOf(
  deps: TestDeps,
  captain: SomePerson,
  competitionId: string,
  colleagues: readonly SomePerson[],
  { substitutes = 0, ...fields }: Partial<TeamGiven> & { substitutes?: number } = {},
) {
  const given = colleagues.map(({ name, staffNumber }, i) => {
    return { name, staffNumber, isSubstitute: i >= colleagues.length - substitutes };
  });
  const input = { competitionId, divisionId: null, name: '先锋队', colleagues: given, ...fields };
  return enterTeam(deps, captain.caller, aKey(), input);
}

/** Who is part of entries that stand: "name role", in order of name. */
export async function whoIsIn({ db }: TestDeps, competitionId: string): Promise<string[]> {
  const rows: { who: string }[] = await db.query(
    `SELECT CONCAT(m.name, ' ', p.role) AS who FROM entry_member p JOIN member m ON m.id = p.member_id
     WHERE p.competition_id = ? AND p.left_at IS NULL ORDER BY m.name`,
    [competitionId],
  );
  return rows.map(({ who }) => who);
}

/** Uploads a table of entries for a union; resolves with the import's id. */
export async function upload(
  deps: TestDeps,
  caller: AdminCaller,
  target: { competitionId: string; unionId: string },
  table: readonly (readonly string[])[],
): Promise<string> {
  const file = createReadStream(inFile(csv(table)));
  return accepted(await receiveEntries(deps, caller, { ...target, fileName: '报名.csv' }, file));
}

/** Uploads a table and has it checked; resolves with the import and its problems as "row heading CODE". */
export async function check(...args: Parameters<typeof upload>) {
  const [deps] = args;
  const id = await upload(...args);
  await checkEntries(deps, id, silent);
  return { id, one: await theImport(deps, id), problems: await problems(deps, id) };
}

/** Uploads a table, has it checked and imports it. */
export async function importAll(...args: Parameters<typeof upload>) {
  const [deps, caller] = args;
  const { id } = await check(...args);
  accepted(await importEntries(deps, caller, aKey(), { id }));
  await enterStaged(deps, id, silent);
  return { id, one: await theImport(deps, id), problems: await problems(deps, id) };
}

export function theImport({ db }: TestDeps, id: string): Promise<EntryImport> {
  return db.manager.findOneByOrFail(EntryImport, { id });
}

/** The problems of an import as "row heading CODE". */
export async function problems({ db }: TestDeps, id: string): Promise<string[]> {
  const page = await problemsOf(db.manager, [id], { first: 1000, after: undefined });
  return page.get(id)!.items.map(({ rowNumber, heading, code }) => `${rowNumber} ${heading} ${code}`);
}
