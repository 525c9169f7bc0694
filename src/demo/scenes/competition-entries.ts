import { checkEntries, entriesFile, importEntries } from '../bulk-entries.ts';
import { accepted } from '../client.ts';
import { type CertificateSeen, certificateAt, type EntrySeen, enterTeam, substitute } from '../competing.ts';
import { OWN_TEAM, TEAMS } from '../competition-terms.ts';
import { ADMIN } from '../happiness-account.ts';
import type { People } from '../people.ts';
import type { Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';
import type { PlayedCompetition } from './competition-plan.ts';

/** Teams enter: one in the mini-program, where a substitute steps up, and three in bulk. */
export async function teamsEnter(stage: Stage, people: People, played: PlayedCompetition | undefined): Promise<void> {
  const entry = await enterOwnTeam(stage, people, played);
  await substituteStepsUp(stage, people, entry);
  await enterInBulk(stage, people, played);
  await stage.story.step(
    '参赛证凭编号可查，不用登录',
    'anybody checks a certificate of entry by its number',
    async () => {
      const { number, certificatePath } = needed(entry, '报名 the entry');
      const certificate = await certificateAt(people.clock.url, certificatePath);
      tell(stage, certificate);
      const said = [certificate.number, certificate.kind, certificate.name, certificate.state];
      same('number, kind, name, state', said, [number, 'team', OWN_TEAM, 'entered']);
    },
  );
}

/** What a certificate says, on one line. */
export function tell({ story }: Stage, { number, competition, name, firm }: CertificateSeen): void {
  story.note(`${number}：${competition}，${name}（${firm}）`);
}

async function enterOwnTeam(
  stage: Stage,
  people: People,
  played: PlayedCompetition | undefined,
): Promise<EntrySeen | undefined> {
  const { story, cast } = stage;
  const team = () => ({ competitionId: needed(played, '竞赛 the competition').competitionId, name: OWN_TEAM });
  await story.step('小程序报名，一人成队：人数不足', 'a team of one is under strength', async () => {
    const captain = await people.member(cast.busy.staffNumber);
    const answer = await enterTeam(stage, captain, 'alone', { ...team(), colleagues: [] });
    story.note(refused(answer, 'TEAM_UNDER_STRENGTH').message);
  });
  return story.step(
    `${cast.busy.name}任队长报名，带一名队员、一名替补`,
    'a captain enters a team with a substitute',
    async () => {
      const captain = await people.member(cast.busy.staffNumber);
      const colleagues = [
        { ...cast.thrifty, isSubstitute: false },
        { ...cast.claimant, isSubstitute: true },
      ];
      const entry = accepted(await enterTeam(stage, captain, 'own', { ...team(), colleagues }));
      same('roles', rolesOf(entry), ['CAPTAIN', 'MEMBER', 'SUBSTITUTE']);
      return entry;
    },
  );
}

const rolesOf = ({ members }: EntrySeen) => members.nodes.map(({ role }) => role).sort();

async function substituteStepsUp(stage: Stage, people: People, entry: EntrySeen | undefined): Promise<void> {
  const { story, cast } = stage;
  await story.step(`截止前换人：${cast.claimant.name}顶上`, 'before the deadline the substitute steps up', async () => {
    const { id: entryId, members } = needed(entry, '报名 the entry');
    const out = members.nodes.find(({ role }) => role === 'MEMBER');
    const captain = await people.member(cast.busy.staffNumber);
    const given = { entryId, outId: needed(out, '队员 the member').id };
    const changed = accepted(await substitute(stage, captain, given, cast.claimant));
    same('roles', rolesOf(changed), ['CAPTAIN', 'MEMBER']);
  });
}

async function enterInBulk(stage: Stage, people: People, played: PlayedCompetition | undefined): Promise<void> {
  const { story, setting, cast } = stage;
  const target = (fileName: string) => {
    const { competitionId } = needed(played, '竞赛 the competition');
    return { competitionId, unionId: needed(setting, '工会 the union').unionId, fileName };
  };
  await story.step('批量报名（.xlsx，6 行）先试：指出第 5 行，谁也没报上', 'entries in bulk: a dry run', async () => {
    const wrong = TEAMS.map(({ people: [captain, mate], ...team }, i) => ({
      ...team,
      people: [captain!, i === 1 ? { ...mate!, staffNumber: `${cast.run}-0` } : mate!],
    }));
    const admin = await people.admin(ADMIN.login);
    const { checked } = await checkEntries(admin, target('报名-有误.xlsx'), await entriesFile(wrong));
    for (const { row, heading, message } of checked.problems.nodes) story.note(`第 ${row} 行 ${heading}：${message}`);
    const problems = checked.problems.nodes.map(({ row, code }) => [row, code]);
    same('problems', problems, [
      [4, 'TEAM_NOT_WHOLE'],
      [5, 'NOT_ON_ROLL'],
    ]);
    same('rows read, bad, entered', [checked.rowsRead, checked.rowsBad, checked.entriesMade], [6, 2, 0]);
  });
  await story.step('改正后由后台导入：三队报上', 'mended and imported by the job: three teams', async () => {
    const admin = await people.admin(ADMIN.login);
    const { importId, checked } = await checkEntries(admin, target('报名.xlsx'), await entriesFile(TEAMS));
    same('rows bad', checked.rowsBad, 0);
    const { state, entriesMade } = await importEntries(admin, importId);
    same('state, entries', [state, entriesMade], ['IMPORTED', TEAMS.length]);
  });
}
