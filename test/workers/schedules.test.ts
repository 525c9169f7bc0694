import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { Job } from '../../src/platform/jobs.ts';
import { jobs } from '../../workers/jobs.ts';
import { applySchedules, restoreSchedules, type Schedule, schedules } from '../../workers/schedules.ts';
import { aQueue, Greeting } from '../support/queue.ts';

const nightly: Job<unknown> = {
  definition: { name: 'greet', payload: z.object({}) },
  concurrency: 1,
  run: async () => {},
};

test('schedules are by Beijing time, those that are no longer listed go, and each job is woken once at start', async () => {
  const { queues, queue } = await aQueue(new Greeting());
  const at = (name: string, when: Schedule['when']): Schedule => ({ name, job: nightly, when });
  await applySchedules(queues, [nightly], [at('night', { pattern: '30 3 * * *' }), at('old', { every: 60_000 })]);
  await applySchedules(queues, [nightly], [at('night', { pattern: '30 4 * * *' }), at('new', { every: 90_000 })]);

  const found = await queue.getJobSchedulers();
  expect(found.map(({ key }) => key).sort()).toEqual(['new', 'night']);
  const night = found.find(({ key }) => key === 'night')!;
  expect(night).toMatchObject({ pattern: '30 4 * * *', tz: 'Asia/Shanghai' });
  expect(new Date(night.next!).toISOString()).toMatch(/T20:30:00\.000Z$/);
  const atStart = (await queue.getJobs()).filter((job) => job.repeatJobKey === undefined);
  expect(atStart).toHaveLength(1);
});

test('schedules that were wiped with Redis are put back, and what fell due meanwhile is woken', async () => {
  const { queues, queue, wipe } = await aQueue(new Greeting());
  const list: Schedule[] = [{ name: 'night', job: nightly, when: { pattern: '30 3 * * *' } }];
  await applySchedules(queues, [nightly], list);
  expect(await restoreSchedules(queues, [nightly], list)).toBe(0);
  await wipe();
  expect(await restoreSchedules(queues, [nightly], list)).toBe(1);
  expect((await queue.getJobSchedulers()).map(({ key }) => key)).toEqual(['night']);
  expect(await queue.getWaitingCount()).toBe(1);
});

test('schedules that wait for an hour to which a clock had jumped are made anew', async () => {
  const { queues, queue } = await aQueue(new Greeting());
  const at = (name: string, when: Schedule['when']): Schedule => ({ name, job: nightly, when });
  const list = [at('often', { every: 5_000 }), at('night', { pattern: '30 3 * * *' })];
  const ahead = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3 * 86_400_000);
  await applySchedules(queues, [nightly], list);
  ahead.mockRestore();

  expect(await restoreSchedules(queues, [nightly], list)).toBe(2);
  expect(await restoreSchedules(queues, [nightly], list)).toBe(0);
  const next = new Map((await queue.getJobSchedulers()).map((one) => [one.key, one.next! - Date.now()]));
  expect(next.get('often')).toBeLessThanOrEqual(5_000);
  expect(next.get('night')).toBeLessThanOrEqual(86_400_000);
});

test('every scheduled job is one that the workers do, and every name of a schedule or job is used once', () => {
  const names = jobs.map((job) => job.definition.name);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(schedules.map(({ name }) => name)).size).toBe(schedules.length);
  for (const { job } of schedules) expect(names).toContain(job.definition.name);
});

test('no pattern pauses for longer than a day, which is how far ahead a turn is believed', () => {
  for (const { name, when } of schedules)
    if ('pattern' in when) expect([name, when.pattern]).toEqual([name, expect.stringMatching(/ \* \* \*$/)]);
});

test('every job of the platform can be woken with an empty payload exactly when it is scheduled', () => {
  const scheduled = new Set(schedules.map(({ job }) => job.definition.name));
  for (const { definition } of jobs) {
    expect({ job: definition.name, empty: definition.payload.safeParse({}).success }).toEqual({
      job: definition.name,
      empty: scheduled.has(definition.name),
    });
  }
});
