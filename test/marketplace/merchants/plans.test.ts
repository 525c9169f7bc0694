import { expect, test } from 'vitest';
import { contractsOfMerchant } from '../../../src/marketplace/contracts/queries.ts';
import { applicationsOfProgramme } from '../../../src/marketplace/merchants/queries.ts';
import { addDays } from '../../../src/platform/clock.ts';
import { insertRows } from '../../../src/platform/db/sql.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { newId } from '../../../src/platform/ids.ts';
import { aProgramme } from '../../support/ledger.ts';
import { aMarket } from '../../support/market.ts';
import { planOf } from '../../support/plans.ts';

const SIZE = 3_000;
const PAGE = 20;

/** Two programmes with applications of every state, each firm under a contract; and one that has been signed anew for years. */
async function aCrowd() {
  const market = await aMarket({ memberCount: 1, earned: 0 });
  const { deps, programmeId, merchantId } = market;
  const now = deps.clock.now();
  const programmeIds = [programmeId, (await aProgramme(deps)).programmeId];
  const firms = Array.from({ length: SIZE }, (_, i) => ({ id: newId(), programmeId: programmeIds[i % 2]!, i }));
  const fill = (table: string, columns: string, rows: (string | number | Date | null)[][]) =>
    inTransaction(deps.db, (tx) => insertRows(tx, table, columns.split(' '), rows));
  const merchants = firms.map(({ id, i }) => [id, `商户${i}`, 'dining', 'active', now]);
  await fill('merchant', 'id name category state created_at', merchants);
  const states = ['waiting', 'approved', 'declined'];
  const applications = firms.map(({ id, programmeId, i }) => {
    const state = states[i % 3]!;
    const decidedAt = state === 'waiting' ? null : now;
    return [id, programmeId, state, 'system', now, decidedAt, state === 'declined' ? '资料不全' : null];
  });
  const columns = 'merchant_id programme_id state entered_by entered_at decided_at reason';
  await fill('merchant_application', columns, applications);
  const served = [...firms.map(({ id, programmeId }) => [programmeId, id]), [programmeIds[1]!, merchantId]];
  await fill('programme_merchant', 'programme_id merchant_id', served);
  const contract = (programme: string, merchant: string, fromDay: string) => {
    const id = newId();
    return [id, programme, merchant, `HT-${id}`, fromDay, fromDay, 'postpaid', 'system', now];
  };
  const renewed = programmeIds.flatMap((programme) =>
    Array.from({ length: 300 }, (_, i) => contract(programme, merchantId, addDays('2020-01-02', i))),
  );
  const ofFirms = firms.map(({ id, programmeId }) => contract(programmeId, id, '2026-01-01'));
  const contracts = [...ofFirms, ...renewed];
  await fill(
    'contract',
    'id programme_id merchant_id number from_day until_day settlement signed_by signed_at',
    contracts,
  );
  await deps.db.query('ANALYZE TABLE merchant_application, contract');
  return { deps, programmeId, merchantId };
}

test('the queue of applications and the contracts of a merchant are read by an index in their order, a page at a time', async () => {
  const { deps, programmeId, merchantId } = await aCrowd();
  const { manager } = deps.db;
  const first = { first: PAGE, after: undefined };
  const queue = (page: typeof first | { first: number; after: string }) =>
    applicationsOfProgramme(manager, { programmeId, state: 'waiting' }, page);
  const contracts = (page: typeof first | { first: number; after: string }, programme?: string) =>
    contractsOfMerchant(manager, { merchantId, programmeId: programme }, page);
  const waiting = (await queue(first)).items.at(-1)!.merchantId;
  const signed = (await contracts(first)).items.at(-1)!.id;

  const works = {
    'the queue': [() => queue(first), 'merchant_application_queue'],
    'the queue, its next page': [() => queue({ first: PAGE, after: waiting }), 'merchant_application_queue'],
    'an owner’s contracts': [() => contracts(first), 'contract_of_merchant'],
    'an owner’s contracts, the next page': [() => contracts({ first: PAGE, after: signed }), 'contract_of_merchant'],
    'a merchant’s contracts in a programme': [() => contracts(first, programmeId), 'contract_of_merchant'],
  } satisfies Record<string, [() => Promise<unknown>, string]>;
  for (const [name, [work, key]] of Object.entries(works)) {
    const steps = await planOf(deps, work);
    expect(
      steps.map((step) => step.key),
      name,
    ).toEqual([key]);
    for (const { type, Extra } of steps) {
      expect(['ref', 'range'], name).toContain(type);
      expect(Extra ?? '', name).not.toContain('filesort');
    }
  }
});
