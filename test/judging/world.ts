import type { AdminCaller } from '../../src/identity/caller.ts';
import { adminPermissions } from '../../src/identity/roles.ts';
import { assignJudges } from '../../src/judging/assignment/assign-judges.ts';
import { answerInvitation } from '../../src/judging/judges/answer-invitation.ts';
import { declareConflict } from '../../src/judging/judges/declare-conflict.ts';
import { inviteJudge } from '../../src/judging/judges/invite-judge.ts';
import { Judge } from '../../src/judging/judges/judge.entity.ts';
import { withdrawJudge } from '../../src/judging/judges/withdraw-judge.ts';
import { addCandidates, type NewCandidate } from '../../src/judging/panels/add-candidates.ts';
import { Candidate } from '../../src/judging/panels/candidate.entity.ts';
import { closeScoring, reopenScoring } from '../../src/judging/panels/close-scoring.ts';
import { createPanel } from '../../src/judging/panels/create-panel.ts';
import { openScoring } from '../../src/judging/panels/open-scoring.ts';
import { Panel } from '../../src/judging/panels/panel.entity.ts';
import type { CriterionTerms, PanelTerms } from '../../src/judging/panels/terms.ts';
import { withdrawCandidate } from '../../src/judging/panels/withdraw-candidate.ts';
import type { ScoreGiven } from '../../src/judging/sheets/check-scores.ts';
import { saveSheet } from '../../src/judging/sheets/save-sheet.ts';
import { submitSheet } from '../../src/judging/sheets/submit-sheet.ts';
import { voidSheet } from '../../src/judging/sheets/void-sheet.ts';
import { inTransaction, type Tx } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import type { TestDeps } from '../support/deps.ts';
import { accepted, anAdmin, aTree, aUnion } from '../unions/tree.ts';

export const DEADLINE = new Date('2026-08-10T09:00:00.000Z');

export const aCriterion = (fields: Partial<CriterionTerms> = {}): CriterionTerms => ({
  name: '技能素质',
  about: '',
  kind: 'judged',
  weight: 10_000,
  scaleMin: 0,
  scaleMax: 100_000,
  evidenceAsked: '',
  ...fields,
});

/** Two criteria that are judged, 60 % and 40 %, from 0 to 100. */
export const TWO = [aCriterion({ weight: 6000 }), aCriterion({ name: '创新成果', weight: 4000 })];

export const someTerms = (fields: Partial<PanelTerms> = {}): PanelTerms => ({
  name: '决赛评审组',
  judgesPerEntry: 2,
  judgesNeeded: 1,
  blind: false,
  normalise: 'none',
  aggregate: 'mean',
  late: 'wait',
  scoreUntil: DEADLINE,
  tieBreaks: [{ kind: 'criterion', number: 1 }, { kind: 'earlier_entry' }],
  criteria: TWO,
  ...fields,
});

/** An admin of a union with a role that is in the database, and perhaps one of the members. */
export async function anAccount(
  deps: TestDeps,
  unionId: string,
  role: 'judge' | 'federation-admin' | 'roster-clerk',
  { name = '评委', memberId = null }: { name?: string; memberId?: string | null } = {},
): Promise<AdminCaller> {
  const admin = await anAdmin(deps, [unionId], [...adminPermissions(role)]);
  const id = admin.operatorId!;
  const operator = [id, 'admin', id.toLowerCase(), name, 'none', deps.clock.now(), memberId];
  await inTransaction(deps.db, async (tx) => {
    await tx.query('INSERT INTO operator (id, door, login, name, password_hash, created_at, member_id) VALUES (?)', [
      operator,
    ]);
    await tx.query('INSERT INTO admin_role (operator_id, union_id, role) VALUES (?)', [[id, unionId, role]]);
  });
  return admin;
}

/**
 * The city East with three firms and an admin who runs its panels, and shorthands for what she, the domain and the
 * judges do. It is 2026-08-03, 10:00 in Beijing, a week before the deadline.
 */
export async function aJudgingWorld() {
  const tree = await aTree();
  const { deps, east, eastWorks } = tree;
  const { db, clock } = deps;
  const mill = await aUnion(deps, east, '纺织厂工会');
  const yard = await aUnion(deps, east, '船厂工会');
  const firms = [eastWorks, mill, yard];
  const admin = await anAccount(deps, east, 'federation-admin', { name: '组织者' });
  const inTx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work);

  const aPanel = async (fields: Partial<PanelTerms> = {}, unionId = east): Promise<string> =>
    accepted(
      await inTx((tx) =>
        createPanel(tx, { unionId, kind: 'stage', subjectId: newId(), terms: someTerms(fields) }, clock.now()),
      ),
    );
  /** Candidates of these firms, one of each of the three unless said otherwise; resolves with their ids. */
  const enter = async (panelId: string, unionIds: readonly string[] = firms): Promise<string[]> => {
    const entries = unionIds.map(
      (unionId, i): NewCandidate => ({ id: newId(), unionId, label: `${i + 1} 号作品`, evidenceOf: null }),
    );
    await inTx((tx) => addCandidates(tx, panelId, entries));
    return entries.map(({ id }) => id);
  };
  const invite = async (panelId: string, adminId: string, criteria: readonly number[] | null = null) =>
    inviteJudge(deps, admin, newId(), { panelId, adminId, criteria });
  const answer = (judge: AdminCaller, panelId: string, yes = true) =>
    answerInvitation(deps, judge, newId(), { panelId, accept: yes });
  /** A judge on a panel who has accepted, written down at once. */
  const aJudge = async (
    panelId: string,
    { criteria = null, ...person }: { name?: string; memberId?: string | null; criteria?: number[] | null } = {},
  ) => {
    const caller = await anAccount(deps, east, 'judge', person);
    const [id, operatorId, now] = [newId(), caller.operatorId!, clock.now()];
    const state = { state: 'accepted' as const, invitedAt: now, invitedBy: admin.actor, answeredAt: now };
    await db.manager.insert(Judge, { id, panelId, operatorId, criteria, ...state });
    return { ...caller, id };
  };
  const assign = (panelId: string) => assignJudges(deps, admin, newId(), { panelId });
  const open = (panelId: string) => inTx((tx) => openScoring(tx, panelId, clock.now()));
  const close = (panelId: string) => inTx((tx) => closeScoring(tx, panelId, clock.now()));
  const reopen = (panelId: string, until: Date) => inTx((tx) => reopenScoring(tx, panelId, until, clock.now()));
  const dropOut = (panelId: string, id: string) => inTx((tx) => withdrawCandidate(tx, panelId, id));
  const domain = { aPanel, enter, open, close, reopen, dropOut };

  const both = (score = 80_000): ScoreGiven[] => [1, 2].map((criterion) => ({ criterion, score }));
  const save = (judge: AdminCaller, panelId: string, number: number, scores = both(), key = newId()) =>
    saveSheet(deps, judge, key, { panelId, number, scores });
  const submit = (judge: AdminCaller, panelId: string, number: number, scores = both(), key = newId()) =>
    submitSheet(deps, judge, key, { panelId, number, scores });
  const declare = (judge: AdminCaller, panelId: string, unionId: string) =>
    declareConflict(deps, judge, newId(), { panelId, unionId, number: null, reason: '曾任职' });
  const judging = { invite, answer, aJudge, assign, both, save, submit, declare };

  const withdraw = (judgeId: string) => withdrawJudge(deps, admin, newId(), { judgeId, reason: '因病' });
  const callVoid = (judgeId: string, number: number, by = admin) =>
    voidSheet(deps, by, newId(), { judgeId, number, reason: '误评' });
  /** A panel of two judges, assigned and open, where every firm has one candidate. */
  const anOpenPanel = async (fields: Partial<PanelTerms> = {}) => {
    const panelId = await aPanel(fields);
    const ids = await enter(panelId);
    const [ann, bob] = [await aJudge(panelId, { name: '安评委' }), await aJudge(panelId, { name: '柏评委' })];
    accepted(await assign(panelId));
    accepted(await open(panelId));
    return { panelId, ids, ann, bob };
  };

  const panel = (id: string) => db.manager.findOneByOrFail(Panel, { id });
  const candidates = (panelId: string) => db.manager.find(Candidate, { where: { panelId }, order: { number: 'ASC' } });
  /** Who is to judge whom: the judges' ids by the candidate's number. */
  const assigned = async (panelId: string): Promise<Record<number, string[]>> => {
    const rows: { number: number; judgeId: string }[] = await db.query(
      `SELECT c.number, a.judge_id AS judgeId FROM panel_assignment a
       JOIN panel_candidate c ON c.panel_id = a.panel_id AND c.id = a.candidate_id
       WHERE a.panel_id = ? ORDER BY c.number, a.judge_id`,
      [panelId],
    );
    const found: Record<number, string[]> = {};
    for (const { number, judgeId } of rows) found[number] = [...(found[number] ?? []), judgeId];
    return found;
  };
  /** The scores of a panel, "number/judge/sheet/criterion" to thousandths; objective ones have no judge. */
  const scores = async (panelId: string): Promise<Record<string, number>> => {
    const rows: { place: string; value: number }[] = await db.query(
      `SELECT CONCAT_WS('/', c.number, s.judge_id, s.sheet_number, s.criterion_number) AS place, s.value
       FROM panel_score s JOIN panel_candidate c ON c.panel_id = s.panel_id AND c.id = s.candidate_id
       WHERE s.panel_id = ? ORDER BY c.number, s.judge_id, s.sheet_number, s.criterion_number`,
      [panelId],
    );
    return Object.fromEntries(rows.map(({ place, value }) => [place, value]));
  };
  const seen = { panel, candidates, assigned, scores };
  return { ...tree, mill, yard, firms, admin, inTx, ...domain, ...judging, withdraw, callVoid, anOpenPanel, ...seen };
}

export type JudgingWorld = Awaited<ReturnType<typeof aJudgingWorld>>;
