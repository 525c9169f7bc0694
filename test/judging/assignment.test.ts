import { describe, expect, test } from 'vitest';
import { accepted, aMember, aUnion } from '../unions/tree.ts';
import { aJudgingWorld, type JudgingWorld } from './world.ts';

describe('nobody is assigned to a candidate', () => {
  /** A panel with one candidate of each union, one judge who is looked at and enough others. */
  async function assignedTo(
    unionsOf: (world: JudgingWorld) => Promise<string[]>,
    judgeOf: (world: JudgingWorld, unions: string[]) => Promise<string | null>,
  ) {
    const world = await aJudgingWorld();
    const unions = await unionsOf(world);
    const panelId = await world.aPanel();
    await world.enter(panelId, unions);
    const memberId = await judgeOf(world, unions);
    const ann = await world.aJudge(panelId, { memberId });
    for (const name of ['乙', '丙']) await world.aJudge(panelId, { name });
    await world.deps.db.query('UPDATE panel SET judges_per_entry = 2 WHERE id = ?', [panelId]);
    const declared = { ...world, panelId, ann, unions };
    const hers = async () => {
      accepted(await world.assign(panelId));
      const all = await world.assigned(panelId);
      return Object.keys(all).flatMap((number) => (all[Number(number)]!.includes(ann.id) ? [Number(number)] : []));
    };
    return { ...declared, hers };
  }

  /** A firm with two shops, a second firm, and the city's own office. */
  const places = async ({ deps, east, mill, yard }: JudgingWorld) => {
    const spinning = await aUnion(deps, mill, '纺纱车间', 'grass-roots');
    const weaving = await aUnion(deps, mill, '织布车间', 'grass-roots');
    return [mill, spinning, weaving, yard, east];
  };

  test('of her own firm or of its branches', async () => {
    const { hers } = await assignedTo(places, ({ deps }, [mill]) => aMember(deps, mill!));
    expect((await hers()).filter((number) => [1, 2, 3].includes(number))).toEqual([]);
  });

  test('of her own branch or of the firm above it', async () => {
    const { hers } = await assignedTo(places, ({ deps }, [, spinning]) => aMember(deps, spinning!));
    expect((await hers()).filter((number) => [1, 2].includes(number))).toEqual([]);
  });

  test('of the federation’s office where she works, but she judges the firms that belong to it', async () => {
    const { hers } = await assignedTo(places, ({ deps, east }) => aMember(deps, east));
    const numbers = await hers();
    expect(numbers).not.toContain(5);
    expect(numbers.length).toBeGreaterThan(0);
  });

  test('of a firm with which she declared a conflict, nor of its branches', async () => {
    const { ann, panelId, mill, declare, hers } = await assignedTo(places, async () => null);
    accepted(await declare(ann, panelId, mill));
    expect((await hers()).filter((number) => [1, 2, 3].includes(number))).toEqual([]);
  });
});

describe('assigning judges', () => {
  test('is refused with the candidate named who cannot be served', async () => {
    const { mill, aPanel, enter, aJudge, declare, assign, assigned } = await aJudgingWorld();
    const panelId = await aPanel();
    await enter(panelId);
    const [ann] = [await aJudge(panelId), await aJudge(panelId)];
    accepted(await declare(ann, panelId, mill));
    expect(await assign(panelId)).toMatchObject({
      refusal: {
        code: 'NOT_ENOUGH_JUDGES',
        message: { zh: expect.stringContaining('2 号“2 号作品”需要 2 名评委，能评的只有 1 名') },
      },
    });
    expect(await assigned(panelId)).toEqual({});
  });

  test('is refused when nobody judges a criterion, or two judges share a part of theirs', async () => {
    const { aPanel, enter, aJudge, assign } = await aJudgingWorld();
    const panelId = await aPanel({ judgesPerEntry: 1 });
    await enter(panelId);
    await aJudge(panelId, { name: '甲', criteria: [1] });
    expect(await assign(panelId)).toMatchObject({
      refusal: { code: 'NOT_ENOUGH_JUDGES', message: { zh: expect.stringContaining('“创新成果”') } },
    });
    await aJudge(panelId, { name: '乙' });
    expect(await assign(panelId)).toMatchObject({
      refusal: { code: 'CRITERIA_OVERLAP', message: { zh: expect.stringContaining('“乙”与“甲”') } },
    });
  });

  test('again keeps what is begun or submitted, and evens out the rest', async () => {
    const { firms, aPanel, enter, aJudge, assign, open, submit, save, assigned } = await aJudgingWorld();
    const panelId = await aPanel({ judgesPerEntry: 1 });
    await enter(panelId, [...firms, ...firms, ...firms]);
    const [ann, bob] = [await aJudge(panelId), await aJudge(panelId)];
    accepted(await assign(panelId));
    accepted(await open(panelId));
    const before = await assigned(panelId);
    const hers = Object.keys(before)
      .map(Number)
      .filter((number) => before[number]![0] === ann.id);
    accepted(await submit(ann, panelId, hers[0]!));
    accepted(await save(ann, panelId, hers[1]!));
    const eve = await aJudge(panelId);
    accepted(await assign(panelId));
    const after = await assigned(panelId);
    for (const number of hers.slice(0, 2)) expect(after[number]).toEqual([ann.id]);
    const load = (id: string) => Object.values(after).filter((ids) => ids.includes(id)).length;
    expect([ann, bob, eve].map(({ id }) => load(id))).toEqual([3, 3, 3]);
  });
});
