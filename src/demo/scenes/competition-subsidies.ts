import { listFile, makeList, releaseList } from '../awarding.ts';
import { accepted } from '../client.ts';
import { BUDGET_FEN, OWN_TEAM, TEAMS } from '../competition-terms.ts';
import { ADMIN, APPROVER } from '../happiness-account.ts';
import type { People } from '../people.ts';
import type { Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';
import type { PlayedCompetition } from './competition-plan.ts';

/** The payment list of the subsidies is made by one person and released by another; its file adds up to the budget. */
export async function subsidiesArePaid(
  stage: Stage,
  people: People,
  played: PlayedCompetition | undefined,
): Promise<void> {
  const { story } = stage;
  const listId = await story.step(
    '生成补助发放表；自己不能复核自己',
    'a payment list, which needs two people',
    async () => {
      const admin = await people.admin(ADMIN.login);
      const { competitionId } = needed(played, '竞赛 the competition');
      const { id, totalFen, budgetFen } = accepted(await makeList(stage, admin, competitionId));
      same('sum, budget', [totalFen, budgetFen], [BUDGET_FEN, BUDGET_FEN]);
      story.note(refused(await releaseList(stage, admin, 'own', id), 'SECOND_PERSON_NEEDED').message);
      return id;
    },
  );
  await story.step('第二人复核发放；下载 .xlsx，合计等于预算', 'released by another; the file adds up', async () => {
    const approver = await people.admin(APPROVER.login);
    const list = accepted(await releaseList(stage, approver, 'second', needed(listId, '发放表 the list')));
    same('state', list.state, 'RELEASED');
    const { paid, sums } = await listFile(people.clock.url, list.fileUrl);
    for (const [payee, yuan] of paid) story.note(`${payee}：${yuan} 元`);
    same(
      'paid',
      paid.map(([payee]) => payee),
      [OWN_TEAM, ...TEAMS.map(({ name }) => name)],
    );
    const sum = paid.reduce((all, [, yuan]) => all + yuan, 0);
    same('lines, sum, budget', [sum, sums.get('合计'), sums.get('预算')], Array(3).fill(BUDGET_FEN / 100));
  });
}
