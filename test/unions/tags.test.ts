import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { memberFacts } from '../../src/unions/member-facts.ts';
import { membersIn } from '../../src/unions/queries.ts';
import { tagMembers } from '../../src/unions/tag-members.ts';
import { tagsOf } from '../../src/unions/tags.ts';
import { untagMembers } from '../../src/unions/untag-members.ts';
import { countQueries } from '../support/count-queries.ts';
import { accepted, aKey, aMember, anAdmin, aTree, auditTrail, refused } from './tree.ts';

async function aPlant() {
  const tree = await aTree();
  const { deps, province, eastWorks, westWorks } = tree;
  const wang = await aMember(deps, eastWorks, { name: '王小明' });
  const li = await aMember(deps, eastWorks, { name: '李雷' });
  const han = await aMember(deps, westWorks, { name: '韩梅梅' });
  const admin = await anAdmin(deps, [province]);
  const tag = (name: string, memberIds: string[]) => tagMembers(deps, admin, aKey(), { tag: name, memberIds });
  const untag = (name: string, memberIds: string[]) => untagMembers(deps, admin, aKey(), { tag: name, memberIds });
  const tags = async (id: string) => (await tagsOf(deps.db.manager, [id])).get(id) ?? [];
  return { ...tree, wang, li, han, admin, tag, untag, tags };
}

test('members get a tag and lose it, and giving or taking it twice changes nothing more', async () => {
  const { deps, wang, li, tag, untag, tags } = await aPlant();
  expect(await tag('劳模', [wang, li, wang])).toEqual({ ok: true, value: wang });
  expect(await tag('劳模', [wang])).toMatchObject({ ok: true });
  expect(await tag('先进', [wang])).toMatchObject({ ok: true });
  expect([await tags(wang), await tags(li)]).toEqual([['先进', '劳模'], ['劳模']]);
  expect(await untag('劳模', [wang, li])).toEqual({ ok: true, value: wang });
  expect(await untag('劳模', [wang])).toMatchObject({ ok: true });
  expect([await tags(wang), await tags(li)]).toEqual([['先进'], []]);
  expect((await auditTrail(deps)).map((record) => record.action)).toEqual(['tagMembers', 'tagMembers', 'untagMembers']);
});

test('the audit tells each union what was done to its own members, and only what was changed', async () => {
  const { deps, eastWorks, westWorks, wang, li, han, admin, tag, untag } = await aPlant();
  await tag('劳模', [li]);
  await tag('劳模', [wang, li, han]);
  await untag('劳模', [han]);
  const { actor } = admin;
  const record = (action: string, unionId: string, before: unknown, after: unknown) => ({
    actor,
    action,
    targetId: unionId,
    unionId,
    before,
    after,
  });
  expect(await auditTrail(deps)).toEqual([
    record('tagMembers', eastWorks, null, { tag: '劳模', memberIds: [li] }),
    record('tagMembers', eastWorks, null, { tag: '劳模', memberIds: [wang] }),
    record('tagMembers', westWorks, null, { tag: '劳模', memberIds: [han] }),
    record('untagMembers', westWorks, { tag: '劳模', memberIds: [han] }, null),
  ]);
});

test('tags are told apart sign by sign, but a letter is one letter however its accent is encoded', async () => {
  const { wang, tag, untag, tags } = await aPlant();
  for (const name of ['VIP', 'vip', 'cafe\u0301', 'café', 'cafe'])
    expect(await tag(name, [wang])).toMatchObject({ ok: true });
  expect(await tags(wang)).toEqual(['VIP', 'cafe', 'café', 'vip']);
  await untag('cafe\u0301', [wang]);
  expect(await tags(wang)).toEqual(['VIP', 'cafe', 'vip']);
});

test.for(['', ' ', '劳模 ', ' 劳模', '劳\n模', '劳\u2028模', '劳\u200B模', '\u0000', '长'.repeat(41)])(
  'a tag that is no line of 1 to 40 characters is refused: %j',
  async (name) => {
    const { deps, wang, tag, untag } = await aPlant();
    for (const act of [tag, untag])
      expect(await act(name, [wang])).toMatchObject({ ok: false, refusal: { code: 'TAG_MALFORMED', at: 'tag' } });
    expect(await deps.db.query('SELECT * FROM member_tag')).toEqual([]);
  },
);

test('a tag of forty characters is kept whole', async () => {
  const { wang, tag, tags } = await aPlant();
  await tag('长'.repeat(40), [wang]);
  expect(await tags(wang)).toEqual(['长'.repeat(40)]);
});

test('nobody, or more than 500 at once, is refused; 500 are tagged', async () => {
  const { deps, eastWorks, tag } = await aPlant();
  const ids: string[] = [];
  for (let i = 0; i < 500; i++) ids.push(await aMember(deps, eastWorks));
  for (const memberIds of [[], [...ids, newId()]])
    expect(await tag('劳模', memberIds)).toMatchObject({ refusal: { code: 'MEMBER_COUNT', at: 'memberIds' } });
  expect(await tag('劳模', ids)).toMatchObject({ ok: true });
  expect(await deps.db.query('SELECT COUNT(*) AS n FROM member_tag')).toEqual([{ n: 500 }]);
});

test('one member of another branch, or of nowhere, and nobody is tagged: the place is told', async () => {
  const { deps, east, wang, li, han } = await aPlant();
  const clerk = await anAdmin(deps, [east]);
  const reader = await anAdmin(deps, [east], ['members:read']);
  const unknown = (at: string) => ({ ok: false, refusal: { code: 'MEMBER_UNKNOWN', at } });
  for (const stranger of [han, newId()])
    for (const act of [tagMembers, untagMembers])
      expect(await act(deps, clerk, aKey(), { tag: '劳模', memberIds: [wang, li, stranger] })).toMatchObject(
        unknown('memberIds.2'),
      );
  expect(await tagMembers(deps, reader, aKey(), { tag: '劳模', memberIds: [wang] })).toMatchObject(
    unknown('memberIds.0'),
  );
  expect(await deps.db.query('SELECT * FROM member_tag')).toEqual([]);
  expect(await auditTrail(deps)).toEqual([]);
});

test('a member has 20 tags at the most; one more for one of them and nobody is tagged', async () => {
  const { wang, li, tag, tags } = await aPlant();
  for (let i = 0; i < 20; i++) accepted(await tag(`标签${i}`, [wang]));
  expect(await tag('劳模', [li, wang])).toMatchObject({ refusal: { code: 'TAGS_TOO_MANY', at: 'memberIds.1' } });
  expect(await tags(li)).toEqual([]);
  // Who has the tag keeps it, full or not.
  expect(await tag('标签7', [li, wang])).toMatchObject({ ok: true });
  expect([(await tags(wang)).length, await tags(li)]).toEqual([20, ['标签7']]);
});

test('of many tags given at one moment to a member with 15, exactly five are kept', async () => {
  const { wang, li, tag, tags } = await aPlant();
  for (let i = 0; i < 15; i++) accepted(await tag(`标签${i}`, [wang]));
  const outcomes = await Promise.all(
    // The two members in either order, so that the locks must be taken in one.
    Array.from({ length: 12 }, (_, i) => tag(`新标签${i}`, i % 2 ? [wang, li] : [li, wang])),
  );
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(5);
  for (const outcome of outcomes.filter((one) => !one.ok)) expect(outcome).toMatchObject(refused('TAGS_TOO_MANY'));
  expect([(await tags(wang)).length, (await tags(li)).length]).toEqual([20, 5]);
});

test('a list of members shows those with a tag, within the branch', async () => {
  const { deps, province, east, wang, li, han, tag } = await aPlant();
  await tag('劳模', [wang, han]);
  await tag('先进', [li]);
  const list = async (branch: string, name: string) => {
    const filter = { branches: [branch], search: undefined, state: undefined, tag: name };
    const page = await membersIn(deps.db.manager, filter, { first: 10, after: undefined });
    return page.items.map((member) => member.id);
  };
  expect(await list(`/${province}/`, '劳模')).toEqual([wang, han]);
  expect(await list(`/${province}/${east}/`, '劳模')).toEqual([wang]);
  expect(await list(`/${province}/`, '劳')).toEqual([]);
});

test('the facts of members, for rules: where they are, their days, sex, state and tags', async () => {
  const { deps, province, west, westWorks, han, tag } = await aPlant();
  const days = { birthDate: '1990-03-07', joinedOn: '2012-07-01', unionJoinedOn: '2013-01-01' };
  const zhang = await aMember(deps, westWorks, { ...days, sex: 'female', state: 'frozen' });
  await tag('劳模', [zhang]);
  await tag('先进', [zhang]);
  const facts = await memberFacts(deps.db.manager, [han, zhang, newId()]);
  const unionPath = `/${province}/${west}/${westWorks}/`;
  const nothing = { sex: null, birthDate: null, joinedOn: null, unionJoinedOn: null, tags: [] };
  expect(facts).toEqual(
    new Map<string, unknown>([
      [han, { unionPath, ...nothing, state: 'active' }],
      [zhang, { unionPath, ...days, sex: 'female', tags: ['先进', '劳模'], state: 'frozen' }],
    ]),
  );
  expect(await memberFacts(deps.db.manager, [])).toEqual(new Map());
  expect(await countQueries(deps.db, () => memberFacts(deps.db.manager, [han, zhang]))).toBe(2);
});
