import type { EntityManager } from 'typeorm';
import { maskName } from '../../identity/personal-data.ts';
import type { Certificate } from '../../platform/certificate/draw-certificate.ts';
import type { FoundHonour } from '../../platform/certificate/found-honour.ts';
import type { BeijingDay } from '../../platform/clock.ts';
import { findUnions } from '../../unions/queries.ts';
import { Achievement } from '../achievements/achievement.entity.ts';
import { Category } from '../seasons/category.entity.ts';
import { Grade } from '../seasons/grade.entity.ts';
import { Season } from '../seasons/season.entity.ts';
import { SeasonHonour } from './season-honour.entity.ts';

/** What the certificate of an honour of a season says. */
export interface Honour {
  number: string;
  season: string;
  year: number;
  /** The union whose season it is. */
  organiser: string;
  category: string;
  achievement: string;
  /** Names, in their order. */
  authors: readonly string[];
  /** The firm, or the union of people who work in none. */
  firm: string;
  /** 大连市职工技术创新成果一等奖. */
  honour: string;
  /** 一等奖. */
  award: string;
  honouredOn: BeijingDay;
}

/** The honour of a season whose certificate has a number; undefined when there is none. */
export async function seasonHonour(db: EntityManager, number: string): Promise<FoundHonour | undefined> {
  const row = await db.findOneBy(SeasonHonour, { honourNumber: number });
  if (!row) return undefined;
  const honour = await printedHonour(db, row);
  return {
    number,
    shown: { ...honour, authors: honour.authors.map(maskName) },
    certificate: certificateOf(honour),
  };
}

async function printedHonour(db: EntityManager, row: SeasonHonour): Promise<Honour> {
  const { seasonId, categoryNumber, gradeNumber, achievementId, honourNumber: number, honouredOn } = row;
  const season = await db.findOneByOrFail(Season, { id: seasonId });
  const category = await db.findOneByOrFail(Category, { seasonId, number: categoryNumber });
  const grade = await db.findOneByOrFail(Grade, { seasonId, categoryNumber, number: gradeNumber });
  const achievement = await db.findOneByOrFail(Achievement, { id: achievementId });
  const authors: { name: string }[] = await db.query(
    `SELECT m.name FROM achievement_author o JOIN member m ON m.id = o.member_id
     WHERE o.achievement_id = ? ORDER BY o.number`,
    [achievementId],
  );
  const unions = await findUnions(db, [season.unionId, achievement.firmUnionId]);
  const nameOf = (unionId: string) => unions.find(({ id }) => id === unionId)!.name;
  return {
    ...{ number, season: season.name, year: season.year, organiser: nameOf(season.unionId), category: category.name },
    ...{ achievement: achievement.title, authors: authors.map(({ name }) => name) },
    ...{ firm: nameOf(achievement.firmUnionId), honour: grade.honourName, award: grade.name, honouredOn },
  };
}

/** The words of the certificate. */
export function certificateOf(honour: Honour): Certificate {
  const { number, season, category, achievement, authors, firm, honour: title, award, organiser, honouredOn } = honour;
  return {
    ...{ number, occasion: season, organiser, on: honouredOn },
    whom: `${authors.join('、')}（${firm}）`,
    said: `你们完成的“${achievement}”在${season}中获得${category}${award}，特授予“${title}”。\n特发此证，以资鼓励。`,
  };
}
