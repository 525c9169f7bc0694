import { accepted } from '../client.ts';
import type { DemoEvent } from '../happiness-account.ts';
import { event, recordEvents, settled } from '../recording.ts';
import type { RosterPerson } from '../roster.ts';
import type { Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';

const wedding = (who: RosterPerson) => event(who, 'milestone.marriage', '结婚证');
const honour = (who: RosterPerson) => event(who, 'honour', '荣誉', { 荣誉: '年度服务之星' });
const degree = (who: RosterPerson, document: string) => event(who, 'degree', document, { 学历层次: '本科' });
const certificate = (who: RosterPerson) => event(who, 'certificate', '证书', { 等级: '初级', 证书: '民航客舱服务' });

/** What the members have done and lived is recorded; what is sent or reported twice earns once. */
export async function adminRecordsEvents(stage: Stage): Promise<void> {
  const { busy, thrifty } = stage.cast;
  const record = (zh: string, en: string, key: string, events: DemoEvent[]) =>
    stage.story.step(zh, en, async () => {
      const { recorded, repeated, eventIds } = accepted(await recordEvents(stage, key, events));
      same('recorded, repeated', [recorded, repeated], [events.length, 0]);
      return eventIds;
    });
  await record(
    `登记：${busy.name}取得初级职业资格证书`,
    'recorded: a primary professional certificate',
    'certificate',
    [certificate(busy)],
  );
  const degrees = await record('登记：学历提升到本科', 'an academic degree upgrade', 'degree', [degree(busy, '学历')]);
  await record('登记：获得分会表彰', 'an honour of the branch', 'honour', [honour(busy)]);
  await record(`登记：${busy.name}、${thrifty.name}分别结婚`, 'the weddings of two members', 'weddings', [
    wedding(busy),
    wedding(thrifty),
  ]);
  await repeat(stage, degrees?.[0]);
}

/** Tries what must not earn again or at all. */
async function repeat(stage: Stage, degreeId: string | undefined): Promise<void> {
  const { story, cast } = stage;
  await story.step('同一份荣誉再登记一次：认出重复', 'the same honour again is known', async () => {
    const { recorded, repeated } = accepted(await recordEvents(stage, 'honour-again', [honour(cast.busy)]));
    same('recorded, repeated', [recorded, repeated], [0, 1]);
  });
  await story.step(
    '同一学历换一份材料再报：不再计分',
    'the same degree by another document earns nothing',
    async () => {
      same('state of the first', await settled(stage, needed(degreeId, '学历 the degree')), 'PAID');
      const { eventIds } = accepted(await recordEvents(stage, 'degree-again', [degree(cast.busy, '学历副本')]));
      same('state of the second', await settled(stage, needed(eventIds[0], '事件 the event')), 'REPEATED');
    },
  );
  await story.step('未来的事件被拒绝', 'an event of the future is refused', async () => {
    const future = { ...wedding(cast.thrifty), occurredOn: '2099-01-01', reference: `未来-${cast.run}` };
    const { problems = [] } = refused(await recordEvents(stage, 'future', [future]), 'EVENTS_REFUSED');
    for (const { at, message } of problems) story.note(`${at}：${message}`);
    const codes = problems.map((problem) => problem.code);
    same('problems', codes, ['DAY_IN_FUTURE']);
  });
}
