import DataLoader from 'dataloader';
import type { Deps } from '../../platform/deps.ts';
import type { SettlementDispute } from './dispute.entity.ts';
import type { StatementFile } from './files/statement-file.entity.ts';
import { detailsOf, type LineDetail } from './line-details.ts';
import type { Line } from './lines.ts';
import { disputesOfLines, filesOf } from './queries.ts';

/** What lines are shown with, for `loader(context, lineDetailLoader)`; null for a line of which nothing more is known. */
export function lineDetailLoader({ db }: Deps): DataLoader<Line, LineDetail | null> {
  return new DataLoader(async (lines) => {
    const found = await detailsOf(db.manager, lines);
    return lines.map(({ id }) => found.get(id) ?? null);
  });
}

/** The dispute of a line, by the line's id; null for one that nobody disputed. */
export function lineDisputeLoader({ db }: Deps): DataLoader<string, SettlementDispute | null> {
  return new DataLoader(async (lineIds) => {
    const found = await disputesOfLines(db.manager, lineIds);
    return lineIds.map((id) => found.get(id) ?? null);
  });
}

/** The files of a statement, by its id: two at the most, none while they are being made. */
export function statementFileLoader({ db }: Deps): DataLoader<string, StatementFile[]> {
  return new DataLoader(async (statementIds) => {
    const found = await filesOf(db.manager, statementIds);
    return statementIds.map((id) => found.get(id) ?? []);
  });
}
