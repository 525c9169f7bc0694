import { expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { changeProgramme } from '../../../src/unions/change-programme.ts';
import { accepted } from '../../support/market.ts';
import { admins, allLines, aSettledMarket } from './world.ts';

test('a month goes by the programme’s price of each of its days, also when the price was changed amid it', async () => {
  const world = await aSettledMarket();
  const { ann } = admins(world);
  await world.use();
  for (const [instant, pointPriceFen] of [
    ['2026-07-10T02:00:00Z', 11],
    ['2026-07-20T02:00:00Z', 12],
  ] as const) {
    world.at(instant);
    const change = { id: world.programmeId, pointPriceFen };
    accepted(await changeProgramme(world.deps, ann, newId(), change));
    await world.use();
  }
  world.at('2026-08-03T02:00:00Z');
  await world.close();
  expect((await allLines(world.deps)).map(({ rateFen }) => rateFen)).toEqual([10, 11, 12]);
});
