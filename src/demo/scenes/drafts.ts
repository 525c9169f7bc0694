import { type BacktestResult, backtest, tryDraft } from '../backtesting.ts';
import { type Answer, accepted, REFUSAL } from '../client.ts';
import { todaysMilestones } from '../milestones.ts';
import { yesterday } from '../recording.ts';
import { keyOf, programmeOf, type Stage } from '../stage.ts';
import { atLeast, needed, refused, type Story, same } from '../story.ts';

interface Draft {
  id: string;
  inWords: string;
}

/** An admin drafts a rule, tries it on a made-up event and over the past, and sees that the rules in force paid right. */
export async function adminTriesRules(stage: Stage): Promise<void> {
  const { story, admin } = stage;
  await story.step('起草规则：上限低于单次积分，被拒绝', 'a cap below one award is refused', async () => {
    const { at, message } = refused(await saveDraft(stage, 'draft-wrong', 20), 'CAP_BELOW_AWARD');
    story.note(`${at}：${message}`);
    same('place', at, 'definition.caps.0.most');
  });
  const draft = await story.step(
    '起草规则：志愿服务按时长计分',
    'a rule for hours of volunteering is drafted',
    async () => {
      const saved = accepted(await saveDraft(stage, 'draft', 80));
      story.note(saved.inWords);
      return saved.id;
    },
  );
  await tryOnMadeUp(stage, draft);
  await replayThePast(stage, draft);
  await story.step('今天的人生节点已查找', 'the milestones of today were looked for', async () => {
    const { day, recorded } = await todaysMilestones(admin, programmeOf(stage));
    story.note(`${day}：登记 recorded ${recorded}`);
  });
}

async function tryOnMadeUp(stage: Stage, draft: string | undefined): Promise<void> {
  const { story, setting } = stage;
  const { unionId } = needed(setting, '工会 the union');
  const attempt = async (hours: number) => {
    const trial = await tryDraft(stage, needed(draft, '草稿 the draft'), {
      attributes: [
        { name: '类别', text: '文明劝导' },
        { name: '时长小时', number: hours },
      ],
      occurredOn: yesterday(),
      madeUp: { unionId, serviceYears: 3 },
    });
    for (const { ruleName, inWords } of trial.outcomes) story.note(`${hours} 小时 hours，${ruleName}：${inWords}`);
    return [trial.points, trial.outcomes.at(-1)?.kind];
  };
  await story.step('虚构一次志愿服务，试算草稿', 'the draft is tried on made-up events', async () => {
    same('points of 3 hours, and the draft', await attempt(3), [25, 'AWARDED']);
    same('points of 1 hour, and the draft', await attempt(1), [10, 'CONDITION']);
  });
}

/** The rules in force give what was paid, to the point; a draft beside them gives so much more. */
async function replayThePast(stage: Stage, draft: string | undefined): Promise<void> {
  const { story } = stage;
  await story.step('现行规则重算一年：应发 = 已发', 'the rules in force, replayed: points = paid', async () => {
    const result = await backtest(stage, 'backtest', []);
    tellResult(story, result);
    atLeast('events', result.events, 1);
    same('points, rule by rule', sums(result, 'points'), sums(result, 'paid'));
    same('points', result.points, result.paid);
  });
  await story.step('加上草稿再算：多发多少、谁得最多', 'and with the draft: how much more', async () => {
    const result = await backtest(stage, 'backtest-draft', [needed(draft, '草稿 the draft')]);
    tellResult(story, result);
    const { name, points } = needed(
      result.rules.find((rule) => rule.isDraft),
      '草稿的结果 the result of the draft',
    );
    story.note(`${name} +${points}`);
    // Those of this run: 2, 3 and 2 hours; one hour is too short.
    atLeast('points of the draft', points, 35);
    same('points beyond those paid', result.points - result.paid, points);
  });
  await story.step('草稿作废', 'the draft is discarded', async () => {
    accepted(await discardDraft(stage, needed(draft, '草稿 the draft')));
  });
}

function tellResult(story: Story, { events, members, points, paid, winners }: BacktestResult): void {
  story.note(`事件 events ${events}，会员 members ${members}，应发 points ${points}，已发 paid ${paid}`);
  const first = winners.slice(0, 3).map((winner) => `${winner.member.name} ${winner.points}`);
  story.note(`最多 most: ${first.join('，')}`);
}

const sums = ({ rules }: BacktestResult, what: 'points' | 'paid') =>
  Object.fromEntries(rules.map((rule) => [rule.name, rule[what]]));

/** Five points for each hour from two hours on, up to 40 a time. */
function saveDraft(stage: Stage, key: string, mostInMonth: number): Promise<Answer<Draft>> {
  return stage.admin.act(
    `mutation ($key: String!, $newRule: NewRuleInput!, $definition: RuleDefinitionInput!) {
      saveRuleDraft(key: $key, newRule: $newRule, definition: $definition) { ${REFUSAL} ... on RuleDraft { id inWords } }
    }`,
    {
      key: keyOf(stage, key),
      newRule: {
        programmeId: programmeOf(stage),
        name: `志愿服务时长 ${stage.cast.run}`,
        eventType: 'volunteering',
      },
      definition: {
        award: { perUnit: { attribute: '时长小时', points: 5, most: 40 } },
        occurrence: { kind: 'EVENT' },
        condition: { attribute: { name: '时长小时', is: 'AT_LEAST', values: ['2'] } },
        caps: [{ of: 'POINTS', period: 'MONTH', most: mostInMonth }],
      },
    },
  );
}

function discardDraft(stage: Stage, draftId: string): Promise<Answer<{ draftId: string }>> {
  return stage.admin.act(
    `mutation ($key: String!, $draftId: Id!) {
      discardRuleDraft(key: $key, draftId: $draftId) { ${REFUSAL} ... on DiscardedRuleDraft { draftId } }
    }`,
    { key: keyOf(stage, 'discard'), draftId },
  );
}
