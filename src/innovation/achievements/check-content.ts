import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { isLine } from '../../unions/line.ts';
import { normaliseField } from '../seasons/category-for.ts';
import type { AchievementContent, AuthorGiven, StudioGiven } from './content.ts';
import {
  LONGEST_EFFECT,
  LONGEST_FIELD,
  LONGEST_SUMMARY,
  LONGEST_TEXT,
  LONGEST_TITLE,
  MOST_AUTHORS,
  MOST_STUDIOS,
} from './limits.ts';
import { readPatentNumber } from './patent-number.ts';
import {
  adoptionOfNone,
  allianceNeeded,
  authorRepeated,
  authorsTooMany,
  declarerNoAuthor,
  effectUnadopted,
  fieldMalformed,
  patentNumberMalformed,
  patentNumberOfNone,
  shareOutOfRange,
  sharesNotWhole,
  studioRepeated,
  studiosTooMany,
  textTooLong,
  titleMalformed,
} from './refusals-content.ts';

/** All of something, in hundredths of a percent. */
export const WHOLE = 10_000;

/**
 * Checks the form of what is declared and resolves with it as it is kept: texts composed and without space around them,
 * the patent number as it is written. Refusals, each with its place: TITLE_MALFORMED, FIELD_MALFORMED, TEXT_TOO_LONG,
 * PATENT_NUMBER_MALFORMED, PATENT_NUMBER_OF_NO_PATENT, ADOPTION_OF_NO_PROPOSAL, EFFECT_UNADOPTED, AUTHORS_TOO_MANY,
 * AUTHOR_REPEATED, DECLARER_NO_AUTHOR, SHARE_OUT_OF_RANGE, SHARES_NOT_WHOLE, STUDIOS_TOO_MANY, STUDIO_REPEATED,
 * ALLIANCE_NEEDED.
 */
export function checkContent(given: AchievementContent, declarerId: string, now: Date): Result<AchievementContent> {
  const content = tidied(given, now);
  const wrong = wrongTexts(content) ?? wrongKind(given, content) ?? wrongAuthors(content.authors, declarerId);
  const refused = wrong ?? wrongStudios(content);
  return refused ? refuse(refused) : accept(content);
}

function tidied(given: AchievementContent, now: Date): AchievementContent {
  const { patentNumber, effectMeasured } = given;
  const tidy = (text: string) => text.normalize('NFC').trim();
  return {
    ...given,
    title: given.title.normalize('NFC'),
    field: normaliseField(given.field),
    summary: tidy(given.summary),
    text: tidy(given.text),
    patentNumber: patentNumber === null ? null : (readPatentNumber(patentNumber, now) ?? null),
    effectMeasured: effectMeasured === null ? null : tidy(effectMeasured) || null,
  };
}

function wrongTexts({ title, field, summary, text, effectMeasured }: AchievementContent): Refusal | undefined {
  if (!isLine(title, LONGEST_TITLE)) return titleMalformed;
  if (!isLine(field, LONGEST_FIELD)) return fieldMalformed;
  if (summary.length > LONGEST_SUMMARY) return textTooLong('summary', LONGEST_SUMMARY);
  if (text.length > LONGEST_TEXT) return textTooLong('text', LONGEST_TEXT);
  return (effectMeasured?.length ?? 0) > LONGEST_EFFECT ? textTooLong('effectMeasured', LONGEST_EFFECT) : undefined;
}

/** What only some kinds have. */
function wrongKind(given: AchievementContent, content: AchievementContent): Refusal | undefined {
  const { kind, patentNumber, adoption, effectMeasured } = content;
  if (given.patentNumber !== null && kind !== 'patent') return patentNumberOfNone;
  if (given.patentNumber !== null && patentNumber === null) return patentNumberMalformed;
  if (adoption !== null && kind !== 'proposal') return adoptionOfNone;
  return effectMeasured !== null && adoption === null ? effectUnadopted : undefined;
}

function wrongAuthors(authors: readonly AuthorGiven[], declarerId: string): Refusal | undefined {
  if (authors.length > MOST_AUTHORS) return authorsTooMany;
  const repeated = firstRepeated(authors.map(({ memberId }) => memberId));
  if (repeated >= 0) return authorRepeated(`authors.${repeated}`);
  if (!authors.some(({ memberId }) => memberId === declarerId)) return declarerNoAuthor;
  return wrongShares('authors', authors);
}

function wrongStudios({ studios, allianceId }: AchievementContent): Refusal | undefined {
  if (studios.length > MOST_STUDIOS) return studiosTooMany;
  const repeated = firstRepeated(studios.map(({ studioId }) => studioId));
  if (repeated >= 0) return studioRepeated(`studios.${repeated}`);
  if (studios.length > 1 && allianceId === null) return allianceNeeded;
  return studios.length > 0 ? wrongShares('studios', studios) : undefined;
}

/** Refuses shares that are none, or do not add to the whole: SHARE_OUT_OF_RANGE, SHARES_NOT_WHOLE. */
export function wrongShares(
  at: string,
  parts: readonly Pick<AuthorGiven | StudioGiven, 'share'>[],
): Refusal | undefined {
  const malformed = parts.findIndex(({ share }) => !Number.isInteger(share) || share < 1 || share > WHOLE);
  if (malformed >= 0) return shareOutOfRange(`${at}.${malformed}.share`);
  const sum = parts.reduce((total, { share }) => total + share, 0);
  return sum === WHOLE ? undefined : sharesNotWhole(at, sum);
}

function firstRepeated(ids: readonly string[]): number {
  return ids.findIndex((id, i) => ids.indexOf(id) < i);
}
