/** 40,000 cards are issued and written into the printer's file by one process: a year's cards of a city. */
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { type Connection, createConnection } from 'mysql2/promise';
import { CardBatch } from '../../src/cards/card-batch.entity.ts';
import { checkDigit } from '../../src/cards/number.ts';
import { openPrinterFile } from '../../src/cards/printer-file.ts';
import { insertRows } from '../../src/platform/db/sql.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import { databaseUrl } from '../support/database.ts';
import type { Bench, Options } from './bench.ts';
import type { Issued, Order } from './card-batch-child.ts';
import { addIssuer, type Issuer } from './card-batch-issuer.ts';
import { Child } from './child.ts';
import { seedMembers, seedUnions } from './market.ts';
import { measureInTurn } from './measure.ts';
import type { Report } from './report.ts';
import { closing, type Keep, onFreshDatabase, requireDurableCommits } from './setting.ts';

const DATABASE = 'xingfu_bench_card_batch';
const BARE_DATABASE = 'xingfu_bench_card_insert';
const CARDS = 40_000;

/** Where a run is shortened: roughly as many cards as a second takes. */
const CARDS_A_SECOND = 5_000;

/** Rows in a transaction of the reference: as many as a part of ours has. */
const ROWS_AT_ONCE = 500;

export const cardBatch: Bench = {
  name: 'card-batch',
  about: '40,000 cards issued and written for the printer; against the bare multi-row INSERT of the same rows',
  run: (options) =>
    onFreshDatabase(DATABASE, (deps) =>
      onFreshDatabase(BARE_DATABASE, (bareDeps) => closing((keep) => compare(deps, bareDeps, keep, options))),
    ),
};

async function compare(deps: Deps, bareDeps: Deps, keep: Keep, { seconds, short }: Options): Promise<Report> {
  const durable = await requireDurableCommits(deps);
  const cards = short ? Math.ceil(CARDS_A_SECOND * seconds) : CARDS;
  const city = await seedCity(deps, cards);
  const bare = await seedCity(bareDeps, cards);
  keep({ close: () => rm(deps.config.storageDir, { recursive: true, force: true }) });
  const child = keep(new Child<Order, unknown>('card-batch-child.ts'));
  await child.ask({ database: DATABASE });
  const connection = await createConnection({ uri: databaseUrl(BARE_DATABASE), timezone: 'Z' });
  keep({ close: () => connection.end() });
  let peakRssMb = 0;
  const issueOne = async () => {
    const batchId = await askForBatch(deps, await addIssuer(deps, city.unionId), city.unionId);
    const issued = (await child.ask({ batchId })) as Issued;
    await requireIssued(deps, batchId, cards);
    peakRssMb = issued.peakRssMb;
    return (cards * 1000) / issued.elapsedMs;
  };
  const { ours, ...references } = await measureInTurn(
    [
      { name: 'ours', round: issueOne },
      { name: 'insert-only', round: () => insertRate(bareDeps, connection, bare) },
    ],
    seconds,
  );
  return {
    bench: 'card-batch',
    unit: 'cards',
    ours: ours!,
    references,
    aims: {},
    peakRssMb,
    rssAimMb: 350,
    notes: [
      durable,
      `${cards} cards a round, each round another issuer's for the same members; insert-only: ${ROWS_AT_ONCE} rows in a transaction`,
      'every batch was done, with its cards counted and its file whole: a line for each card, and the SHA-256 that the batch names',
    ],
  };
}

interface City {
  unionId: string;
  memberIds: string[];
}

async function seedCity(deps: Deps, members: number): Promise<City> {
  const { programmeId, unionIds } = await seedUnions(deps);
  const memberIds = await seedMembers(deps, unionIds, members);
  const [{ union_id: unionId }] = await deps.db.query('SELECT union_id FROM programme WHERE id = ?', [programmeId]);
  return { unionId, memberIds };
}

/** Asks for cards of an issuer for the branch of a union, as `requestBatch` does. Returns the batch's id. */
async function askForBatch({ db, clock }: Deps, issuer: Issuer, unionId: string): Promise<string> {
  const id = newId();
  await insertRows(
    db.manager,
    'card_batch',
    ['id', 'issuer_id', 'union_id', 'requested_by', 'state', 'created_at'],
    [[id, issuer.id, unionId, 'system:bench', 'waiting', clock.now()]],
  );
  return id;
}

/** Fails unless the batch is done and so many cards are counted, lie in the table and stand in its file. */
async function requireIssued({ db, config }: Deps, batchId: string, cards: number): Promise<void> {
  const { state, cardsIssued, fileSha256 } = await db.manager.findOneByOrFail(CardBatch, { id: batchId });
  const [{ n }] = await db.query('SELECT COUNT(*) AS n FROM card WHERE batch_id = ?', [batchId]);
  const file = await openPrinterFile(config, batchId);
  const text = await file.readFile();
  await file.close();
  const whole = fileSha256?.equals(createHash('sha256').update(text).digest()) ?? false;
  // Its first line is the heading.
  const lines = text.toString().split('\r\n').length - 2;
  if (state !== 'done' || cardsIssued !== cards || Number(n) !== cards || lines !== cards || !whole) {
    throw new Error(`of ${cards} cards: ${state}, ${cardsIssued} counted, ${n} rows, ${lines} lines, whole: ${whole}`);
  }
}

/** Inserts a card for each member, of another issuer each time; preparing the rows does not count. */
async function insertRate(deps: Deps, connection: Connection, { unionId, memberIds }: City): Promise<number> {
  const issuer = await addIssuer(deps, unionId);
  const batchId = await askForBatch(deps, issuer, unionId);
  const numbers = drawNumbers(issuer, memberIds.length);
  const issuedAt = new Date();
  let elapsedMs = 0;
  for (let from = 0; from < memberIds.length; from += ROWS_AT_ONCE) {
    const rows = memberIds
      .slice(from, from + ROWS_AT_ONCE)
      .map((memberId, i) => [
        newId(),
        issuer.id,
        memberId,
        numbers[from + i],
        'active',
        null,
        batchId,
        'system:bench',
        issuedAt,
      ]);
    const start = performance.now();
    await connection.beginTransaction();
    await connection.query(
      'INSERT INTO card (id, issuer_id, member_id, number, state, replaces_id, batch_id, issued_by, issued_at) VALUES ?',
      [rows],
    );
    await connection.commit();
    elapsedMs += performance.now() - start;
  }
  return (memberIds.length * 1000) / elapsedMs;
}

/** Card numbers in no order, as random ones are, and no two alike. */
function drawNumbers({ prefix }: Issuer, count: number): string[] {
  const drawn = new Set<string>();
  while (drawn.size < count) drawn.add(String(Math.floor(Math.random() * 1e9)).padStart(9, '0'));
  return [...drawn].map((digits) => prefix + digits + checkDigit(prefix + digits));
}
