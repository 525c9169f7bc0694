import { accept, type Message, type Result, refuse } from '../../platform/result.ts';
import { troubleWithConditions, troubleWithSize, withValuesRead } from '../../rules/check-condition.ts';
import { conditionInWords } from '../../rules/condition-in-words.ts';
import {
  type Asked,
  type Condition,
  conditionAt,
  condition as conditionForm,
  failureOf,
} from '../../rules/conditions.ts';
import { definitionMessages } from '../../rules/definition-messages.ts';
import { conditionPlace, conditionsIn, type Path } from '../../rules/definition-place.ts';
import type { AttributeDeclaration, EventType } from '../../rules/event-types/event-type.ts';
import type { UnionNames } from '../../rules/phrases.ts';
import type { FirmType, Ownership } from '../../unions/firms/firm.entity.ts';
import type { Entrant } from './competition.entity.ts';
import { notAskable } from './refusals.ts';

// Who may enter is a condition like that of a rule. What it may ask besides the facts of a member are these attributes;
// of a member they are those of the firm in which she works.
export const FIRM_TYPE = '企业类型';
export const OWNERSHIP = '企业性质';
export const TRADE = '行业';
export const EMPLOYEES = '职工人数';
/** 1 for 初级工 to 5 for 高级技师: the highest in the trade of the competition, or in any when it names none. */
export const SKILL_LEVEL = '技能等级';

/** How conditions and certificates call firms. */
export const FIRM_TYPE_NAMES: Record<FirmType, string> = {
  specialised: '专精特新',
  little_giant: '小巨人',
  other: '其他',
};
export const OWNERSHIP_NAMES: Record<Ownership, string> = {
  state: '国有',
  private: '民营',
  foreign: '外资',
  mixed: '混合所有制',
  public: '事业单位',
};

const OF_FIRMS: AttributeDeclaration[] = [
  { name: FIRM_TYPE, kind: 'choice', required: false, choices: Object.values(FIRM_TYPE_NAMES) },
  { name: OWNERSHIP, kind: 'choice', required: false, choices: Object.values(OWNERSHIP_NAMES) },
  { name: TRADE, kind: 'text', required: false },
  { name: EMPLOYEES, kind: 'number', required: false },
];
const OF_PEOPLE: AttributeDeclaration[] = [...OF_FIRMS, { name: SKILL_LEVEL, kind: 'number', required: false }];

/** What may be asked, in the form in which rules know what events have. */
function askedAbout(entrant: Entrant): EventType {
  const attributes = entrant === 'firm' ? OF_FIRMS : OF_PEOPLE;
  return { code: 'entry', name: '参赛', area: 'contest', claimable: false, attributes, readyMade: true };
}

/** The names of the attributes that a condition on such entrants may ask about. */
export function askableNames(entrant: Entrant): string[] {
  return askedAbout(entrant).attributes.map(({ name }) => name);
}

/**
 * Checks who may enter, and reads the values that are compared. Of firms nothing can be asked that only people have.
 * Refusals, each with its place below `at`: ELIGIBILITY_NOT_ASKABLE and those of conditions of rules.
 */
export function checkEligibility(given: Condition, entrant: Entrant, at: string): Result<Condition> {
  const placeOf = (path: Path) => [at, ...conditionPlace(given, path.slice(1))].join('.');
  const tooLarge = troubleWithSize(given);
  if (tooLarge) return refuse({ code: tooLarge.code, message: tooLarge.message, at });
  const read = conditionForm.safeParse(given);
  if (!read.success) {
    const { message, path } = read.error.issues[0]!;
    const code = message in definitionMessages ? message : 'CONDITION_MALFORMED';
    return refuse({ code, message: definitionMessages[code]!, at: placeOf(['condition', ...path]) });
  }
  const names = askableNames(entrant);
  for (const [one, path] of conditionsIn(read.data))
    if (!mayAsk(one, entrant, names))
      return refuse({ ...notAskable(entrant, names), at: placeOf([...path, one.kind === 'tag' ? 'tags' : one.kind]) });
  const type = askedAbout(entrant);
  const found = troubleWithConditions(read.data, type);
  if (found) return refuse({ code: found.code, message: found.message, at: placeOf(found.path) });
  return accept(withValuesRead(read.data, type));
}

function mayAsk(one: Condition, entrant: Entrant, names: readonly string[]): boolean {
  if (one.kind === 'attribute') return names.includes(one.attribute);
  if (one.kind === 'fact') return entrant !== 'firm' && one.fact !== 'occurred_on';
  return one.kind !== 'tag' || entrant !== 'firm';
}

/** The unions that a condition names; none for everybody. */
export function unionsAsked(root: Condition | null): string[] {
  return root ? [...conditionsIn(root)].flatMap(([one]) => (one.kind === 'branch' ? one.unionIds : [])) : [];
}

/** The first of these conditions that does not hold, as who is kept out reads it; undefined when all hold. */
export function obstacle(
  conditions: readonly (Condition | null)[],
  asked: Asked,
  unionNames?: UnionNames,
): Message | undefined {
  for (const root of conditions) {
    const failure = root && failureOf(root, asked);
    if (!failure) continue;
    const { zh, en } = conditionInWords(conditionAt(root, failure.place), unionNames);
    return failure.unknown
      ? {
          zh: `须${zh}，其中有未登记的信息，请联系工会补登。`,
          en: `Wanted: ${en}. Not all of that is on record; ask your union to add it.`,
        }
      : { zh: `须${zh}，目前不符合。`, en: `Wanted: ${en}. That is not so at present.` };
  }
  return undefined;
}
