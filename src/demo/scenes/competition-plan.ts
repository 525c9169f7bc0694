import { firstDay } from '../../marketplace/settlement/months.ts';
import { startOfDay } from '../../platform/clock.ts';
import { accepted } from '../client.ts';
import { draftCompetition, publish, replan } from '../competing.ts';
import { BUDGET_FEN, type Days, daysFrom, faultyPlan, type PlanOf, teamPlan } from '../competition-terms.ts';
import { ADMIN } from '../happiness-account.ts';
import type { People } from '../people.ts';
import { programmeOf, type Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';
import { playedMonth } from './lottery.ts';

const MORNING_MS = 9 * 3_600_000;

/** Nine in the morning of a day. */
export const morningOf = (day: string) => new Date(startOfDay(day).getTime() + MORNING_MS);

/** The competition of teams that the story plays. */
export interface PlayedCompetition {
  competitionId: string;
  heatId: string;
  finalId: string;
  days: Days;
}

/** A competition is planned, with mistakes that are told, and published. */
export async function competitionIsPlanned(stage: Stage, people: People): Promise<PlayedCompetition | undefined> {
  const { story, setting, cast } = stage;
  const days = daysFrom(firstDay(playedMonth(new Date())));
  const planOf = (): PlanOf => {
    const { unionId } = needed(setting, '工会 the union');
    return { unionId, programmeId: programmeOf(stage), run: cast.run, days };
  };
  const draft = await story.step(
    `时钟拨到 ${days.entry}：方案草稿权重不足、补助超出预算，逐处指出`,
    'a draft whose sums are wrong is told where',
    async () => {
      people.moveTo(morningOf(days.entry));
      const given = { unionId: planOf().unionId, plan: faultyPlan(planOf()) };
      const { id, troubles } = await draftCompetition(stage, await people.admin(ADMIN.login), 'teams', given);
      for (const { at, message } of troubles) story.note(`${at}：${message}`);
      const told = troubles.map(({ code, at }) => [code, at]);
      same('troubles', told, [
        ['WEIGHTS_NOT_WHOLE', 'plan.criteria'],
        ['SUBSIDIES_NOT_BUDGET', 'plan.budgetFen'],
      ]);
      return id;
    },
  );
  await story.step('这样发布：被拒绝', 'it cannot be published so', async () => {
    const id = needed(draft, '方案 the plan');
    story.note(
      refused(await publish(stage, await people.admin(ADMIN.login), 'faulty', id), 'WEIGHTS_NOT_WHOLE').message,
    );
  });
  return story.step(
    `改好后发布：初赛与现场决赛，补助合计 ${BUDGET_FEN / 100} 元`,
    'mended and published: a heat and a live final',
    async () => {
      const admin = await people.admin(ADMIN.login);
      const competitionId = needed(draft, '方案 the plan');
      const { troubles, stages } = await replan(stage, admin, { competitionId, plan: teamPlan(planOf()) });
      same('troubles', troubles, []);
      same('state', accepted(await publish(stage, admin, 'teams', competitionId)).state, 'PUBLISHED');
      const [final, heat] = stages.nodes;
      return { competitionId, days, heatId: needed(heat, '初赛 the heat').id, finalId: needed(final, '决赛').id };
    },
  );
}
