import { expect, onTestFinished, test } from 'vitest';
import { entities } from '../../src/entities.ts';
import { createDataSource } from '../../src/platform/db/data-source.ts';
import type { Job } from '../../src/platform/jobs.ts';
import { startTracing } from '../../src/platform/tracing/start-tracing.ts';
import { traceStatements, withoutValues } from '../../src/platform/tracing/trace-statements.ts';
import { processorOf } from '../../workers/run-jobs.ts';
import { startApi, tokenFor } from '../support/api.ts';
import { databaseUrl } from '../support/database.ts';
import { testConfig, workerDatabase } from '../support/deps.ts';
import { aMarket } from '../support/market.ts';
import { above, collector, type ReceivedSpan } from '../support/otlp.ts';
import { Greeting } from '../support/queue.ts';

/** A market whose API traces to a collector of the test's own, and how to read what has arrived there. */
async function tracedMarket() {
  const market = await aMarket();
  const { endpoint, spans, text, services } = await collector();
  const config = testConfig(workerDatabase(), { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
  const tracer = (await startTracing(config, 'xingfu-test'))!;
  const db = createDataSource({ url: databaseUrl(workerDatabase()), pool: 4, entities });
  traceStatements(db, tracer);
  await db.initialize();
  onTestFinished(() => db.destroy());
  const deps = { ...market.deps, config, db, tracer };
  const api = await startApi(deps);
  onTestFinished(api.close);
  const arrived = async (): Promise<ReceivedSpan[]> => {
    await tracer.close();
    return spans();
  };
  return { ...market, deps, api, arrived, text, services };
}

const REDEEM = `mutation ($key: String!, $offerId: Id!) { redeem(key: $key, offerId: $offerId) { __typename } }`;

test('one trace leads from the door by way of the root field to the statement', async () => {
  const { deps, api, arrived, services, memberIds, offer } = await tracedMarket();
  const token = await tokenFor(deps, 'member', memberIds[0]!);
  const variables = { key: 'a-key-of-the-test', offerId: await offer() };
  const answer = await api.ask('member', REDEEM, { token, variables });
  expect(answer.errors).toEqual([]);

  const spans = await arrived();
  const insert = spans.find(({ name }) => name === 'INSERT redemption')!;
  expect(insert.attributes).toMatchObject({ 'db.system.name': 'mysql' });
  const way = above(spans, insert);
  expect(way.map(({ name }) => name)).toEqual(['batch redeem', 'Mutation.redeem', 'POST /graphql/member']);
  expect(way[1]!.attributes).toEqual({ 'xingfu.door': 'member', 'graphql.field': 'redeem' });
  expect(way[2]!.attributes).toMatchObject({
    'http.response.status_code': expect.anything(),
    'xingfu.request_id': answer.headers.get('x-request-id'),
  });
  expect(new Set(services())).toEqual(new Set(['xingfu-test']));
});

test('a batch stands in the trace of its first caller, and the others point to it', async () => {
  const { deps, api, arrived, memberIds, offer } = await tracedMarket();
  const offerId = await offer();
  const tokens = await Promise.all(memberIds.map((id) => tokenFor(deps, 'member', id)));
  await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      api.ask('member', REDEEM, { token: tokens[i % 2]!, variables: { key: `key-of-twelve-${i}`, offerId } }),
    ),
  );
  const spans = await arrived();
  const batches = spans.filter(({ name }) => name === 'batch redeem');
  const commands = batches.map(({ attributes }) => Number(attributes['xingfu.batch.commands']));
  expect(commands.reduce((sum, one) => sum + one)).toBe(12);
  // Whoever does not have the batch below points to it.
  const reached = spans
    .filter(({ name }) => name === 'Mutation.redeem')
    .map(
      (field) =>
        batches.filter(
          (batch) => batch.parentSpanId === field.spanId || field.links.some(({ spanId }) => spanId === batch.spanId),
        ).length,
    );
  expect(reached).toEqual(Array.from({ length: 12 }, () => 1));
});

test('requests have traces of their own', async () => {
  const { api, arrived } = await tracedMarket();
  await Promise.all([api.ask('member', '{ __typename }'), api.ask('admin', '{ __typename }')]);
  const roots = (await arrived()).filter(({ name }) => name.startsWith('POST /graphql/'));
  expect(roots.map(({ name }) => name).sort()).toEqual(['POST /graphql/admin', 'POST /graphql/member']);
  expect(new Set(roots.map(({ traceId }) => traceId)).size).toBe(2);
  expect(roots.map(({ parentSpanId }) => parentSpanId ?? '')).toEqual(['', '']);
});

test('a fault marks its spans with its code, and says nothing of what was carried', async () => {
  const { deps, api, arrived, text } = await tracedMarket();
  await deps.db.query('RENAME TABLE member TO member_gone');
  onTestFinished(() => deps.db.query('RENAME TABLE member_gone TO member'));
  await api.ask('member', 'mutation { developmentSignIn(staffNumber: "13800138000") { __typename } }');
  const spans = await arrived();
  const failed = spans.filter((span) => span.failed);
  expect(failed.map(({ name }) => name)).toEqual(['SELECT member', 'Mutation.developmentSignIn']);
  expect(failed[0]!.attributes['error.type']).toBe('ER_NO_SUCH_TABLE');
  expect(text()).not.toContain('13800138000');
});

test('a job has a trace with its name, its number and its statements', async () => {
  const { deps, arrived } = await tracedMarket();
  const greeting = new Greeting();
  const process = processorOf(deps, greeting.job as Job<unknown>);
  const queued = { id: 'queued-1', data: { name: 'anna' }, attemptsMade: 0, updateProgress: async () => {} };
  await process(queued as never, 'lock');
  const spans = await arrived();
  const insert = spans.find(({ name }) => name === 'INSERT periodic_run')!;
  expect(above(spans, insert)).toMatchObject([
    { name: 'job greet', attributes: { job: 'greet', jobId: 'queued-1', attempt: expect.anything() } },
  ]);
});

test.each([
  ["SELECT id FROM member WHERE name = 'O\\'Hara' AND age > 30", 'SELECT id FROM member WHERE name = ? AND age > ?'],
  ["UPDATE t1 SET a = '1''2',\n  b = ?", 'UPDATE t1 SET a = ?, b = ?'],
  ['SELECT "it" , 1.5', 'SELECT ? , ?'],
])('a statement is told without values: %s', (sql, told) => {
  expect(withoutValues(sql)).toBe(told);
});

test('without an endpoint there is no tracer', async () => {
  expect(await startTracing(testConfig(workerDatabase()), 'xingfu-test')).toBeUndefined();
});
