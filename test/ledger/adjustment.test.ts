import { describe, expect, test } from 'vitest';
import { id, world } from './world.ts';

describe('a hand adjustment', () => {
  test('gives points with an expiry, which pay off a debt first', async () => {
    const { deps, ann, earn, spend, adjust, posts, revoke, balance, lots, owed } = await world();
    const [wrong] = await posts(earn(ann, 100));
    await posts(spend(ann, 100));
    await revoke(id(wrong), 'owe');
    await posts(adjust(ann, 130, 20));
    expect([await balance(ann), await owed(ann)]).toEqual([30, 0]);
    expect((await lots(ann)).filter((remaining) => remaining > 0)).toEqual([30]);
    await expect(deps).toHaveCoherentLedger();
  });

  test('takes points from the lot that expires first, gives them back to the budget, and is reversed into that lot', async () => {
    const { deps, ann, earn, adjust, posts, revoke, balance, lots, issued } = await world(150);
    await posts(earn(ann, 100, 50), earn(ann, 50, 20));
    const [taken] = await posts(adjust(ann, -60));
    expect([await balance(ann), await lots(ann), await issued()]).toEqual([90, [0, 90], 90]);
    await revoke(id(taken));
    expect([await balance(ann), await lots(ann), await issued()]).toEqual([150, [50, 100], 150]);
    await expect(deps).toHaveCoherentLedger();
  });

  test('is refused where it takes more than the balance', async () => {
    const { deps, ann, earn, adjust, posts, balance } = await world();
    await posts(earn(ann, 100));
    expect(await posts(adjust(ann, -101))).toMatchObject([{ ok: false, refusal: { code: 'NOT_ENOUGH_POINTS' } }]);
    expect(await balance(ann)).toBe(100);
    await expect(deps).toHaveCoherentLedger();
  });
});
