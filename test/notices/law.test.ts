import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { aNoticeWorld } from './world.ts';

const any = fc.nat(1000);

/** What happens around a notice: days pass, members object and take back, an admin decides, the domain acts. */
const command = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 60 }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('file' as const), by: fc.nat(1), line: fc.nat(3) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('take back' as const), any }) },
  {
    weight: 9,
    arbitrary: fc.record({ do: fc.constant('decide' as const), any, upheld: fc.nat(3).map((n) => n === 0) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('replace' as const), workingDays: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 12, arbitrary: fc.record({ do: fc.constant('settle' as const), any: fc.option(any) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('call off' as const) }) },
);
type Command = typeof command extends fc.Arbitrary<infer One> ? One : never;

// The Spring Festival of 2026 as it was announced, by hand.
const REST = ['02-15', '02-16', '02-17', '02-18', '02-19', '02-20', '02-21', '02-22', '02-23'].map(
  (day) => `2026-${day}`,
);
const MADE_UP = ['2026-02-14', '2026-02-28'];
const HOUR = 3_600_000;

function isRest(day: Date): boolean {
  const name = day.toISOString().slice(0, 10);
  return !MADE_UP.includes(name) && (REST.includes(name) || [0, 6].includes(day.getUTCDay()));
}

/** The instant at which the Beijing day of the n-th working day after this one ends. */
function endOfWorkingDay(now: Date, n: number): number {
  const day = new Date(now.getTime() + 8 * HOUR);
  day.setUTCHours(0, 0, 0, 0);
  for (let left = n; left > 0; ) {
    day.setTime(day.getTime() + 24 * HOUR);
    if (!isRest(day)) left -= 1;
  }
  return day.getTime() + 16 * HOUR;
}

interface Version {
  id: string;
  closes: number;
  state: 'open' | 'final' | 'superseded' | 'withdrawn';
}

interface Said {
  id: string;
  by: number;
  line: number;
  versionId: string;
  state: 'waiting' | 'upheld' | 'rejected' | 'withdrawn' | 'moot' | 'answered';
}

type World = Awaited<ReturnType<typeof aNoticeWorld>>;

/** A notice at work beside a model of it that knows no database. */
class History {
  readonly versions: Version[] = [];
  readonly said: Said[] = [];

  private constructor(private readonly world: World) {}

  static async begin(world: World): Promise<History> {
    const history = new History(world);
    world.deps.clock.set('2026-02-11T03:00:00Z');
    await history.publish(3);
    return history;
  }

  private get now(): Date {
    return this.world.deps.clock.now();
  }

  private get newest(): Version {
    return this.versions.at(-1)!;
  }

  private async publish(workingDays: number): Promise<void> {
    const { world, now } = this;
    const id = await (this.versions.length === 0
      ? world.publish({ workingDays, subjectId: newId() })
      : world.publishNext(this.newest.id, { workingDays }));
    this.versions.push({ id, closes: endOfWorkingDay(now, workingDays), state: 'open' });
  }

  async play(one: Command): Promise<void> {
    if (one.do === 'wait') this.world.deps.clock.advance({ hours: one.hours });
    else if (one.do === 'file') await this.file(one.by, one.line);
    else if (one.do === 'replace') await this.replace(one.workingDays);
    else if (one.do === 'settle')
      await this.settle(one.any === null ? this.newest : this.versions[one.any % this.versions.length]!);
    else if (one.do === 'call off') await this.callOff();
    else if (this.said.length > 0) {
      const waiting = this.said.filter(({ state }) => state === 'waiting');
      const among = waiting.length > 0 && one.any % 4 > 0 ? waiting : this.said;
      const objection = among[one.any % among.length]!;
      await (one.do === 'decide' ? this.decide(objection, one.upheld) : this.takeBack(objection));
    }
  }

  private async file(by: number, line: number): Promise<void> {
    const { id, closes, state } = this.newest;
    const hers = this.said.filter((said) => said.by === by && said.versionId === id);
    const repeats = hers.some((said) => said.line === line && said.state === 'waiting');
    const may = state === 'open' && this.now.getTime() < closes && !repeats && hers.length < 20;
    const memberId = [this.world.ann, this.world.bob][by]!;
    const filed = await this.world.tryFile(memberId, id, { lineNumber: line === 0 ? null : line });
    expect(filed.ok).toBe(may);
    if (filed.ok) this.said.push({ id: filed.value, by, line, versionId: id, state: 'waiting' });
  }

  private async decide(said: Said, upheld: boolean): Promise<void> {
    const decided = await this.world.decide(said.id, upheld ? 'upheld' : 'rejected');
    expect(decided.ok).toBe(said.state === 'waiting');
    if (decided.ok) said.state = upheld ? 'upheld' : 'rejected';
  }

  private async takeBack(said: Said): Promise<void> {
    const taken = await this.world.takeBack([this.world.ann, this.world.bob][said.by]!, said.id);
    expect(taken.ok).toBe(said.state === 'waiting');
    if (taken.ok) said.state = 'withdrawn';
  }

  private async replace(workingDays: number): Promise<void> {
    if (this.newest.state === 'withdrawn') return;
    if (this.newest.state === 'open') this.newest.state = 'superseded';
    await this.publish(workingDays);
    for (const said of this.said.filter(({ state }) => state === 'upheld')) said.state = 'answered';
  }

  private async settle(version: Version): Promise<void> {
    const isHeldUp = this.said.some(({ state }) => state === 'waiting' || state === 'upheld');
    const may = version.state === 'open' && this.now.getTime() >= version.closes && !isHeldUp;
    if (may) version.state = 'final';
    expect(await this.world.settle(version.id)).toBe(version.state);
  }

  private async callOff(): Promise<void> {
    if (this.newest.state === 'open') {
      this.newest.state = 'withdrawn';
      for (const said of this.said.filter(({ state }) => state === 'waiting')) said.state = 'moot';
    }
    expect(await this.world.callOff(this.newest.id)).toBe(this.newest.state);
  }

  async requireSame(): Promise<void> {
    const { world } = this;
    expect(await world.states(this.versions.map(({ id }) => id))).toEqual(this.versions.map(({ state }) => state));
    for (const { id, state } of this.said) {
      const kept = await world.objection(id);
      expect(kept.state).toBe(state === 'answered' ? 'upheld' : state);
      expect(kept.answeredBy !== null).toBe(state === 'answered');
    }
    const open = this.said.filter(({ state }) => state === 'upheld').map(({ id }) => id);
    expect((await world.upheld(this.newest.id)).map(({ id }) => id).sort()).toEqual(open.sort());
  }
}

test('whatever happens, a notice is final only when its period is over and every objection to it is settled', async () => {
  const world = await aNoticeWorld();
  const commands = fc.array(command, { minLength: 12, maxLength: 30, size: 'max' });
  await fc.assert(
    fc.asyncProperty(commands, async (steps) => {
      const history = await History.begin(world);
      for (const one of steps) await history.play(one);
      await history.requireSame();
    }),
    { numRuns: 10 },
  );
});
