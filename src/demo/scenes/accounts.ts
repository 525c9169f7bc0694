import { accountOf, programmeOf, type Stage } from '../stage.ts';
import { atLeast, needed, same } from '../story.ts';
import { tellLines } from './points.ts';

/** Where the points of the programme are. */
export interface Figures {
  budget: number;
  issued: number;
  withMembers: number;
  inVouchers: number;
  withMerchants: number;
}

export async function figuresOf(stage: Stage): Promise<Figures> {
  const { programmeFigures } = await stage.admin.ask<{ programmeFigures: Figures }>(
    `query ($programmeId: Id!) {
      programmeFigures(programmeId: $programmeId) { budget issued withMembers inVouchers withMerchants }
    }`,
    { programmeId: programmeOf(stage) },
  );
  return programmeFigures;
}

/** In the end the member's statement and the programme's figures say what has happened. */
export async function allAddsUp(stage: Stage, before: Figures | undefined): Promise<void> {
  const { story, busy } = stage;
  await story.step('会员的明细：收、支、退都在', "the member's statement has it all", async () => {
    const { balance, statement } = await accountOf(stage, busy);
    tellLines(story, statement.nodes);
    const latest = statement.nodes.slice(0, 6).map(({ kind, points }) => `${kind} ${points}`);
    same('latest lines', latest, [
      ...['REFUND 300', 'CHARGE -900', 'CHARGE -280'],
      ...['REVERSAL 180', 'REDEMPTION -180', 'REDEMPTION -150'],
    ]);
    same('balance, and after the last line', [balance, statement.nodes[0]?.balanceAfter], [2670, 2670]);
  });
  await story.step(
    '方案的账：净发放 4700 分，商户得 150 + 280 + 900 − 300 = 1030 分',
    '4,700 points issued, 1,030 with the merchant',
    async () => {
      const was = needed(before, '开始时的数字 the figures at the beginning');
      const now = await figuresOf(stage);
      story.note(`预算 budget ${now.budget}，已发 issued ${now.issued}，商户 with merchants ${now.withMerchants}`);
      story.note(`会员 with members ${now.withMembers}，待用的券 in vouchers ${now.inVouchers}`);
      atLeast('issued since the beginning', now.issued - was.issued, 4700);
      atLeast('gone to merchants since the beginning', now.withMerchants - was.withMerchants, 1030);
      atLeast('budget', now.budget, now.issued);
    },
  );
}
