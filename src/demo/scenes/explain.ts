import { accepted } from '../client.ts';
import { event, recordEvents, settled } from '../recording.ts';
import { accountOf, type Stage } from '../stage.ts';
import { needed, same } from '../story.ts';

interface Explained {
  id: string;
  title: string;
  state: string;
  points: number;
  explanation: { ruleName: string; kind: string; points: number; inWords: string }[];
}

/** Volunteering reaches its monthly cap and waits in public view; the member reads why each event earned what it did. */
export async function memberAsksWhy(stage: Stage): Promise<void> {
  const { story, claimant, cast } = stage;
  const report = (i: number, 类别: string, 时长小时: number) =>
    event(cast.claimant, 'volunteering', `随手报-${i}`, { 类别, 时长小时 });
  const reports = await story.step(
    `登记：${cast.claimant.name}同一个月随手报四次`,
    'recorded: four volunteer reports in one month',
    async () => {
      const four = [
        report(1, '社区风险隐患', 2),
        report(2, '卫生问题', 1),
        report(3, '安全隐患', 3),
        report(4, '社区风险隐患', 2),
      ];
      const { eventIds } = accepted(await recordEvents(stage, 'volunteering', four));
      for (const id of eventIds) same('state', await settled(stage, id), 'PENDING');
      return eventIds;
    },
  );
  await story.step('公示 3 天：60 分待入账，不计入余额', '60 points are pending, apart from the balance', async () => {
    const { balance, pending } = await accountOf(stage, claimant);
    const waiting = await pendingPoints(stage);
    for (const { points, payableOn, rule } of waiting) story.note(`${points} 分，${payableOn} 入账：${rule.ruleName}`);
    same('balance, pending', [balance, pending], [200, 60]);
    same('pending one by one', waiting.map((one) => one.points).sort(), [15, 20, 20, 5].sort());
  });
  await story.step('第四次为什么只得 5 分：已到每月上限', 'why the fourth gave 5 points: the monthly cap', async () => {
    const { points, outcomes } = await explain(stage, needed(reports?.[3], '第四次随手报 the fourth report'));
    same('points, kinds', [points, outcomes], [5, ['AWARDED']]);
  });
  await story.step('中级证书为什么没有积分', 'why an intermediate certificate earned nothing', async () => {
    const certificate = event(cast.claimant, 'certificate', '中级证书', { 等级: '中级', 证书: '民航货运' });
    const { eventIds } = accepted(await recordEvents(stage, 'certificate-2', [certificate]));
    const id = needed(eventIds[0], '事件 the event');
    same('state', await settled(stage, id), 'NO_AWARD');
    const { points, outcomes } = await explain(stage, id);
    same('points, kinds', [points, outcomes], [0, ['VALUE_WITHOUT_TIER']]);
  });
}

async function pendingPoints({ claimant }: Stage) {
  const { pendingPoints: pending } = await claimant.ask<{
    pendingPoints: { nodes: { points: number; payableOn: string; rule: { ruleName: string } }[] };
  }>('{ pendingPoints(first: 20) { nodes { points payableOn rule { ruleName } } } }');
  return pending.nodes;
}

/** Tells what each rule made of an event, as the member reads it. */
async function explain({ story, claimant }: Stage, id: string): Promise<{ points: number; outcomes: string[] }> {
  const { activityEvents } = await claimant.ask<{ activityEvents: { nodes: Explained[] } }>(
    '{ activityEvents(first: 20) { nodes { id title state points explanation { ruleName kind points inWords } } } }',
  );
  const found = needed(
    activityEvents.nodes.find((one) => one.id === id),
    '事件 the event',
  );
  for (const { ruleName, inWords } of found.explanation) story.note(`${ruleName}：${inWords}`);
  return { points: found.points, outcomes: found.explanation.map((one) => one.kind) };
}
