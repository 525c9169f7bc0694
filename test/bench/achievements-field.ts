/** Builds many achievements by bulk inserts, with all that they are found by, and keeps their database for later runs. */
import { type Connection, createConnection } from 'mysql2/promise';
import { bandKeys } from '../../src/innovation/achievements/duplicates/bands.ts';
import { searchGrams } from '../../src/innovation/achievements/duplicates/search-grams.ts';
import { ACHIEVEMENT_KINDS } from '../../src/innovation/kinds.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import { OWNERSHIPS } from '../../src/unions/firms/firm.entity.ts';
import { keptDatabase } from './kept-database.ts';
import { seedMembers, seedUnions } from './market.ts';

const SEASONS = 4;
const MEMBERS = 1000;
const AT_ONCE = 500;
/** One of so many is nearly another's copy. */
const COPIES = 20;
const TEXT_WORDS = 120;
const DONE = 'bench-achievements-built';
const STATES = ['submitted', 'eligible', 'returned', 'ineligible', 'listed', 'honoured', 'not_honoured'] as const;
const FIELDS = ['焊接', '机械加工', '电气', '信息技术', '化工', '建筑', '物流', '农业', '医疗', '纺织'];

/** Opens the database of so many achievements; builds it when it is not there, or was not finished. */
export function achievementsField(count: number): Promise<Deps> {
  const kept = { what: `${count} achievements`, mark: DONE };
  return keptDatabase(`xingfu_bench_achievements_${count}`, kept, (deps) => build(deps, count));
}

async function build(deps: Deps, count: number): Promise<void> {
  const { unionIds } = await seedUnions(deps);
  const memberIds = await seedMembers(deps, unionIds, MEMBERS);
  const [{ parent_id: federationId }] = await deps.db.query('SELECT parent_id FROM union_node WHERE id = ?', [
    unionIds[0],
  ]);
  const connection = await createConnection({ uri: deps.config.databaseUrl, timezone: 'Z' });
  // The rows are right by their making, so that the server need not look each of them up.
  await connection.query('SET SESSION foreign_key_checks = 0, SESSION unique_checks = 0');
  const seasonIds = await seedSeasons(connection, federationId);
  const write = texts();
  for (let from = 0; from < count; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => from + i);
    await insertSome(
      connection,
      numbers.map((number) => {
        const unionId = unionIds[number % unionIds.length]!;
        const season = Math.floor((number * SEASONS) / count);
        return { ...{ number, unionId, id: newId(), seasonId: seasonIds[season]! }, ...write() };
      }),
      memberIds,
    );
  }
  await connection.query('ANALYZE TABLE achievement, achievement_band, achievement_gram, achievement_text');
  await connection.end();
}

async function seedSeasons(connection: Connection, unionId: string): Promise<string[]> {
  const ids = Array.from({ length: SEASONS }, newId);
  const now = new Date();
  await connection.query(
    `INSERT INTO innovation_season (id, union_id, name, year, about, state, declare_from, declare_until,
       notice_working_days, certificate_prefix, created_at, opened_at) VALUES ?`,
    [
      ids.map((id, i) => [
        ...[id, unionId, `第${i + 1}届`, 2017 + i, '', 'open', now, new Date(now.getTime() + 1000)],
        ...[5, `CX${2017 + i}`, now, now],
      ]),
    ],
  );
  return ids;
}

interface Made {
  number: number;
  id: string;
  unionId: string;
  seasonId: string;
  title: string;
  text: string;
}

async function insertSome(connection: Connection, made: readonly Made[], memberIds: readonly string[]): Promise<void> {
  const now = new Date();
  await connection.query(
    `INSERT INTO achievement (id, season_id, number, kind, in_group, category_number, title, field, union_id,
       firm_union_id, declarer_id, declared_by, state, version, submitted_version, ownership, declared_at, submitted_at,
       settled_at) VALUES ?`,
    [
      made.map(({ id, seasonId, number, title, unionId }) => {
        // Each by a number of its own, so that what one filter leaves is not what another leaves too.
        const pick = <T>(list: readonly T[], salt: number) => list[Math.floor(scatter(number, salt) * list.length)]!;
        const [state, memberId] = [pick(STATES, 1), pick(memberIds, 2)];
        return [
          ...[id, seasonId, number + 1, pick(ACHIEVEMENT_KINDS, 3), pick(['workers', 'professionals'], 4), 1, title],
          ...[pick(FIELDS, 5), unionId, unionId, memberId, `member:${memberId}`, state, 1, 1, pick(OWNERSHIPS, 6)],
          ...[now, now, state.endsWith('honoured') ? now : null],
        ];
      }),
    ],
  );
  await connection.query(
    'INSERT INTO achievement_text (achievement_id, version, title, summary, text, written_at, written_by) VALUES ?',
    [made.map(({ id, title, text }) => [id, 1, title, '摘要', text, now, 'system:bench'])],
  );
  await connection.query('INSERT INTO achievement_band (band, value, achievement_id) VALUES ?', [
    made.flatMap((one) => bandKeys(one).map(({ band, value }) => [band, value, one.id])),
  ]);
  await connection.query('INSERT INTO achievement_gram (gram, achievement_id) VALUES ?', [
    made.flatMap(({ id, title }) => searchGrams(title).map((gram) => [gram, id])),
  ]);
}

/** A number from 0 to 1 that looks like chance. */
function scatter(number: number, salt: number): number {
  const x = Math.sin(number * 12.9898 + salt * 78.233) * 43_758.5453;
  return x - Math.floor(x);
}

/** Writes one text after the other, the same in every run: of words, common ones oftener, and now and then a copy. */
export function texts(): () => { title: string; text: string } {
  let state = 1;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const sign = () => String.fromCharCode(0x4e00 + Math.floor(random() * 2000));
  const vocabulary = Array.from({ length: 5000 }, () => Array.from({ length: random() < 0.7 ? 2 : 3 }, sign).join(''));
  const words = (count: number) =>
    Array.from({ length: count }, () => vocabulary[Math.floor(random() ** 3 * vocabulary.length)]!).join('');
  let last = words(TEXT_WORDS);
  let written = 0;
  return () => {
    written += 1;
    const copied = written % COPIES === 0 ? `${last.slice(0, -10)}${words(5)}` : words(TEXT_WORDS);
    last = copied;
    return { title: words(5), text: copied };
  };
}
