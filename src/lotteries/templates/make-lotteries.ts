import { addDays, beijingDay, beijingMonth, startOfDay } from '../../platform/clock.ts';
import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { Lottery } from '../lottery.entity.ts';
import { type LotteryTimes, type Timetable, timesOf } from '../set-up/terms.ts';
import { writeLottery } from '../set-up/write-lottery.ts';
import { monthsBefore } from '../tickets/recent-winners.ts';
import { LotteryTemplate } from './template.entity.ts';

/** A lottery is made 30 days before its opening at the most, and opens 60 days before its draw at the most. */
const MONTHS_AHEAD = 3;

/**
 * Makes the drafts that an active template has to have by now: those of this month, even when their day has gone by
 * unseen since the template became active, and those of later months that are to be made as long before. There is one
 * for each template and month, however often and on however many machines this runs. Resolves with the number made.
 */
export async function makeLotteries({ db, clock }: Deps, templateId: string): Promise<number> {
  const now = clock.now();
  return inTransaction(db, async (tx) => {
    await tx.query('SELECT id FROM lottery_template WHERE id = ? FOR UPDATE', [templateId]);
    const template = await tx.findOneBy(LotteryTemplate, { id: templateId });
    if (template?.state !== 'active') return 0;
    let made = 0;
    for (const month of monthsFrom(beijingMonth(now))) {
      const times = timesOf(template.terms.timetable, month);
      const isDue = madeAt(template.terms.timetable, times) <= now && times.drawsAt > template.activeSince;
      if (isDue && (await makeOnce(tx, template, month, times, now))) made += 1;
    }
    return made;
  });
}

async function makeOnce(
  tx: Tx,
  template: LotteryTemplate,
  month: string,
  times: LotteryTimes,
  now: Date,
): Promise<boolean> {
  const { id: templateId, programmeId, name, terms } = template;
  if (await tx.existsBy(Lottery, { templateId, month })) return false;
  const lottery = { programmeId, templateId, month, name: `${name}（${month}）`, ...times, terms: terms.lottery };
  await writeLottery(tx, lottery, now);
  return true;
}

function madeAt({ madeDaysBefore }: Timetable, { opensAt }: LotteryTimes): Date {
  return startOfDay(addDays(beijingDay(opensAt), -madeDaysBefore));
}

function monthsFrom(month: string): string[] {
  return Array.from({ length: MONTHS_AHEAD + 1 }, (_, ahead) => monthsBefore(month, -ahead));
}
