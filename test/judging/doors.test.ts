import { afterAll, beforeAll, expect, test } from 'vitest';
import { attachEvidence } from '../../src/evidence/attach-evidence.ts';
import { addCandidates } from '../../src/judging/panels/add-candidates.ts';
import { newId } from '../../src/platform/ids.ts';
import { filesOf } from '../evidence/world.ts';
import { startApi, type TestApi, tokenFor } from '../support/api.ts';
import { codes } from '../support/client.ts';
import { countQueries } from '../support/count-queries.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { accepted, aMember, everyPage } from '../unions/tree.ts';
import { aJudgingWorld, anAccount, DEADLINE } from './world.ts';

let api: TestApi;
let apiDeps: TestDeps;
beforeAll(async () => {
  apiDeps = await testDeps();
  api = await startApi(apiDeps);
});
afterAll(() => api.close());

/** The world of judging, in which an account asks the admin door as one who has just signed in. */
async function signedIn() {
  const world = await aJudgingWorld();
  const { deps } = world;
  const answer = async ({ operatorId }: { operatorId: string | null }, query: string, variables = {}) => {
    apiDeps.clock.set(deps.clock.now().toISOString());
    const token = await tokenFor(deps, 'admin', operatorId!);
    return api.ask('admin', query, { variables, token });
  };
  const ask = async (...asked: Parameters<typeof answer>) => {
    const { data, errors } = await answer(...asked);
    expect(errors).toEqual([]);
    return data;
  };
  return { ...world, answer, ask };
}

const TERMS = `{ name: "复赛评审组", judgesPerEntry: 2, judgesNeeded: 1, blind: true, normalise: Z_SCORE,
  aggregate: TRIMMED_MEAN, late: WITHOUT, scoreUntil: "2026-08-10T09:00:00Z",
  tieBreaks: [{ kind: CRITERION, number: 2 }, { kind: HIGHEST_SINGLE }],
  criteria: [{ name: "技能", kind: JUDGED, weight: 6000, scaleMin: 0, scaleMax: 10 },
    { name: "创新", about: "看实效", kind: JUDGED, weight: 4000, scaleMin: 0, scaleMax: 99.5, evidenceAsked: "专利" }] }`;
const CHANGE = `mutation ($key: String!, $panelId: Id!) { changePanel(key: $key, panelId: $panelId, terms: ${TERMS}) {
  ... on Panel { name state blind normalise aggregate late scoreUntil tieBreaks { kind number }
    criteria { number name about kind weight scaleMin scaleMax evidenceAsked } } ... on Refusal { code at } } }`;
const INVITE = `mutation ($key: String!, $panelId: Id!, $adminId: Id!) {
  inviteJudge(key: $key, panelId: $panelId, adminId: $adminId) {
    ... on PanelJudge { id name state criteria assigned } ... on Refusal { code at } } }`;
const ANSWER = `mutation ($key: String!, $panelId: Id!) { answerInvitation(key: $key, panelId: $panelId, accept: true) {
  ... on MyPanel { id invitation } ... on Refusal { code } } }`;
const ASSIGN = `mutation ($key: String!, $panelId: Id!) { assignJudges(key: $key, panelId: $panelId) {
  ... on Panel { assigned submitted } ... on Refusal { code message } } }`;
const SHEETS = `query ($panelId: Id!, $first: Int, $after: String, $submitted: Boolean) {
  mySheets(panelId: $panelId, first: $first, after: $after, submitted: $submitted) {
    nodes { number label state isWithdrawn scores { criterion score } submittedAt evidence { id fileName url } }
    pageInfo { hasNextPage endCursor } } }`;
const WRITE = (verb: 'saveSheet' | 'submitSheet') => `mutation ($key: String!, $panelId: Id!, $number: Int!,
  $scores: [CriterionScoreInput!]!) { ${verb}(key: $key, panelId: $panelId, number: $number, scores: $scores) {
    ... on MySheet { number label state scores { criterion score } submittedAt } ... on Refusal { code message at } } }`;
const PANEL = `query ($id: Id!) { panel(id: $id) { name state kind union { name } candidateCount assigned submitted
  judges { id name state assigned submitted ownUnion { name } conflicts { union { name } reason } }
  candidates { nodes { number blindNumber label state union { name } sheets { judgeId state } evidence { id } } } } }`;

test('a panel is set up, judges are found, invited and assigned, and score blind', async () => {
  const { deps, admin, east, mill, aPanel, enter, open, candidates, ask } = await signedIn();
  const panelId = await aPanel();
  expect((await ask(admin, CHANGE, { key: newId(), panelId })).changePanel).toEqual({
    ...{ name: '复赛评审组', state: 'PREPARING', blind: true, normalise: 'Z_SCORE', aggregate: 'TRIMMED_MEAN' },
    ...{ late: 'WITHOUT', scoreUntil: DEADLINE.toISOString() },
    tieBreaks: [
      { kind: 'CRITERION', number: 2 },
      { kind: 'HIGHEST_SINGLE', number: null },
    ],
    criteria: [
      {
        number: 1,
        name: '技能',
        about: '',
        kind: 'JUDGED',
        weight: 6000,
        scaleMin: 0,
        scaleMax: 10,
        evidenceAsked: '',
      },
      {
        ...{ number: 2, name: '创新', about: '看实效', kind: 'JUDGED', weight: 4000 },
        ...{ scaleMin: 0, scaleMax: 99.5, evidenceAsked: '专利' },
      },
    ],
  });
  const ids = await enter(panelId);
  const memberId = await aMember(deps, mill);
  const [ann, bob] = [
    await anAccount(deps, east, 'judge', { name: '安评委' }),
    await anAccount(deps, east, 'judge', { name: '柏评委' }),
  ];
  const eve = await anAccount(deps, east, 'judge', { name: '艾评委', memberId });
  const { judgesAtHand } = await ask(
    admin,
    `{ judgesAtHand(panelId: "${panelId}", search: "安") { nodes { adminId name } } }`,
  );
  expect(judgesAtHand.nodes).toEqual([{ adminId: ann.operatorId, name: '安评委' }]);
  for (const judge of [ann, bob, eve]) {
    const invited = (await ask(admin, INVITE, { key: newId(), panelId, adminId: judge.operatorId })).inviteJudge;
    expect(invited).toMatchObject({ state: 'INVITED', criteria: null, assigned: 0 });
    const accepting = (await ask(judge, ANSWER, { key: newId(), panelId })).answerInvitation;
    expect(accepting).toEqual({ id: panelId, invitation: 'ACCEPTED' });
  }
  expect((await ask(admin, ASSIGN, { key: newId(), panelId })).assignJudges).toEqual({ assigned: 6, submitted: 0 });
  expect((await ask(ann, SHEETS, { panelId })).mySheets.nodes).toEqual([]);
  accepted(await open(panelId));
  const { panel } = await ask(admin, PANEL, { id: panelId });
  expect(panel).toMatchObject({ state: 'SCORING', union: { name: '东市总工会' }, candidateCount: 3, assigned: 6 });
  expect(panel.judges.map(({ assigned }: { assigned: number }) => assigned)).toEqual([2, 2, 2]);
  expect(panel.judges[2]).toMatchObject({ name: '艾评委', ownUnion: { name: '纺织厂工会' }, conflicts: [] });
  const ofMill = panel.candidates.nodes[1];
  expect(ofMill).toMatchObject({ number: 2, label: '2 号作品', union: { name: '纺织厂工会' } });
  expect(ofMill.sheets.map(({ judgeId }: { judgeId: string }) => judgeId)).not.toContain(panel.judges[2].id);
  const shown = (await ask(ann, SHEETS, { panelId })).mySheets.nodes;
  expect(shown).toHaveLength(2);
  for (const sheet of shown) expect(sheet).toMatchObject({ label: null, state: null, scores: [], evidence: [] });
  expect((await candidates(panelId)).map(({ id }) => id)).toEqual(ids);
});

test('a judge saves and submits what her list shows, and nobody reads it as another judge', async () => {
  const { deps, anOpenPanel, ask, panel } = await signedIn();
  const { panelId, ann, bob } = await anOpenPanel();
  const scores = [
    { criterion: 1, score: 87.5 },
    { criterion: 2, score: 90.125 },
  ];
  const [one] = (await ask(ann, SHEETS, { panelId, first: 1 })).mySheets.nodes;
  expect(one).toEqual({
    ...{ number: 1, label: '1 号作品', state: null, isWithdrawn: false, scores: [], submittedAt: null, evidence: [] },
  });
  const place = { panelId, number: 1 };
  const saved = await ask(ann, WRITE('saveSheet'), { key: newId(), ...place, scores: scores.slice(0, 1) });
  expect(saved.saveSheet).toMatchObject({ state: 'DRAFT', scores: scores.slice(0, 1), submittedAt: null });
  const submitted = await ask(ann, WRITE('submitSheet'), { key: newId(), ...place, scores });
  const now = deps.clock.now().toISOString();
  const hers = { number: 1, label: '1 号作品', state: 'SUBMITTED', scores, submittedAt: now };
  expect(submitted.submitSheet).toEqual(hers);
  expect((await ask(ann, SHEETS, { panelId, submitted: true })).mySheets.nodes).toMatchObject([hers]);
  expect((await ask(ann, SHEETS, { panelId, submitted: false })).mySheets.nodes).toHaveLength(2);
  expect((await ask(bob, SHEETS, { panelId, submitted: true })).mySheets.nodes).toEqual([]);
  const off = { key: newId(), panelId, number: 2, scores: [{ criterion: 1, score: 100.001 }] };
  expect((await ask(ann, WRITE('saveSheet'), off)).saveSheet).toMatchObject({
    ...{ code: 'SCORE_OFF_SCALE', at: 'scores.0.score', message: expect.stringContaining('0 至 100') },
  });
  expect((await panel(panelId)).state).toBe('scoring');
});

test('a judge sees her panels, what is to be done on them, and their firms; and declares a conflict', async () => {
  const { deps, mill, anOpenPanel, aPanel, invite, submit, ask } = await signedIn();
  const { panelId, ann } = await anOpenPanel();
  const other = await aPanel({ name: '初赛评审组' });
  accepted(await invite(other, ann.operatorId!, [2]));
  accepted(await submit(ann, panelId, 1));
  const MINE = `{ myPanels { nodes { id name unionName state invitation takesScores scoreUntil blind assigned submitted
    criteria { name } conflicts { unionId unionName reason } } } }`;
  expect((await ask(ann, MINE)).myPanels.nodes).toEqual([
    {
      ...{ id: other, name: '初赛评审组', unionName: '东市总工会', state: 'PREPARING', invitation: 'INVITED' },
      ...{ takesScores: false, scoreUntil: DEADLINE.toISOString(), blind: false, assigned: 0, submitted: 0 },
      ...{ criteria: [{ name: '创新成果' }], conflicts: [] },
    },
    expect.objectContaining({ id: panelId, takesScores: true, assigned: 3, submitted: 1 }),
  ]);
  const { panelFirms } = await ask(ann, `{ panelFirms(panelId: "${panelId}") { nodes { id name } } }`);
  expect(panelFirms.nodes).toContainEqual({ id: mill, name: '纺织厂工会' });
  const declare = `mutation ($key: String!) { declareConflict(key: $key, panelId: "${panelId}", unionId: "${mill}",
    reason: "曾任职") { ... on MyPanel { assigned conflicts { unionName reason } } ... on Refusal { code } } }`;
  expect((await ask(ann, declare, { key: newId() })).declareConflict).toEqual({
    ...{ assigned: 2, conflicts: [{ unionName: '纺织厂工会', reason: '曾任职' }] },
  });
  const stranger = await anAccount(deps, mill, 'judge');
  expect((await ask(stranger, MINE)).myPanels.nodes).toEqual([]);
  expect((await ask(stranger, `{ panelFirms(panelId: "${panelId}") { nodes { id } } }`)).panelFirms.nodes).toEqual([]);
});

test('an admin withdraws a judge, declares her conflict, declares a sheet void, and gives more time', async () => {
  const { admin, mill, anOpenPanel, submit, ask } = await signedIn();
  const { panelId, ann, bob } = await anOpenPanel();
  accepted(await submit(ann, panelId, 1));
  const judged = (field: string) => `mutation ($key: String!) { ${field} {
    ... on PanelJudge { state withdrawnReason assigned submitted conflicts { reason union { name } } }
    ... on Refusal { code at } } }`;
  const key = () => ({ key: newId() });
  const conflict = judged(`declareJudgeConflict(key: $key, judgeId: "${ann.id}", unionId: "${mill}", reason: "亲属")`);
  expect((await ask(admin, conflict, key())).declareJudgeConflict).toMatchObject({
    ...{ assigned: 2, submitted: 1, conflicts: [{ reason: '亲属', union: { name: '纺织厂工会' } }] },
  });
  const nullify = judged(`voidSheet(key: $key, judgeId: "${ann.id}", number: 1, reason: "误评")`);
  expect((await ask(admin, nullify, key())).voidSheet).toMatchObject({ assigned: 2, submitted: 0 });
  const { panel } = await ask(admin, PANEL, { id: panelId });
  expect(panel.candidates.nodes[0].sheets).toContainEqual({ judgeId: ann.id, state: 'VOID' });
  const withdraw = judged(`withdrawJudge(key: $key, judgeId: "${bob.id}", reason: "因病")`);
  expect((await ask(admin, withdraw, key())).withdrawJudge).toMatchObject({
    ...{ state: 'WITHDRAWN', withdrawnReason: '因病', assigned: 0 },
  });
  const extend = `mutation ($key: String!) { extendScoring(key: $key, panelId: "${panelId}",
    scoreUntil: "2026-09-01T00:00:00Z") { ... on Panel { scoreUntil } ... on Refusal { code } } }`;
  expect((await ask(admin, extend, key())).extendScoring).toEqual({ scoreUntil: '2026-09-01T00:00:00.000Z' });
});

test('an organiser who judges on a blind panel does not find out whom she judges', async () => {
  const { deps, east, admin, aPanel, enter, aJudge, invite, assign, open, ask } = await signedIn();
  const panelId = await aPanel({ blind: true });
  await enter(panelId);
  await aJudge(panelId);
  const both = await anAccount(deps, east, 'federation-admin');
  accepted(await invite(panelId, both.operatorId!));
  expect((await ask(both, ANSWER, { key: newId(), panelId })).answerInvitation).toMatchObject({ id: panelId });
  accepted(await assign(panelId));
  accepted(await open(panelId));
  const shown = async (who: typeof admin) => (await ask(who, PANEL, { id: panelId })).panel.candidates.nodes;
  for (const node of await shown(both)) expect(node).toMatchObject({ blindNumber: null, sheets: [], evidence: [] });
  for (const node of await shown(admin)) {
    expect(node.blindNumber).toBeGreaterThan(0);
    expect(node.sheets).toHaveLength(2);
  }
});

test.each([false, true])('judges and organisers see the evidence of candidates; blind: %s', async (blind) => {
  const { deps, admin, aPanel, aJudge, assign, open, inTx, ask, mill } = await signedIn();
  const panelId = await aPanel({ judgesPerEntry: 1, blind });
  const [id, to] = [newId(), `entry:${newId()}`];
  const owner = `member:${await aMember(deps, mill)}`;
  const evidenceIds = await filesOf(deps, owner, 2);
  await inTx(async (tx) => {
    accepted(await attachEvidence(tx, { owner, evidenceIds, to }, deps.clock.now()));
    await addCandidates(tx, panelId, [{ id, unionId: mill, label: '作品', evidenceOf: to }]);
  });
  const ann = await aJudge(panelId);
  accepted(await assign(panelId));
  accepted(await open(panelId));
  const [sheet] = (await ask(ann, SHEETS, { panelId })).mySheets.nodes;
  expect(sheet.evidence.map(({ id: file }: { id: string }) => file)).toEqual(evidenceIds);
  const names = blind ? ['材料 1', '材料 2'] : ['证书.png', '证书.png'];
  expect(sheet.evidence.map(({ fileName }: { fileName: string }) => fileName)).toEqual(names);
  for (const [i, { url }] of (sheet.evidence as { url: string }[]).entries()) {
    const file = await fetch(`${api.url}${url}`);
    expect(file.status).toBe(200);
    // The file does not give away under its own name what the list hides.
    expect(file.headers.get('content-disposition')).toBe(`inline; filename*=UTF-8''${encodeURIComponent(names[i]!)}`);
    const renamed = blind ? url.replace('number=', 'number=1') : url.replace('?', '?number=1&');
    expect((await fetch(`${api.url}${renamed}`)).status).toBe(404);
    expect((await fetch(`${api.url}${url.replace(/number=\d+&/, '')}`)).status).toBe(blind ? 404 : 200);
  }
  const seen = '{ candidates { nodes { evidence { id fileName } } } }';
  const { panel } = await ask(admin, `query ($id: Id!) { panel(id: $id) ${seen} }`, { id: panelId });
  const whole = evidenceIds.map((file) => ({ id: file, fileName: '证书.png' }));
  expect(panel.candidates.nodes).toEqual([{ evidence: whole }]);
});

test('panels show to admins of their branch alone, and a judge’s role opens nothing but her own sheets', async () => {
  const { deps, west, admin, anOpenPanel, ask, answer } = await signedIn();
  const { panelId, ann } = await anOpenPanel();
  const seen = `{ panels { nodes { id } } panel(id: "${panelId}") { id } }`;
  expect(await ask(admin, seen)).toEqual({ panels: { nodes: [{ id: panelId }] }, panel: { id: panelId } });
  const foreigner = await anAccount(deps, west, 'federation-admin');
  expect(await ask(foreigner, seen)).toEqual({ panels: { nodes: [] }, panel: null });
  const asForeigner = { key: newId(), panelId };
  expect((await ask(foreigner, ASSIGN, asForeigner)).assignJudges).toMatchObject({ code: 'PANEL_UNKNOWN' });
  expect(codes(await answer(ann, `{ panel(id: "${panelId}") { id } }`))).toEqual(['UNAUTHORIZED']);
  expect(codes(await answer(ann, ASSIGN, { key: newId(), panelId }))).toEqual(['UNAUTHORIZED']);
  const clerk = await anAccount(deps, west, 'roster-clerk');
  expect(codes(await answer(clerk, SHEETS, { panelId }))).toEqual(['UNAUTHORIZED']);
});

test('lists come page by page, and asking for more of them takes no more statements', async () => {
  const { admin, firms, aPanel, enter, aJudge, assign, open, ask } = await signedIn();
  const panelId = await aPanel({ judgesPerEntry: 2 });
  await enter(panelId, [...firms, ...firms, ...firms]);
  const judges = [await aJudge(panelId), await aJudge(panelId), await aJudge(panelId)];
  accepted(await assign(panelId));
  accepted(await open(panelId));
  const numbers = await everyPage<number>(async (after) => {
    const page = await ask(judges[0]!, SHEETS, { panelId, first: 4, after: after && String(after) });
    return page.mySheets.nodes.map(({ number }: { number: number }) => number);
  });
  expect(numbers).toHaveLength(6);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  const list = (
    first: number,
  ) => `{ panels { nodes { union { name } judges { name assigned conflicts { reason } ownUnion { id } }
    criteria { name } assigned candidates(first: ${first}) { nodes { union { name } sheets { state } } } } } }`;
  const cost = (first: number) => countQueries(apiDeps.db, () => ask(admin, list(first)));
  await ask(admin, list(1));
  const few = await cost(1);
  await aPanel({ name: '另一个评审组' });
  expect(await cost(9)).toBe(few);
});
