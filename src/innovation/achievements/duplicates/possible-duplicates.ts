import type { EntityManager } from 'typeorm';
import { Achievement } from '../achievement.entity.ts';
import { AchievementText } from '../achievement-text.entity.ts';
import { findAchievements, textKey, textsOf } from '../queries.ts';
import { type Candidate, candidatesOf, type Declared } from './candidates.ts';
import { gramsOf, plain, similarity } from './grams.ts';

/** How many are shown. */
export const MOST_SHOWN = 10;
/** From how much in common on it is shown, 0 to 1. */
const ALIKE_TEXT = 0.35;
const ALIKE_TITLE = 0.6;

/** An achievement that may be the same as another. */
export interface PossibleDuplicate {
  achievement: Achievement;
  /** What the texts, and the titles, have in common: 0 to 1. */
  text: number;
  title: number;
  samePatent: boolean;
}

/**
 * What may be the same as an achievement that was submitted, in any season and branch, what is most alike first: ten at
 * the most, withdrawn ones left out. None for what was not submitted. Six statements at the most.
 */
export async function possibleDuplicates(db: EntityManager, id: string): Promise<PossibleDuplicate[]> {
  const achievement = await db.findOneBy(Achievement, { id });
  if (!achievement?.submittedVersion) return [];
  const { submittedVersion: version, patentNumber } = achievement;
  const { title, text } = await db.findOneByOrFail(AchievementText, { achievementId: id, version });
  return duplicatesOf(db, id, { title, text, patentNumber });
}

async function duplicatesOf(db: EntityManager, id: string, one: Declared): Promise<PossibleDuplicate[]> {
  const candidates = await candidatesOf(db, id, one);
  const achievements = await findAchievements(
    db,
    candidates.map((candidate) => candidate.id),
  );
  const title = gramsOf(plain(one.title), 2);
  const alike = candidates.flatMap((candidate) => {
    const achievement = achievements.get(candidate.id);
    if (!achievement?.submittedVersion || achievement.state === 'withdrawn') return [];
    const found = { candidate, achievement, title: similarity(title, gramsOf(plain(achievement.title), 2)) };
    return isWorthReading(found) ? found : [];
  });
  const texts = await textsOf(
    db,
    alike.map(({ achievement }) => versionOf(achievement)),
  );
  const text = gramsOf(plain(one.text), 3);
  return alike
    .map(({ candidate: { samePatent }, achievement, title: ofTitles }): PossibleDuplicate => {
      const other = texts.get(textKey(versionOf(achievement)))!;
      return { achievement, samePatent, title: ofTitles, text: similarity(text, gramsOf(plain(other.text), 3)) };
    })
    .filter((found) => found.samePatent || found.text >= ALIKE_TEXT || found.title >= ALIKE_TITLE)
    .sort((a, b) => weight(b) - weight(a) || (a.achievement.id < b.achievement.id ? -1 : 1))
    .slice(0, MOST_SHOWN);
}

/** Not what shares a word of the title and nothing else. */
function isWorthReading({ candidate, title }: { candidate: Candidate; title: number }): boolean {
  return candidate.samePatent || candidate.text > 0 || title >= ALIKE_TITLE;
}

function versionOf({ id, submittedVersion }: Achievement) {
  return { achievementId: id, version: submittedVersion! };
}

const weight = ({ text, title, samePatent }: PossibleDuplicate) => (samePatent ? 2 : 0) + Math.max(text, title);
