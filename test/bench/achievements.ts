/** A list of 200,000 achievements with filters: a page deep in it has to cost what the first page does. */
import { type AchievementFilter, achievementsIn } from '../../src/innovation/achievements/list.ts';
import { Season } from '../../src/innovation/seasons/season.entity.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { UnionNode } from '../../src/unions/union-node.entity.ts';
import { achievementsField } from './achievements-field.ts';
import type { Bench } from './bench.ts';
import { measureInTurn } from './measure.ts';
import { requireDurableCommits } from './setting.ts';

const COUNT = 200_000;
const COUNT_SHORT = 20_000;
const FIRST = 20;
/** Where deep pages begin: after so much of all that a filter leaves. */
const DEPTHS = [0.5, 0.7, 0.8];

export const achievements: Bench = {
  name: 'achievements',
  about:
    'deep pages of 200,000 achievements by season, kind, field, branch, words …; against the first pages of the same',
  run: async ({ seconds, short }) => {
    const count = short ? COUNT_SHORT : COUNT;
    const deps = await achievementsField(count);
    try {
      const durable = await requireDurableCommits(deps);
      const filters = await someFilters(deps);
      const deep = await deepPages(deps, filters);
      const { ours, ...references } = await measureInTurn(
        [
          pages('ours', deps, deep),
          pages(
            'first-page',
            deps,
            filters.map((filter) => ({ filter, after: undefined })),
          ),
        ],
        seconds,
      );
      return {
        bench: 'achievements',
        unit: 'pages',
        ours: ours!,
        references,
        aims: { 'first-page': 0.77 },
        peakRssMb: process.resourceUsage().maxRSS / 1024,
        notes: [
          durable,
          `pages of ${FIRST} of ${count} achievements, ${filters.length} filters in turn; ours: ${DEPTHS.map((depth) => `${depth * 100} %`).join(', ')} down`,
          ...(await eachFilter(deps, deep)),
        ],
      };
    } finally {
      await deps.db.destroy();
    }
  },
};

interface AskedPage {
  filter: AchievementFilter;
  after: string | undefined;
}

function pages(name: string, deps: Deps, asked: readonly AskedPage[]) {
  return {
    name,
    round: async (time: number) => {
      const start = performance.now();
      let count = 0;
      for (; performance.now() - start < time * 1000; count++) await readFull(deps, asked[count % asked.length]!);
      return (count * 1000) / (performance.now() - start);
    },
  };
}

async function readFull({ db }: Deps, { filter, after }: AskedPage): Promise<void> {
  const { items } = await achievementsIn(db.manager, filter, { first: FIRST, after });
  if (items.length !== FIRST) throw new Error(`a page of ${items.length} for ${JSON.stringify(filter)}`);
}

/** Wide filters and narrow ones, alone and together. */
async function someFilters({ db }: Deps): Promise<AchievementFilter[]> {
  const seasons = await db.manager.find(Season, { order: { id: 'ASC' } });
  const unions = await db.manager.find(UnionNode, { order: { path: 'ASC' } });
  const [seasonId, all, one] = [seasons.at(-2)!.id, unions[0]!.path, unions.at(-1)!.path];
  const [often]: { gram: string }[] = await db.query(
    'SELECT gram FROM achievement_gram GROUP BY gram ORDER BY COUNT(*) DESC LIMIT 1',
  );
  return [
    { unionPaths: [all] },
    { seasonId },
    { seasonId, kind: 'patent', group: 'workers' },
    { seasonId, state: 'submitted', ownership: 'private' },
    { unionPaths: [all], field: '焊接', kind: 'proposal' },
    { unionPaths: [one] },
    { unionPaths: [one], seasonId },
    { unionPaths: [all], search: often!.gram },
  ];
}

/** For each filter pages from each of the depths: of its season, or of all. */
async function deepPages({ db }: Deps, filters: readonly AchievementFilter[]): Promise<AskedPage[]> {
  const asked: AskedPage[] = [];
  for (const filter of filters) {
    const ids: { id: string }[] = await db.query(
      `SELECT id FROM achievement ${filter.seasonId ? 'WHERE season_id = ?' : ''} ORDER BY id DESC`,
      [filter.seasonId],
    );
    for (const depth of DEPTHS) asked.push({ filter, after: ids[Math.floor(ids.length * depth)]!.id });
  }
  return asked;
}

/** How long one deep page of each filter takes, a line each. */
async function eachFilter(deps: Deps, deep: readonly AskedPage[]): Promise<string[]> {
  const lines: string[] = [];
  for (const asked of deep.filter((_, i) => i % DEPTHS.length === DEPTHS.length - 1)) {
    const timed = async (one: AskedPage) => {
      const start = performance.now();
      for (let i = 0; i < 20; i++) await readFull(deps, one);
      return ((performance.now() - start) / 20).toFixed(2);
    };
    const names = Object.keys(asked.filter).join(', ');
    lines.push(`${names}: first ${await timed({ ...asked, after: undefined })} ms, deep ${await timed(asked)} ms`);
  }
  return lines;
}
