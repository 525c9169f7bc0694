import { beforeEach, expect, test } from 'vitest';
import { attachEvidence } from '../../src/evidence/attach-evidence.ts';
import { keepEvidence } from '../../src/evidence/keep-evidence.ts';
import { evidenceLoader } from '../../src/evidence/loaders.ts';
import { evidenceOf } from '../../src/evidence/queries.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { countQueries } from '../support/count-queries.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { accepted, anOwner, emptyDisk, filesOf, receive, refused, theFile } from './world.ts';

let deps: TestDeps;
let owner: string;
beforeEach(async () => {
  deps = await testDeps();
  owner = anOwner();
  emptyDisk(deps);
});

const aClaim = () => `claim:${newId()}`;
const attach = (to: string, evidenceIds: readonly string[], by = owner) =>
  inTransaction(deps.db, (tx) => attachEvidence(tx, { owner: by, evidenceIds, to }, deps.clock.now()));
const keep = (to: string, evidenceIds: readonly string[]) =>
  inTransaction(deps.db, (tx) => keepEvidence(tx, { to, evidenceIds }, deps.clock.now()));
const idsOf = async (to: string) => {
  const files = (await evidenceOf(deps.db.manager, [to])).get(to) ?? [];
  return files.map(({ id }) => id);
};

test('files are attached to what they prove, in the order of their upload', async () => {
  const ids = await filesOf(deps, owner, 3);
  const claim = aClaim();
  deps.clock.advance({ hours: 1 });
  expect(await attach(claim, [ids[2]!, ids[0]!, ids[1]!])).toEqual({ ok: true, value: undefined });
  expect(await idsOf(claim)).toEqual(ids);
  expect(await theFile(deps, ids[0]!)).toMatchObject({
    attachedTo: claim,
    attachedAt: deps.clock.now(),
    freeSince: null,
  });
  expect(await attach(claim, [])).toMatchObject({ ok: true });
});

test('attaching again to the same target changes nothing, also when a file is named twice', async () => {
  const [one, two] = await filesOf(deps, owner, 2);
  const claim = aClaim();
  accepted(await attach(claim, [one!, one!]));
  const before = await theFile(deps, one!);
  deps.clock.advance({ hours: 1 });
  accepted(await attach(claim, [one!, two!]));
  expect(await theFile(deps, one!)).toEqual(before);
  expect(await idsOf(claim)).toEqual([one, two]);
});

test('a file that is another’s, is attached elsewhere or is not there is named by its place, and nothing is attached', async () => {
  const mine = await filesOf(deps, owner, 2);
  const [foreign] = await filesOf(deps, anOwner(), 1);
  const [used] = await filesOf(deps, owner, 1);
  accepted(await attach(aClaim(), [used!]));
  const claim = aClaim();
  for (const bad of [foreign!, used!, newId()])
    expect(await attach(claim, [mine[0]!, bad, mine[1]!])).toMatchObject(refused('EVIDENCE_UNKNOWN', 'evidenceIds.1'));
  expect(await attach(claim, [foreign!, newId()])).toMatchObject(refused('EVIDENCE_UNKNOWN', 'evidenceIds.0'));
  expect(await idsOf(claim)).toEqual([]);
  for (const id of mine) expect(await theFile(deps, id)).toMatchObject({ attachedTo: null });
});

test('a file that two claims want at the same moment goes to exactly one of them', async () => {
  const rounds = 10;
  for (let round = 0; round < rounds; round++) {
    const [a, b, c] = await filesOf(deps, owner, 3);
    const claims = [aClaim(), aClaim()] as const;
    const outcomes = await Promise.all([attach(claims[0], [a!, b!]), attach(claims[1], [c!, b!])]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const winner = outcomes[0].ok ? 0 : 1;
    expect(outcomes[1 - winner]).toMatchObject(refused('EVIDENCE_UNKNOWN', 'evidenceIds.1'));
    expect(await idsOf(claims[winner])).toHaveLength(2);
    expect(await idsOf(claims[1 - winner]!)).toEqual([]);
  }
});

test('a target has nine files at most, those that it has included', async () => {
  const ids = await filesOf(deps, owner, 11);
  const claim = aClaim();
  expect(await attach(claim, ids.slice(0, 10))).toMatchObject(refused('EVIDENCE_COUNT', 'evidenceIds'));
  accepted(await attach(claim, ids.slice(0, 8)));
  expect(await attach(claim, ids.slice(8, 10))).toMatchObject(refused('EVIDENCE_COUNT', 'evidenceIds'));
  expect(await idsOf(claim)).toHaveLength(8);
  accepted(await attach(claim, [ids[0]!, ids[8]!]));
  expect(await attach(claim, [ids[9]!])).toMatchObject(refused('EVIDENCE_COUNT'));
  expect(await idsOf(claim)).toEqual(ids.slice(0, 9));
});

test('what is submitted again keeps the files that it names, lets the others go, and these can be attached anew', async () => {
  const [a, b, c] = await filesOf(deps, owner, 3);
  const [claim, other] = [aClaim(), aClaim()];
  accepted(await attach(claim, [a!, b!]));
  accepted(await attach(other, [c!]));
  deps.clock.advance({ days: 3 });
  await keep(claim, [b!]);
  expect(await idsOf(claim)).toEqual([b]);
  expect(await theFile(deps, a!)).toMatchObject({
    attachedTo: null,
    attachedAt: null,
    freeSince: deps.clock.now(),
  });
  expect(await idsOf(other)).toEqual([c]);
  accepted(await attach(other, [a!]));
  expect(await idsOf(other)).toEqual([a, c]);
  await keep(claim, []);
  expect(await idsOf(claim)).toEqual([]);
});

test('a file that was let go counts among those that nothing uses', async () => {
  const [first] = await filesOf(deps, owner, 1);
  const claim = aClaim();
  accepted(await attach(claim, [first!]));
  await filesOf(deps, owner, 50);
  await keep(claim, []);
  expect(await receive(deps, owner)).toMatchObject(refused('EVIDENCE_TOO_MANY'));
  accepted(await attach(claim, [first!]));
  expect(await receive(deps, owner)).toMatchObject(refused('EVIDENCE_TOO_MANY'));
});

test('the evidence of many targets is read in one statement', async () => {
  const claims = [aClaim(), aClaim(), aClaim()];
  for (const claim of claims.slice(0, 2)) accepted(await attach(claim, await filesOf(deps, owner, 2)));
  const loader = evidenceLoader(deps);
  let counts: number[] = [];
  const statements = await countQueries(deps.db, async () => {
    const found = await Promise.all(claims.map((claim) => loader.load(claim)));
    counts = found.map((files) => files.length);
  });
  expect(counts).toEqual([2, 2, 0]);
  expect(statements).toBe(1);
});
