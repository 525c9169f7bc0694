import { accepted } from '../client.ts';
import { importAndWait, uploadRoster, waitUntilChecked } from '../hr.ts';
import { rosterFile } from '../roster.ts';
import type { Stage } from '../stage.ts';
import { needed, same } from '../story.ts';

/** HR uploads a roster, has it checked, and imports it; the same file again changes nothing. */
export async function hrImportsRoster(stage: Stage): Promise<void> {
  const { story, admin } = stage;
  const importId = await story.step(
    '人事上传新职工名册（CSV，GB18030，4 行）',
    'HR uploads a roster of 4 rows (CSV in GB18030)',
    () => upload(stage),
  );
  await story.step('试导入：指出第 5 行有误和原因', 'the dry run says what is wrong with row 5', async () => {
    const checked = await waitUntilChecked(admin, needed(importId, '名册 the roster'));
    for (const { row, heading, message } of checked.problems.nodes) story.note(`第 ${row} 行 ${heading}：${message}`);
    same('state', checked.state, 'CHECKED');
    const problems = checked.problems.nodes.map(({ row, code }) => ({ row, code }));
    same('problems', problems, [{ row: 5, code: 'ID_NUMBER_CHECK_DIGIT' }]);
    same('rows read, bad, written', [checked.rowsRead, checked.rowsBad, checked.membersCreated], [4, 1, 0]);
  });
  await story.step('正式导入：3 名新会员入册', 'imported: 3 new members', async () => {
    const imported = await importAndWait(admin, needed(importId, '名册 the roster'));
    same('state', imported.state, 'IMPORTED');
    same('created, updated', [imported.membersCreated, imported.membersUpdated], [3, 0]);
  });
  await story.step('同一份名册再导入一次：没有变化', 'the same file imported again changes nothing', async () => {
    const again = await upload(stage);
    await waitUntilChecked(admin, again);
    const { membersCreated, membersUpdated, membersUnchanged } = await importAndWait(admin, again);
    same('created, updated, unchanged', [membersCreated, membersUpdated, membersUnchanged], [0, 0, 3]);
  });
}

async function upload({ admin, cast, setting }: Stage): Promise<string> {
  const { unionId } = needed(setting, '工会 the union');
  const file = rosterFile([cast.busy, cast.thrifty, cast.claimant, cast.mistyped]);
  return accepted(await uploadRoster(admin, { unionId, fileName: `新职工-${cast.run}.csv`, full: false, file }));
}
