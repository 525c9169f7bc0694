/**
 * Ten thousand phones that follow a live final: each asks for what is newer than it has, and mostly there is nothing.
 * Measured against the reference `empty`; a note says what a whole scoreboard of a hundred lines costs.
 */
import { type Bench, CONNECTIONS, type Options } from './bench.ts';
import { emptyTarget } from './empty.ts';
import { LoadClient, type Target } from './load.ts';
import { seedMembers, seedUnions, signIn } from './market.ts';
import { measureInTurn } from './measure.ts';
import type { Report } from './report.ts';
import { STANDINGS, seedLiveFinal, VERSION } from './scoreboard-final.ts';
import { type Server, startApi, startEmptyServer } from './server.ts';
import { closing, onFreshDatabase, requireDurableCommits } from './setting.ts';
import { rateOf } from './tally.ts';

const DATABASE = 'xingfu_bench_scoreboard';
const PHONES = 10_000;

const POLL = `query Poll($stageId: Id!, $since: Int) {
  scoreboard(stageId: $stageId, since: $since) {
    version scoredCount candidateCount standings { place entryId name total }
  }
}`;

export const scoreboard: Bench = {
  name: 'scoreboard',
  about: 'members who poll the scoreboard of a live final, against a mutation that does nothing',
  limit:
    'A poll is signed in, checked for its permission and answered from one row, none of which `empty` does; the answer itself is a few bytes.',
  run: measure,
};

function measure({ seconds }: Options): Promise<Report> {
  return onFreshDatabase(DATABASE, (deps) =>
    closing(async (keep) => {
      const durable = await requireDurableCommits(deps);
      const { unionIds } = await seedUnions(deps);
      const memberIds = await seedMembers(deps, unionIds, PHONES);
      const stageId = await seedLiveFinal(deps, unionIds[0]!);
      const callers = await signIn(
        deps,
        memberIds.map((subjectId) => ({ door: 'member' as const, subjectId })),
      );
      const api = keep(await startApi(DATABASE));
      const empty = keep(await startEmptyServer());
      const load = keep(new LoadClient());
      await load.add('ours', poll(api, callers, `"stageId":"${stageId}","since":${VERSION}`, 'null'));
      await load.add('whole', poll(api, callers, `"stageId":"${stageId}"`, `{"version":${VERSION},`));
      await load.add('empty', emptyTarget(empty, callers));
      const round = (name: string) => async (time: number) => rateOf(await load.run(name, { seconds: time }));
      const { ours, whole, ...references } = await measureInTurn(
        ['ours', 'whole', 'empty'].map((name) => ({ name, round: round(name) })),
        seconds,
      );
      const notes = [
        durable,
        `${PHONES} members on ${CONNECTIONS} connections; a whole scoreboard of ${STANDINGS} lines: ${Math.round(whole!)} a second`,
      ];
      const aims = { empty: 0.7 };
      return { bench: 'scoreboard', unit: 'polls', ours: ours!, references, aims, peakRssMb: api.peakRssMb(), notes };
    }),
  );
}

function poll(api: Server, callers: string[], variables: string, answer: string): Target {
  return {
    origins: [api.origin],
    path: '/graphql/member',
    query: POLL,
    accepted: `{"data":{"scoreboard":${answer}`,
    decks: [{ callers, variables: [variables], once: false }],
    connections: CONNECTIONS,
  };
}
