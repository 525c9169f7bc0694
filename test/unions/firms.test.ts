import { expect, test } from 'vitest';
import { describeFirm, type FirmDescription } from '../../src/unions/firms/describe-firm.ts';
import { findFirms, firmsOfPaths } from '../../src/unions/firms/queries.ts';
import { unionPath } from '../../src/unions/queries.ts';
import { accepted, aKey, anAdmin, aTree, aUnion, auditTrail, refused } from './tree.ts';

async function aRegion() {
  const tree = await aTree();
  const { deps, province, eastWorks } = tree;
  const workshop = await aUnion(deps, eastWorks, '一车间工会', 'grass-roots');
  const admin = await anAdmin(deps, [province]);
  const describe = (firm: Partial<FirmDescription> = {}, who = admin) =>
    describeFirm(deps, who, aKey(), {
      unionId: eastWorks,
      firmType: 'little_giant',
      ownership: 'private',
      trade: '装备制造',
      employees: 240,
      ...firm,
    });
  return { ...tree, workshop, admin, describe };
}

test('a firm is described, described anew, and each time the trail tells before and after', async () => {
  const { deps, eastWorks, admin, describe } = await aRegion();
  expect(await describe()).toEqual({ ok: true, value: eastWorks });
  expect(await describe({ firmType: 'specialised', employees: 260 })).toEqual({ ok: true, value: eastWorks });
  expect(await findFirms(deps.db.manager, [eastWorks])).toMatchObject([
    { unionId: eastWorks, firmType: 'specialised', ownership: 'private', trade: '装备制造', employees: 260 },
  ]);
  const firm = { firmType: 'little_giant', ownership: 'private', trade: '装备制造', employees: 240 };
  expect(await auditTrail(deps)).toMatchObject([
    { actor: admin.actor, action: 'describeFirm', unionId: eastWorks, before: null, after: firm },
    { before: firm, after: { firmType: 'specialised', employees: 260 } },
  ]);
});

test('somebody works in the firm of the nearest union above, the member of a workshop in that of the works', async () => {
  const { deps, workshop, east, eastWorks, westWorks, describe } = await aRegion();
  accepted(await describe());
  const paths = await Promise.all([workshop, eastWorks, east, westWorks].map((id) => unionPath(deps.db.manager, id)));
  const [ofWorkshop, ofWorks, ofCity, ofWest] = paths as [string, string, string, string];
  const firms = await firmsOfPaths(deps.db.manager, [ofWorkshop, ofWorks, ofCity, ofWest]);
  expect([...firms].map(([path, { unionId }]) => [path, unionId])).toEqual([
    [ofWorkshop, eastWorks],
    [ofWorks, eastWorks],
  ]);
  accepted(await describe({ unionId: workshop, firmType: 'other' }));
  expect((await firmsOfPaths(deps.db.manager, [ofWorkshop])).get(ofWorkshop)).toMatchObject({ unionId: workshop });
});

test.for<[string, Partial<FirmDescription>]>([
  ['TRADE_MALFORMED', { trade: '' }],
  ['TRADE_MALFORMED', { trade: '装备\n制造' }],
  ['TRADE_MALFORMED', { trade: '长'.repeat(41) }],
  ['EMPLOYEES_OUT_OF_RANGE', { employees: 0 }],
  ['EMPLOYEES_OUT_OF_RANGE', { employees: 1.5 }],
])('%s: %j is refused and nothing is kept', async ([code, wrong]) => {
  const { deps, eastWorks, describe } = await aRegion();
  expect(await describe(wrong)).toMatchObject(refused(code));
  expect(await findFirms(deps.db.manager, [eastWorks])).toEqual([]);
  expect(await auditTrail(deps)).toEqual([]);
});

test('a city is no firm, and a firm of another branch answers like one that is not there', async () => {
  const { deps, east, west, eastWorks, describe } = await aRegion();
  expect(await describe({ unionId: east })).toMatchObject(refused('UNION_NO_FIRM'));
  const stranger = await anAdmin(deps, [west]);
  const reader = await anAdmin(deps, [east], ['unions:read']);
  for (const who of [stranger, reader]) expect(await describe({}, who)).toMatchObject(refused('UNION_UNKNOWN'));
  expect(await findFirms(deps.db.manager, [eastWorks])).toEqual([]);
});
