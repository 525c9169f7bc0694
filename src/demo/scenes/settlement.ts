import { createHash } from 'node:crypto';
import { accepted, askUntil, Client, send } from '../client.ts';
import { CINEMA } from '../past-month.ts';
import {
  confirmStatement,
  payStatement,
  readStatement,
  type Statement,
  type StatementSeen,
  sendStatement,
  statementsOf,
} from '../settling.ts';
import { keyOf, type Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';

const OWNER = 'cinema-owner';
const REFERENCE = '演示付款-0001';
const FILE_SECONDS = 30;

/**
 * The statement of a past month is sent to its merchant, who confirms it, and a second admin enters the payment. It is
 * settled once: a later run finds it settled by the same acts.
 */
export async function statementIsSettled(stage: Stage): Promise<void> {
  const { story } = stage;
  const owner = new Client(stage.admin.url, 'merchant');
  const statement = await story.step(`${CINEMA.name}往月的结算单`, 'the statement of a past month', async () => {
    const found = (await statementsOf(stage)).find(({ merchant }) => merchant.name === CINEMA.name);
    const { month, points, fen, lineCount } = needed(found, '结算单 the statement');
    story.note(`${month}：${points} 分，${fen / 100} 元 yuan，${lineCount} 笔 lines`);
    same('points, fen, lines', [points, fen, lineCount], [700, 7_000, 2]);
    return found;
  });
  await story.step('工会发给商户', 'the union sends it to the merchant', async () => {
    const { state } = accepted(await sendStatement(stage, idOf(statement)));
    same('a draft still', state === 'DRAFT', false);
  });
  await merchantReads(stage, owner, statement);
  await story.step('店主确认；再确认一次被拒绝', 'the owner confirms it, once', async () => {
    accepted(await confirmStatement(owner, 'demo:settle:confirm', idOf(statement)));
    const again = await confirmStatement(owner, keyOf(stage, 'confirm-again'), idOf(statement));
    story.note(refused(again, 'STATEMENT_CONFIRMED').message);
  });
  await pay(stage, statement);
}

const idOf = (statement: Statement | undefined) => needed(statement, '结算单 the statement').id;

/** The lines are what the members used, and the file is the one whose sum is told. */
async function merchantReads(stage: Stage, owner: Client, statement: Statement | undefined): Promise<void> {
  const { story, password } = stage;
  const seen = await story.step(`店主 ${OWNER} 逐笔查看`, 'the owner reads its lines', async () => {
    accepted(await owner.signIn(OWNER, password));
    const read = () => readStatement(owner, idOf(statement));
    const whole = await askUntil(read, (one) => one?.files.length === 2, FILE_SECONDS);
    const { lines, points, fen } = needed(whole, '结算单 the statement');
    for (const line of lines) story.note(`${line.day}  ${line.what}  ${line.points} 分 × ${line.rateFen} 分钱`);
    same(
      'kinds',
      lines.map((line) => line.kind),
      ['VERIFICATION', 'VERIFICATION'],
    );
    const sums = lines.reduce(([p, f], line) => [p! + line.points, f! + line.fen], [0, 0]);
    same('sums of the lines', sums, [points, fen]);
    return whole;
  });
  await story.step('下载 CSV，SHA-256 与结算单所载一致', 'the CSV has the SHA-256 that is told', async () => {
    const csv = needed(fileOf(seen, 'CSV'), 'CSV 文件 the file');
    const bytes = Buffer.from(await (await send(`${owner.url}${csv.url}`, {})).arrayBuffer());
    story.note(`${bytes.length} 字节 bytes，SHA-256 ${csv.sha256}`);
    same('SHA-256', createHash('sha256').update(bytes).digest('hex'), csv.sha256);
  });
}

const fileOf = (seen: StatementSeen | undefined, format: string) => seen?.files.find((file) => file.format === format);

async function pay(stage: Stage, statement: Statement | undefined): Promise<void> {
  const { story, admin, approver } = stage;
  await story.step('发出结算单的人不能登记付款', 'who sent it cannot enter the payment', async () => {
    story.note(refused(await payStatement(admin, idOf(statement), REFERENCE), 'SECOND_PERSON_NEEDED').message);
  });
  await story.step('第二位管理员登记付款', 'the second admin enters it', async () => {
    const paid = accepted(await payStatement(approver, idOf(statement), REFERENCE));
    same('state, reference', [paid.state, paid.paymentReference], ['PAID', REFERENCE]);
  });
}
