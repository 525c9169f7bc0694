import type { AdminCaller } from '../../../src/identity/caller.ts';
import { addMember } from '../../../src/innovation/studios/add-member.ts';
import { createStudio, type NewStudio } from '../../../src/innovation/studios/create-studio.ts';
import type { StudioDescription } from '../../../src/innovation/studios/description.ts';
import type { NewLeader } from '../../../src/innovation/studios/leader.ts';
import { advanceNamings } from '../../../src/innovation/studios/naming/advance-namings.ts';
import { applyForNaming, type NamingApplication } from '../../../src/innovation/studios/naming/apply-for-naming.ts';
import { StudioNaming } from '../../../src/innovation/studios/naming/naming.entity.ts';
import { type NewNamingRound, publishRound } from '../../../src/innovation/studios/naming/publish-round.ts';
import { NamingRound } from '../../../src/innovation/studios/naming/round.entity.ts';
import { Studio } from '../../../src/innovation/studios/studio.entity.ts';
import { StudioMember } from '../../../src/innovation/studios/studio-member.entity.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import type { SkillLevel } from '../../../src/unions/skill/member-skill.entity.ts';
import { recordSkillLevels } from '../../../src/unions/skill/record-skill-levels.ts';
import { receive } from '../../evidence/world.ts';
import type { TestDeps } from '../../support/deps.ts';
import { accepted, aKey, aMember, anAdmin, aTree } from '../../unions/tree.ts';

/** Now, in every test of studios, until the test moves the clock: Monday 2 March 2026, 10:00 in Beijing. */
export const NOW = '2026-03-02T02:00:00.000Z';

export const aDescription = (fields: Partial<StudioDescription> = {}): StudioDescription => ({
  name: '王小明创新工作室',
  field: '焊接',
  premises: '一号厂房二层',
  about: '攻关薄板焊接变形。',
  tags: [],
  ...fields,
});

let people = 0;

/** Somebody on the roll of a union with a level of skill, that of a technician when not said. */
export async function aSkilledPerson(deps: TestDeps, unionId: string, level: SkillLevel = 4): Promise<string> {
  people += 1;
  const memberId = await aMember(deps, unionId, { name: `工匠${people}号` });
  const reached = { memberId, trade: '焊工', level, since: '2020-01-01', source: 'declared' as const, causeId: null };
  await inTransaction(deps.db, (tx) => recordSkillLevels(tx, [reached], deps.clock.now()));
  return memberId;
}

let studios = 0;

/** Founds a studio, led by a new skilled worker of its union when not said otherwise; resolves with its id. */
export async function aStudio(
  deps: TestDeps,
  by: AdminCaller,
  unionId: string,
  { leader, ...fields }: Partial<StudioDescription> & { leader?: NewLeader } = {},
): Promise<string> {
  studios += 1;
  const input: NewStudio = {
    unionId,
    studio: aDescription({ name: `第${studios}创新工作室`, ...fields }),
    leader: leader ?? {
      memberId: await aSkilledPerson(deps, unionId),
      kind: 'skilled_worker',
      evidenceIds: [],
    },
  };
  return accepted(await createStudio(deps, by, aKey(), input));
}

/** A file that an admin has uploaded. */
export async function aFile(deps: TestDeps, { actor }: Pick<AdminCaller, 'actor'>): Promise<string> {
  return accepted(await receive(deps, actor));
}

/**
 * A province over two cities with a firm each, an admin of the eastern firm and one of the province, and shorthands for
 * what they do with studios and their names.
 */
export async function aStudioWorld() {
  const tree = await aTree();
  const { deps, province, eastWorks } = tree;
  const { manager } = deps.db;
  deps.clock.set(NOW);
  const branch = await anAdmin(deps, [eastWorks]);
  const admin = await anAdmin(deps, [province]);

  const person = (level?: SkillLevel, unionId = eastWorks) => aSkilledPerson(deps, unionId, level);
  const found = (fields: Parameters<typeof aStudio>[3] = {}) => aStudio(deps, branch, eastWorks, fields);
  const join = (studioId: string, memberId: string, duty = '工艺设计', by = branch) =>
    addMember(deps, by, aKey(), { studioId, memberId, duty });
  const apply = (studioId: string, fields: Partial<NamingApplication> = {}, by = branch) => {
    const usual = {
      level: 'province' as const,
      namingUnionId: province,
      statement: '两年来攻关十二项。',
      evidenceIds: [],
    };
    return applyForNaming(deps, by, aKey(), { studioId, ...usual, ...fields });
  };
  /** A round of the province for three years and five working days. */
  const publish = (namingIds: readonly string[], fields: Partial<NewNamingRound> = {}, by = admin) => {
    const usual = { unionId: province, level: 'province' as const, name: '2026 年省级创新工作室拟命名名单' };
    const terms = { termMonths: 36, workingDays: 5, programmeId: null };
    return publishRound(deps, by, aKey(), { ...usual, ...terms, namingIds, ...fields });
  };
  const advance = () => advanceNamings(deps);
  /** Two weeks later the notice is over. */
  const afterNotice = async () => {
    deps.clock.advance({ days: 14 });
    return advance();
  };
  /** A studio that bears the name of the province, and its naming. */
  const named = async (studioId?: string) => {
    const id = studioId ?? (await found());
    const namingId = accepted(await apply(id));
    const roundId = accepted(await publish([namingId]));
    await afterNotice();
    return { id, namingId, roundId };
  };

  const studio = (id: string) => manager.findOneByOrFail(Studio, { id });
  const naming = (id: string) => manager.findOneByOrFail(StudioNaming, { id });
  const round = (id: string) => manager.findOneByOrFail(NamingRound, { id });
  const parts = (studioId: string) => manager.find(StudioMember, { where: { studioId }, order: { id: 'ASC' } });
  const steps = { person, found, join, apply, publish, advance, afterNotice, named };
  return { ...tree, branch, admin, ...steps, studio, naming, round, parts };
}

export type StudioWorld = Awaited<ReturnType<typeof aStudioWorld>>;
