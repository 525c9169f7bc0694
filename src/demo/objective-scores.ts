import { workbook } from './bulk-entries.ts';
import { type Answer, accepted, type Client } from './client.ts';
import { keyOf, type Stage } from './stage.ts';

/** A dry run of objective scores: what is wrong with the file. */
export interface Trial {
  problems: { row: number; code: string; message: string }[];
}

/** Results of the examination by the candidates' numbers of order, as .xlsx. */
export function examFile(results: readonly { number: number; score: number }[]): Promise<Buffer> {
  return workbook('成绩', [['编号', '理论考试'], ...results.map(({ number, score }) => [number, score])]);
}

const ADDRESS = '/uploads/objective-scores';

export async function tryScores(admin: Client, panelId: string, file: Buffer): Promise<Trial> {
  const of = { panelId, fileName: '理论考试.xlsx', dryRun: 'true' };
  return accepted(await admin.upload<{ trial: Trial }>(ADDRESS, of, file)).trial;
}

export function importScores(stage: Stage, admin: Client, panelId: string, file: Buffer): Promise<Answer<object>> {
  const of = { panelId, fileName: '理论考试.xlsx', dryRun: 'false', key: keyOf(stage, 'exam') };
  return admin.upload(ADDRESS, of, file);
}
