/** What one submission may be the same as, of 200,000: against a lookup of one row by its key. */
import { Achievement } from '../../src/innovation/achievements/achievement.entity.ts';
import { possibleDuplicates } from '../../src/innovation/achievements/duplicates/possible-duplicates.ts';
import { achievementsField } from './achievements-field.ts';
import type { Bench } from './bench.ts';
import { measureInTurn } from './measure.ts';
import { requireDurableCommits } from './setting.ts';

const COUNT = 200_000;
const COUNT_SHORT = 20_000;
const ASKED = 1000;
/** Copies and others alike. */
const STRIDE = 197;

export const duplicates: Bench = {
  name: 'duplicates',
  about: 'possible duplicates of an achievement among 200,000, compared and put in order; against one indexed lookup',
  run: async ({ seconds, short }) => {
    const count = short ? COUNT_SHORT : COUNT;
    const deps = await achievementsField(count);
    try {
      const durable = await requireDurableCommits(deps);
      const rows: { id: string }[] = await deps.db.query('SELECT id FROM achievement ORDER BY id');
      const ids = Array.from({ length: ASKED }, (_, i) => rows[(i * STRIDE) % rows.length]!.id);
      let [checks, found] = [0, 0];
      const inTurn = (name: string, one: (id: string) => Promise<unknown>) => ({
        name,
        round: async (time: number) => {
          const start = performance.now();
          let done = 0;
          for (; performance.now() - start < time * 1000; done++) await one(ids[done % ids.length]!);
          return (done * 1000) / (performance.now() - start);
        },
      });
      const { ours, ...references } = await measureInTurn(
        [
          inTurn('ours', async (id) => {
            found += (await possibleDuplicates(deps.db.manager, id)).length;
            checks += 1;
          }),
          inTurn('lookup', (id) => deps.db.manager.findOneByOrFail(Achievement, { id })),
        ],
        seconds,
      );
      return {
        bench: 'duplicates',
        unit: 'checks',
        ours: ours!,
        references,
        aims: { lookup: 0.05 },
        peakRssMb: process.resourceUsage().maxRSS / 1024,
        notes: [
          durable,
          `of ${count} achievements; ${(found / checks).toFixed(2)} possible duplicates found on average`,
        ],
      };
    } finally {
      await deps.db.destroy();
    }
  },
};
