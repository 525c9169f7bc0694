import { accepted } from '../client.ts';
import { buyTickets, type DrawSeen, drawOf, lotteryNow, reveal } from '../drawing.ts';
import { ADMIN } from '../happiness-account.ts';
import { BOUGHT_AT_MOST, PARTIES, PIECES, TICKETS_BY_RULE } from '../lottery-terms.ts';
import { type MovedClock, memberAt, operatorAt } from '../moved-clock.ts';
import type { Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';
import { publicFile, sha256, verifyAtHome } from '../verifying.ts';
import type { Played } from './lottery.ts';

interface TicketProof {
  index: number;
  ticket: string;
  holder: string;
  proof: string[];
}

/** The lottery freezes and publishes its list, the parties reveal, it is drawn, and anybody verifies the draw. */
export async function lotteryIsDrawn(stage: Stage, clock: MovedClock, played: Played | undefined): Promise<void> {
  const { story, cast, password } = stage;
  const proofs = await story.step(
    '截止：奖券名单的 Merkle 根公布，各人取得自己的证明',
    'it freezes its list',
    async () => {
      const { id, freezesAt } = needed(played, '抽奖 the lottery').lottery;
      clock.moveTo(new Date(freezesAt));
      await clock.turn('advance-lotteries');
      const { state, ticketCount, root } = await lotteryNow(
        await operatorAt(clock, 'admin', ADMIN.login, password),
        id,
      );
      story.note(`${ticketCount} 张 tickets，根 root ${root}`);
      same('state', state, 'FROZEN');
      const member = await memberAt(clock, cast.thrifty.staffNumber);
      const { ticketProofs } = await member.ask<{ ticketProofs: { nodes: TicketProof[] } }>(
        'query ($id: Id!) { ticketProofs(lotteryId: $id, first: 100) { nodes { index ticket holder proof } } }',
        { id },
      );
      same('proofs', ticketProofs.nodes.length, 1 + TICKETS_BY_RULE + BOUGHT_AT_MOST);
      return ticketProofs.nodes;
    },
  );
  await story.step('截止后买奖券：被拒绝', 'nobody buys after the freeze', async () => {
    const { id: lotteryId } = needed(played, '抽奖 the lottery').lottery;
    const member = await memberAt(clock, cast.busy.staffNumber);
    const answer = await buyTickets(stage, member, 'tickets-late', { lotteryId, count: 1 });
    story.note(refused(answer, 'TICKETS_CLOSED').message);
  });
  await partiesReveal(stage, clock, played);
  const draw = await story.step('1 日 10:00 开奖', 'it is drawn', async () => {
    const { id, drawsAt } = needed(played, '抽奖 the lottery').lottery;
    clock.moveTo(new Date(drawsAt));
    await clock.turn('advance-lotteries');
    const seen = await drawOf(await memberAt(clock, cast.thrifty.staffNumber), id);
    story.note(`抽奖记录 transcript ${seen.transcript}`);
    same('its hash is told', seen.transcriptHash?.length, 64);
    return seen;
  });
  await verify(stage, draw, proofs?.[0]);
}

async function partiesReveal(stage: Stage, clock: MovedClock, played: Played | undefined): Promise<void> {
  const { story, password } = stage;
  await story.step('与承诺不符的随机数：被拒绝', 'bytes that were not committed are refused', async () => {
    const { lottery, secrets } = needed(played, '抽奖 the lottery');
    const party = await operatorAt(clock, 'admin', PARTIES[0].login, password);
    const other = { lotteryId: lottery.id, reveal: secrets[1]!.toString('hex') };
    story.note(refused(await reveal(stage, party, 'reveal-other', other), 'REVEAL_NOT_COMMITTED').message);
  });
  await story.step('名单公布之后，三方公开随机数', 'the parties reveal', async () => {
    const { lottery, secrets } = needed(played, '抽奖 the lottery');
    for (const [i, { login, party }] of PARTIES.entries()) {
      const bytes = secrets[i]!.toString('hex');
      const operator = await operatorAt(clock, 'admin', login, password);
      accepted(await reveal(stage, operator, `reveal-${i}`, { lotteryId: lottery.id, reveal: bytes }));
      story.note(`${party}：${bytes}`);
    }
  });
}

/** As anybody does: the record and the verifier from the server, without signing in, and `node`. */
async function verify(stage: Stage, draw: DrawSeen | undefined, ticket: TicketProof | undefined): Promise<void> {
  const { story, admin } = stage;
  const files = await story.step('任何人下载抽奖记录：SHA-256 与公布的一致', 'anybody has the record', async () => {
    const { transcript: path, transcriptHash } = needed(draw, '抽取 the draw');
    const transcript = await publicFile(`${admin.url}${needed(path ?? undefined, '记录 the transcript')}`);
    same('SHA-256', sha256(transcript), transcriptHash);
    return { transcript, verifier: await publicFile(`${admin.url}/lotteries/verify-draw.mjs`) };
  });
  await story.step('node verify-draw.mjs：核对通过，自己的奖券也在名单中', 'the verifier says yes', async () => {
    const { transcript, verifier } = needed(files, '记录 the transcript');
    const { yes, lines } = await verifyAtHome(verifier, transcript, needed(ticket, '奖券 the ticket'));
    for (const line of lines) story.note(line);
    same('yes', yes, true);
    same('winners', JSON.parse(transcript.toString()).winners.length, PIECES);
  });
  await story.step('换掉一名中奖者：核对不通过', 'with another winner it says no', async () => {
    const { transcript, verifier } = needed(files, '记录 the transcript');
    const forged = JSON.parse(transcript.toString());
    forged.winners[0] = { ...forged.winners[0], ...needed(ticket, '奖券 the ticket'), index: forged.winners[0].index };
    const { yes, lines } = await verifyAtHome(verifier, JSON.stringify(forged));
    for (const line of lines.filter((one) => one.startsWith('✗'))) story.note(line);
    same('yes', yes, false);
  });
}
