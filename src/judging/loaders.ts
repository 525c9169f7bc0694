import DataLoader from 'dataloader';
import { type PageLoaders, pageLoaders } from '../platform/db/loaders.ts';
import type { Deps } from '../platform/deps.ts';
import { groupBy } from '../platform/group-by.ts';
import { type Load, loadsOf } from './assignment/queries.ts';
import type { JudgeConflict } from './judges/conflict.entity.ts';
import { interestsOf, type Place } from './judges/conflicts.ts';
import type { Judge } from './judges/judge.entity.ts';
import { conflictsOf, judgesOfPanels, namesOf } from './judges/queries.ts';
import type { Candidate } from './panels/candidate.entity.ts';
import type { Criterion } from './panels/criterion.entity.ts';
import type { Panel } from './panels/panel.entity.ts';
import { candidatesOfPanels, criteriaOfPanels, findPanels, type Progress, progressOf } from './panels/queries.ts';
import { type SheetOfCandidate, sheetsOfCandidates } from './sheets/queries.ts';
import { tasksOf } from './tasks/ask-for-task.ts';
import type { PanelTask } from './tasks/panel-task.entity.ts';

/** Panels by id; null for an id of none. */
export function panelLoader({ db }: Deps): DataLoader<string, Panel | null> {
  return new DataLoader(async (ids) => {
    const found = new Map((await findPanels(db.manager, ids)).map((panel) => [panel.id, panel]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

/** The criteria of a panel, in order, by the panel's id. */
export function criteriaLoader({ db }: Deps): DataLoader<string, Criterion[]> {
  return new DataLoader(async (panelIds) => {
    const groups = groupBy(await criteriaOfPanels(db.manager, panelIds), (criterion) => criterion.panelId);
    return panelIds.map((id) => groups.get(id) ?? []);
  });
}

/** How far a panel's sheets are, by the panel's id. */
export function progressLoader({ db }: Deps): DataLoader<string, Progress> {
  return new DataLoader(async (panelIds) => {
    const found = await progressOf(db.manager, panelIds);
    return panelIds.map((id) => found.get(id) ?? { assigned: 0, submitted: 0 });
  });
}

/** Everybody who was ever invited to a panel, by the panel's id. */
export function judgesLoader({ db }: Deps): DataLoader<string, Judge[]> {
  return new DataLoader(async (panelIds) => {
    const groups = groupBy(await judgesOfPanels(db.manager, panelIds), (judge) => judge.panelId);
    return panelIds.map((id) => groups.get(id) ?? []);
  });
}

/** The names of accounts by id. */
export function accountNameLoader({ db }: Deps): DataLoader<string, string> {
  return new DataLoader(async (ids) => {
    const names = await namesOf(db.manager, ids);
    return ids.map((id) => names.get(id) ?? '');
  });
}

/** What is or could not be done in the background for a panel, by its id; null for nothing. */
export function taskLoader({ db }: Deps): DataLoader<string, PanelTask | null> {
  return new DataLoader(async (panelIds) => {
    const found = new Map((await tasksOf(db.manager, panelIds)).map((task) => [task.panelId, task]));
    return panelIds.map((id) => found.get(id) ?? null);
  });
}

/** How much work a judge has. */
export function loadLoader({ db }: Deps): DataLoader<Pick<Judge, 'id' | 'panelId'>, Load, string> {
  return new DataLoader(
    async (judges) => {
      const found = await loadsOf(db.manager, judges);
      return judges.map(({ id }) => found.get(id) ?? { assigned: 0, submitted: 0 });
    },
    { cacheKeyFn: ({ id }) => id },
  );
}

/** The union on whose roll a judge is as a member, by the judge's id; null when nobody has written it down. */
export function ownUnionLoader({ db }: Deps): DataLoader<string, Place | null> {
  return new DataLoader(async (judgeIds) => {
    const found = await interestsOf(db.manager, judgeIds);
    return judgeIds.map((id) => found.get(id)!.own);
  });
}

/** The conflicts that were declared of a judge, by the judge's id. */
export function conflictsLoader({ db }: Deps): DataLoader<string, JudgeConflict[]> {
  return new DataLoader(async (judgeIds) => {
    const groups = groupBy(await conflictsOf(db.manager, judgeIds), (conflict) => conflict.judgeId);
    return judgeIds.map((id) => groups.get(id) ?? []);
  });
}

/** The sheets of a candidate, void ones and those that were not begun too. */
export function sheetsLoader({ db }: Deps): DataLoader<Pick<Candidate, 'panelId' | 'id'>, SheetOfCandidate[], string> {
  const keyOf = (panelId: string, id: string) => `${panelId} ${id}`;
  return new DataLoader(
    async (candidates) => {
      const sheets = await sheetsOfCandidates(db.manager, candidates);
      const groups = groupBy(sheets, (sheet) => keyOf(sheet.panelId, sheet.candidateId));
      return candidates.map(({ panelId, id }) => groups.get(keyOf(panelId, id)) ?? []);
    },
    { cacheKeyFn: ({ panelId, id }) => keyOf(panelId, id) },
  );
}

/** Pages of candidates by the panel's id: a loader for each page asked, so that one statement serves a whole list. */
export function candidatesLoaders({ db }: Deps): PageLoaders<Candidate> {
  return pageLoaders(db.manager, candidatesOfPanels);
}
