import type { BeijingDay } from '../../../platform/clock.ts';
import type { Branch } from '../../../unions/roster/branch.ts';
import { compact, tidy } from '../../../unions/roster/cell.ts';
import { type CheckedRow, checkRow } from '../../../unions/roster/check-row.ts';
import { HEADINGS } from '../../../unions/roster/headings.ts';
import type { Problem } from '../../../unions/roster/problems.ts';
import { openPeople, type People, type PersonRow } from '../../../unions/roster/read-roster.ts';
import type { EntryRole } from '../entry-member.entity.ts';
import { LONGEST_TEAM_NAME, MOST_ENTRY_ROWS } from '../limits.ts';
import type { EntryTerms } from '../terms.ts';
import { divisionMissing, roleUnknown, teamMissing, teamTooLong } from './problems.ts';

/** What a file of entries says of each person: who it is, as a roster does, and how she takes part. */
const ENTRY_HEADINGS = {
  name: HEADINGS.name,
  idNumber: HEADINGS.idNumber,
  staffNumber: HEADINGS.staffNumber,
  union: HEADINGS.union,
  division: ['组别', '参赛组别', '竞赛组别', '赛别'],
  team: ['队名', '队伍名称', '团队名称', '参赛队', '队伍'],
  role: ['角色', '队内角色', '队员类别'],
} as const;

export type EntryField = keyof typeof ENTRY_HEADINGS;
export type EntryFile = People<EntryField>;

/** Opens a file of entries, .xlsx or .csv by its content; see `openRoster`. Close it. */
export function openEntries(path: string): Promise<EntryFile> {
  return openPeople<EntryField>(path, { headings: ENTRY_HEADINGS, mostRows: MOST_ENTRY_ROWS });
}

/** A row as it was read. What it says wrongly is undefined; then there is a problem for it. */
export interface EntryLine {
  row: CheckedRow;
  /** Null where there are no divisions. */
  divisionId: string | null | undefined;
  /** Null where no teams enter. */
  team: string | null | undefined;
  role: EntryRole | undefined;
  problems: Problem[];
}

const ROLES: Record<string, EntryRole> = {
  队长: 'captain',
  队员: 'member',
  替补: 'substitute',
  替补队员: 'substitute',
};

/** Reads a row's values and finds what is wrong with them by themselves. */
export function readLine(
  row: PersonRow<EntryField>,
  { competition, divisions }: Pick<EntryTerms, 'competition' | 'divisions'>,
  branch: Branch,
  today: BeijingDay,
): EntryLine {
  const checked = checkRow(row, branch, today);
  const problems = [...checked.problems];
  const note = (field: EntryField, words: Omit<Problem, 'heading'>) => {
    problems.push({ ...words, heading: row.headings[field] ?? '' });
    return undefined;
  };
  const text = (field: EntryField) => (row.cells[field] ? tidy(row.cells[field].text) : '');
  const isTeam = competition.entrant === 'team';
  const role = isTeam ? compact(text('role')) : '';
  return {
    row: checked,
    divisionId: (divisionOf(text('division'), divisions) ?? note('division', divisionMissing(divisions.map(nameOf))))
      ?.id,
    team: isTeam ? teamOf(text('team'), note) : null,
    role: role === '' ? 'member' : (ROLES[role] ?? note('role', roleUnknown(role))),
    problems,
  };
}

/** The division of this name, or the only one there is; null where there are none, whatever the file says. */
function divisionOf(text: string, divisions: EntryTerms['divisions']): { id: string | null } | undefined {
  if (divisions.length === 0) return { id: null };
  if (text === '' && divisions.length === 1) return divisions[0];
  return divisions.find(({ name }) => compact(name) === compact(text));
}

function teamOf(name: string, note: (field: EntryField, words: Omit<Problem, 'heading'>) => undefined) {
  if (name === '') return note('team', teamMissing);
  return name.length > LONGEST_TEAM_NAME ? note('team', teamTooLong(LONGEST_TEAM_NAME)) : name;
}

function nameOf({ name }: { name: string }): string {
  return name;
}

/** Rows that make an entry together: a row alone, or following rows that name one team. */
export async function* inParties(lines: AsyncIterable<EntryLine>): AsyncGenerator<EntryLine[]> {
  let party: EntryLine[] = [];
  for await (const line of lines) {
    if (party.length > 0 && !isSameTeam(party[0]!, line)) {
      yield party;
      party = [];
    }
    party.push(line);
    // However wrong a file is, a party stays small.
    if (party.length === LARGEST_PARTY) {
      yield party;
      party = [];
    }
  }
  if (party.length > 0) yield party;
}

/** Above what any team can be, so that one cut in two is refused in both parts. */
const LARGEST_PARTY = 300;

function isSameTeam(one: EntryLine, other: EntryLine): boolean {
  return typeof one.team === 'string' && one.team === other.team;
}
