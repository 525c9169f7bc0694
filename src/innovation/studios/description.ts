import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { LONGEST_TAG, normaliseTag } from '../../unions/tags.ts';
import { wrongLine, wrongText } from './form.ts';
import { LONGEST_ABOUT, LONGEST_FIELD, LONGEST_NAME, LONGEST_PREMISES, MOST_TAGS } from './limits.ts';
import { tagsTooMany } from './refusals.ts';

/** What is to be known of a studio. */
export interface StudioDescription {
  name: string;
  /** What it works on: 焊接. */
  field: string;
  premises: string;
  about: string;
  /** Kinds of studio: 女职工, 人工智能. */
  tags: readonly string[];
}

/** A field as it is kept and compared: a letter is the same letter however its accents are encoded. */
export function normaliseField(field: string): string {
  return field.normalize('NFC');
}

/** A description as it is kept, each tag once. Refusals: TEXT_LENGTH, TAGS_TOO_MANY with the place, "studio.field". */
export function checkDescription(given: StudioDescription): Result<StudioDescription> {
  const name = given.name.normalize('NFC');
  const tags = given.tags.map(normaliseTag);
  const wrong =
    wrongLine('studio.name', name, LONGEST_NAME) ??
    wrongLine('studio.field', given.field, LONGEST_FIELD) ??
    wrongLine('studio.premises', given.premises, LONGEST_PREMISES) ??
    wrongText('studio.about', given.about, LONGEST_ABOUT) ??
    wrongTags(tags);
  if (wrong) return refuse(wrong);
  return accept({ ...given, name, field: normaliseField(given.field), tags: [...new Set(tags)].sort() });
}

function wrongTags(tags: readonly string[]): Refusal | undefined {
  if (tags.length > MOST_TAGS) return tagsTooMany;
  for (const [i, tag] of tags.entries()) {
    const wrong = wrongLine(`studio.tags.${i}`, tag, LONGEST_TAG);
    if (wrong) return wrong;
  }
  return undefined;
}
