import { writeXlsxStream } from 'hucre/xlsx';
import type { EntityManager } from 'typeorm';
import { findMembers, findUnions } from '../../unions/queries.ts';
import { MOST_REWARDS } from './limits.ts';
import { linesOfRewards, rewardsOfLists } from './queries.ts';
import type { RewardList } from './reward-list.entity.ts';

const COLUMNS: readonly { header: string; width: number; numFmt?: string }[] = [
  { header: '序号', width: 8 },
  { header: '成果', width: 40 },
  { header: '姓名', width: 14 },
  { header: '工号', width: 16 },
  { header: '所属工会', width: 30 },
  { header: '份额（%）', width: 10, numFmt: '0.00' },
  { header: '现金（元）', width: 16, numFmt: '#,##0.00' },
  { header: '积分', width: 12, numFmt: '#,##0' },
];

type Row = (string | number | null)[];

/** A list of rewards as .xlsx: a line for each author of each achievement, and their sum. */
export function writeRewardFile(db: EntityManager, list: RewardList): ReadableStream<Uint8Array> {
  return writeXlsxStream(rowsOf(db, list), { name: '创新奖励发放表', columns: [...COLUMNS], freezePane: { rows: 1 } });
}

async function* rowsOf(db: EntityManager, list: RewardList): AsyncGenerator<Row> {
  const page = (await rewardsOfLists(db, [list.id], { first: MOST_REWARDS, after: undefined })).get(list.id);
  const rewards = page?.items ?? [];
  const lines = await linesOfRewards(
    db,
    rewards.map(({ id }) => id),
  );
  const memberIds = new Set([...lines.values()].flatMap((some) => some.map(({ memberId }) => memberId)));
  const members = new Map((await findMembers(db, [...memberIds])).map((member) => [member.id, member]));
  const unions = await findUnions(db, [...new Set([...members.values()].map(({ unionId }) => unionId))]);
  const names = new Map(unions.map(({ id, name }) => [id, name]));
  for (const { id, number, title } of rewards)
    for (const { memberId, payee, share, fen, points } of lines.get(id)!) {
      const { staffNumber, unionId } = members.get(memberId)!;
      yield [number, title, payee, staffNumber, names.get(unionId)!, share / 100, fen / 100, points];
    }
  yield ['合计', null, null, null, null, null, list.moneyFen / 100, list.points];
}
