import type { Tx } from '../../platform/db/transaction.ts';
import { AchievementText } from './achievement-text.entity.ts';
import { Author } from './author.entity.ts';
import type { AchievementContent } from './content.ts';
import type { OnRecord } from './on-record.ts';
import { StudioShare } from './studio-share.entity.ts';

/** What the row of an achievement has from its content. */
export function columnsOf(content: AchievementContent, record: OnRecord) {
  const { kind, field, patentNumber, adoption, effectMeasured, allianceId, studios } = content;
  const { unionId, firmUnionId } = record;
  const studioId = studios[0]?.studioId ?? null;
  return { kind, field, patentNumber, adoption, effectMeasured, allianceId, studioId, unionId, firmUnionId };
}

/** Puts these authors and studios in the place of those that an achievement has. */
export async function writeParts(
  tx: Tx,
  achievementId: string,
  { authors }: Pick<OnRecord, 'authors'>,
  { studios }: Pick<AchievementContent, 'studios'>,
): Promise<void> {
  await tx.delete(Author, { achievementId });
  await tx.insert(
    Author,
    authors.map((author) => ({ achievementId, ...author })),
  );
  await tx.delete(StudioShare, { achievementId });
  if (studios.length === 0) return;
  await tx.insert(
    StudioShare,
    studios.map((studio) => ({ achievementId, ...studio })),
  );
}

/** A text as it is written down. */
export interface NewText extends Pick<AchievementContent, 'title' | 'summary' | 'text'> {
  achievementId: string;
  version: number;
  writtenBy: string;
}

/** Writes a version of the text, or writes anew the one that nobody has been given yet. */
export async function writeText(tx: Tx, text: NewText, now: Date): Promise<void> {
  const { achievementId, version } = text;
  await tx.delete(AchievementText, { achievementId, version });
  const { title, summary, writtenBy } = text;
  await tx.insert(AchievementText, {
    ...{ achievementId, version, title, summary, text: text.text, writtenAt: now, writtenBy },
  });
}
