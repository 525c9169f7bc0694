import { accepted, askUntil } from '../client.ts';
import { RULES } from '../rules.ts';
import { accountOf, balanceOf, PAY_SECONDS, type Stage, type StatementLine } from '../stage.ts';
import { type Story, same } from '../story.ts';

/** The member signs in, finds the points there, and reads the statement and what earns points. */
export async function memberSeesPoints(stage: Stage): Promise<void> {
  const { story, busy: member } = stage;
  const { name, staffNumber } = stage.cast.busy;
  await story.step(`${name}登录（工号 ${staffNumber}）`, 'the member signs in', async () => {
    accepted(await member.signInAsMember(staffNumber));
  });
  await story.step('积分到账：500 + 2000 + 1000 + 200 = 3700', 'the points have arrived', async () => {
    const balance = await askUntil(
      () => balanceOf(stage, member),
      (seen) => seen >= 3700,
      PAY_SECONDS,
    );
    same('balance', balance, 3700);
  });
  await story.step('查看积分明细：每笔都写明规则', 'the statement: each line names its rule', async () => {
    const { balance, expiringNext, statement } = await accountOf(stage, member);
    tellLines(story, statement.nodes);
    const points = statement.nodes.map((line) => line.points).sort((a, b) => a - b);
    same('lines', points, [200, 500, 1000, 2000]);
    const unexplained = statement.nodes.filter((line) => line.kind !== 'ACCRUAL' || !line.rule);
    same('lines without a rule', unexplained, []);
    same('balance after the last line', statement.nodes[0]?.balanceAfter, balance);
    if (!expiringNext) throw new Error('没有写明积分何时过期。 When the points expire is not told.');
    story.note(`${expiringNext.points} 分可用至 can be spent until ${expiringNext.lastDay}`);
  });
  await story.step('查看哪些事情能得积分', 'what earns points', async () => {
    const { rules } = await member.ask<{ rules: { nodes: { title: string; lines: string[] }[] } }>(
      '{ rules(first: 100) { nodes { title lines } } }',
    );
    for (const { title, lines } of rules.nodes) story.note(`${title}：${lines.join('；')}`);
    const titles = new Set(rules.nodes.map((rule) => rule.title));
    const missing = RULES.filter((rule) => !titles.has(rule.name)).map((rule) => rule.name);
    same('rules that are not shown', missing, []);
  });
}

/** Tells the lines of a statement. */
export function tellLines(story: Story, lines: readonly StatementLine[]): void {
  for (const { day, kind, points, balanceAfter, rule, reason } of lines) {
    const why = reason === null ? (rule?.inWords ?? kind) : `${kind}  ${reason}`;
    story.note(`${day}  ${points > 0 ? '+' : ''}${points}  余额 balance ${balanceAfter}  ${why}`);
  }
}
