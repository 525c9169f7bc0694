import type { Message } from '../../platform/result.ts';
import { failureInWords } from '../condition-in-words.ts';
import type { RuleDefinition } from '../definition.ts';
import type { JudgedEvent } from '../evaluate.ts';
import { capInWords } from '../in-words.ts';
import type { Outcome, Short } from '../judge.ts';
import { count, mapped, type UnionNames } from '../phrases.ts';

/** What the explanation of an outcome needs besides the outcome itself. */
export interface Telling {
  event: JudgedEvent;
  definition: RuleDefinition;
  unionNames?: UnionNames | undefined;
  /** The name of the rule that came first; for an outcome that says so. */
  firstRule?: string | undefined;
}

const SHORT: Record<Short, Message> = {
  programme: {
    zh: '积分方案的预算不足，补足后发放',
    en: 'the programme’s budget is short; it is paid when that is raised',
  },
  rule: { zh: '这条规则的预算已用完，追加后发放', en: 'the rule’s budget is used up; it is paid when that is raised' },
  branch: {
    zh: '所在分支在这条规则下的预算已用完，追加后发放',
    en: 'the branch’s part of the rule’s budget is used up; it is paid when that is raised',
  },
};

const points = (number: number): Message => ({ zh: `${number} 分`, en: count(number, 'point') });

/** What a rule made of an event, for a person: what it gave, or the first thing that kept it from giving. */
export function outcomeInWords(outcome: Outcome, telling: Telling): Message {
  const { definition, event } = telling;
  if (outcome.award) return awardInWords(outcome, definition);
  switch (outcome.why) {
    case 'OUT_OF_PERIOD':
      return {
        zh: `发生日期 ${event.occurredOn} 不在规则期限内`,
        en: `${event.occurredOn} is not in the rule’s period`,
      };
    case 'CONDITION':
      return failureInWords(
        definition.condition!,
        { ...outcome, place: [...outcome.place] },
        event,
        telling.unionNames,
      );
    case 'ATTRIBUTE_MISSING':
      return { zh: `事件未填写${outcome.attribute}`, en: `${outcome.attribute} is not given` };
    case 'VALUE_WITHOUT_TIER': {
      const value = event.attributes[outcome.attribute];
      return {
        zh: `${outcome.attribute}“${value}”没有对应的积分`,
        en: `there are no points for ${outcome.attribute} ${value}`,
      };
    }
    case 'OUTRANKED': {
      const name = telling.firstRule;
      return {
        zh: `同类规则只计一条，已由“${name}”计分`,
        en: `of its group only one rule counts, and that is ${name}`,
      };
    }
    case 'REPEATED':
      return repeatedInWords(outcome.eventId === event.id, points(outcome.points));
    case 'CAPPED':
      return mapped(
        capInWords(definition.caps[outcome.cap]!),
        (zh) => `已达上限：${zh}`,
        (en) => `the cap is reached: ${en}`,
      );
    case 'OVER_BUDGET':
      return SHORT[outcome.short];
  }
}

function awardInWords(
  { points: given, full, cap }: Extract<Outcome, { award: true }>,
  { caps, noticeDays }: RuleDefinition,
): Message {
  const [won, whole] = [points(given), points(full)];
  const cut = cap === undefined ? undefined : capInWords(caps[cap]!);
  const why = cut
    ? { zh: `（本应 ${whole.zh}，受“${cut.zh}”限制）`, en: ` (of ${whole.en}, cut by the cap: ${cut.en})` }
    : { zh: '', en: '' };
  const when =
    noticeDays > 0 ? { zh: '，公示期满后到账', en: ', paid when the notice period is over' } : { zh: '', en: '' };
  return { zh: `得 ${won.zh}${why.zh}${when.zh}`, en: `${won.en}${why.en}${when.en}` };
}

function repeatedInWords(byItself: boolean, given: Message): Message {
  if (byItself) return { zh: `此前已得 ${given.zh}`, en: `${given.en} were given before` };
  return {
    zh: `同一事项此前已计 ${given.zh}，不重复计分`,
    en: `the same was given ${given.en} before, by another event`,
  };
}
