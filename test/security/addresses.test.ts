import { afterAll, beforeAll, expect, test } from 'vitest';
import { printerFileUrl } from '../../src/cards/file-address.ts';
import { listFileUrl } from '../../src/competitions/awards/subsidies/address.ts';
import { evidenceUrl } from '../../src/evidence/address.ts';
import { rewardFileUrl } from '../../src/innovation/rewards/address.ts';
import { statementFileUrl } from '../../src/marketplace/settlement/files/address.ts';
import { newId } from '../../src/platform/ids.ts';
import { plainCell } from '../../src/platform/plain-cell.ts';
import { type Doors, openDoors } from './doors.ts';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());

const get = (url: string) => doors.api.api.app.inject(url);

/** An address of each route that serves files, for one and the same id. */
function addressesOf(id: string): string[] {
  const { config, clock } = doors.deps;
  const urls = [evidenceUrl, statementFileUrl, listFileUrl, rewardFileUrl].map((url) => url(config, id, clock.now()));
  return [...urls, evidenceUrl(config, id, clock.now(), 1), printerFileUrl(config, id, 'operator:x', clock.now())];
}

test('an address of one route is forged at every other', async () => {
  const addresses = addressesOf(newId());
  // Only a good one tells that it has expired.
  doors.deps.clock.advance({ minutes: 6 });
  for (const address of addresses) expect([address, (await get(address)).statusCode]).toEqual([address, 410]);
  const parts = addresses.map((address) => address.split('?') as [string, string]);
  for (const [path, own] of parts)
    for (const [, query] of parts) {
      if (query === own || parts.some(([there, its]) => there === path && its === query)) continue;
      expect([`${path}?${query}`, (await get(`${path}?${query}`)).statusCode]).toEqual([`${path}?${query}`, 404]);
    }
});

test('the parts of what was signed cannot be shifted from one into the other', async () => {
  const { config, clock } = doors.deps;
  const id = newId();
  const [, until, signature] = /until=(\d+)&signature=(.+)$/.exec(evidenceUrl(config, id, clock.now(), 3))!;
  for (const shifted of [
    `/evidence/${id}?until=3%20${until}&signature=${signature}`,
    `/evidence/${id}%203?until=${until}&signature=${signature}`,
    `/evidence/${id}?number=3&until=%20${until}&signature=${signature}`,
    `/evidence/${id}?number=3%20${until}&until=&signature=${signature}`,
  ])
    expect([shifted, (await get(shifted)).statusCode]).toEqual([shifted, 404]);
});

test.each([
  ['=1+1', "'=1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-2+3', "'-2+3"],
  ['＝cmd', "'＝cmd"],
  ['\t=1', "'\t=1"],
  ['王=明', '王=明'],
  ['', ''],
])('a text is no formula in a table that others open: %j', (text, cell) => {
  expect(plainCell(text)).toBe(cell);
});
