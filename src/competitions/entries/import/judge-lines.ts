import type { EntityManager } from 'typeorm';
import type { PersonalDataKeys } from '../../../identity/personal-data.ts';
import type { BeijingDay } from '../../../platform/clock.ts';
import { accept, type Result, refuse } from '../../../platform/result.ts';
import type { Branch } from '../../../unions/roster/branch.ts';
import { type Match, matchRows } from '../../../unions/roster/match-rows.ts';
import type { Problem } from '../../../unions/roster/problems.ts';
import { firmEntriesOf, judgeParticipant } from '../join-firms.ts';
import { type Crowd, crowdOf, judgeParty, type Party } from '../parties.ts';
import type { QuotaRoom } from '../quotas.ts';
import { quotaFull } from '../refusals.ts';
import type { EntryTerms } from '../terms.ts';
import { partyProblems } from './party-problems.ts';
import { divisionDiffers, nameDiffers, notOnRoll, sameMemberAbove } from './problems.ts';
import type { EntryLine } from './read-entries.ts';
import { type StagedRow, stagedMembers } from './staged-rows.ts';

/** What rows are judged against. */
export interface Bench {
  importId: string;
  terms: EntryTerms;
  branch: Branch;
  day: BeijingDay;
  /** What is left in the quotas, counted down as parties are found good. */
  room: QuotaRoom;
}

/** A party that was judged: the problems of each of its rows, and the rows to enter when there are none. */
export interface JudgedParty {
  lines: readonly EntryLine[];
  problems: Problem[][];
  good: StagedRow[];
}

/** Judges parties in order, as if those before had entered. So many statements however many parties; nothing is written. */
export async function judgeLines(
  db: EntityManager,
  keys: PersonalDataKeys,
  bench: Bench,
  parties: readonly (readonly EntryLine[])[],
): Promise<JudgedParty[]> {
  const { terms, branch, importId } = bench;
  const lines = parties.flat();
  const matches = await matchRows(
    db,
    keys,
    branch,
    lines.map(({ row }) => row),
  );
  const byLine = new Map(lines.map((line, i) => [line, matches[i]!]));
  const memberIds = matches.flatMap(({ before }) => before?.id ?? []);
  const hall: Hall = {
    ...bench,
    matchOf: (line) => byLine.get(line)!,
    crowd: await crowdOf(db, terms.competition.id, memberIds),
    taken: await stagedMembers(db, importId, memberIds),
    firms: await firmEntriesOf(db, terms.competition),
  };
  return parties.map((party) => judgeLinesOfParty(hall, party));
}

interface Hall extends Bench {
  matchOf(line: EntryLine): Match;
  crowd: Crowd;
  /** The rows of those whom good rows name. */
  taken: Map<string, number>;
  firms: Awaited<ReturnType<typeof firmEntriesOf>>;
}

function judgeLinesOfParty(hall: Hall, lines: readonly EntryLine[]): JudgedParty {
  const problems = lines.map((line) => problemsOf(hall, line, lines[0]!));
  const judged = problems.every((ofRow) => ofRow.length === 0) ? judge(hall, lines) : undefined;
  if (!judged?.ok) {
    const rows = lines.map(({ row }) => row);
    return { lines, problems: partyProblems(rows, problems, judged?.refusal), good: [] };
  }
  const good = lines.map((line): StagedRow => {
    return {
      rowNo: line.row.number,
      firstRow: lines[0]!.row.number,
      memberId: memberOf(hall, line),
      unionId: judged.value,
      divisionId: line.divisionId ?? null,
      role: line.role!,
      name: line.team ?? null,
    };
  });
  for (const { memberId, rowNo } of good) hall.taken.set(memberId, rowNo);
  return { lines, problems, good };
}

/** What is wrong with a row by itself, and with whom it names. */
function problemsOf({ matchOf, taken }: Hall, line: EntryLine, first: EntryLine): Problem[] {
  const { before, problems } = matchOf(line);
  const { headings, person } = line.row;
  const found = [...line.problems, ...problems];
  const isNamed = person.name !== undefined && (person.idNumber ?? person.staffNumber) !== undefined;
  if (!before && isNamed && found.length === 0) found.push({ ...notOnRoll, heading: headings.name ?? '' });
  if (before && person.name !== undefined && before.name !== person.name)
    found.push({ ...nameDiffers, heading: headings.name ?? '' });
  const row = before && taken.get(before.id);
  if (row !== undefined) found.push({ ...sameMemberAbove(row), heading: headings.name ?? '' });
  if (line.divisionId !== undefined && first.divisionId !== undefined && line.divisionId !== first.divisionId)
    found.push({ ...divisionDiffers, heading: '' });
  return found;
}

/** Resolves with the union of the entry. */
function judge(hall: Hall, lines: readonly EntryLine[]): Result<string> {
  const { terms, crowd, day, room } = hall;
  if (terms.competition.entrant === 'firm') {
    const joined = judgeParticipant(terms, hall.firms, memberOf(hall, lines[0]!), crowd, day);
    return joined.ok ? accept(joined.value.unionId) : joined;
  }
  const party: Party = {
    divisionId: lines[0]!.divisionId ?? null,
    name: lines[0]!.team ?? null,
    members: lines.map((line) => ({ memberId: memberOf(hall, line), role: line.role! })),
  };
  const judged = judgeParty(terms, party, crowd, day);
  if (!judged.ok) return judged;
  const full = room.take(judged.value.unionPath);
  return full ? refuse(quotaFull(full.unionName, full.atMost)) : accept(judged.value.unionId);
}

function memberOf({ matchOf }: Hall, line: EntryLine): string {
  return matchOf(line).before!.id;
}
