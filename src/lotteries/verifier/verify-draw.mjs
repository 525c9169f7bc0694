#!/usr/bin/env node
// 核对一次抽奖 · Checks a draw.
//
//   node verify-draw.mjs transcript.json [--ticket ticket.json]
//
// One file, nothing to install, no network: Node 18 or newer. It says 0 (yes) or 1 (no) to the shell. What it checks, and
// how, is written in draw.md, from which anyone can write another verifier. It shares no code with the platform.
import { createHash, createHmac } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const QUICKNET = {
  chain: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  genesis: 1692803367,
  period: 3,
};

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const hmac = (key, ...parts) => {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
};
const bytes = (hex) => Buffer.from(hex, 'hex');
const uint64 = (value) => {
  const eight = Buffer.alloc(8);
  eight.writeBigUInt64BE(BigInt(value));
  return eight;
};

/** A "no", in Chinese and in English. */
class No extends Error {
  constructor(zh, en) {
    super(en);
    this.zh = zh;
    this.en = en;
  }
}
const insist = (holds, zh, en) => {
  if (!holds) throw new No(zh, en);
};

// ---- The shape of the files ----------------------------------------------------------------------------------------

const text = (value) => typeof value === 'string' && value.length <= 1000 && !/\p{Surrogate}/u.test(value);
const hex = (length) => (value) =>
  typeof value === 'string' && value.length === 2 * length && /^[0-9a-f]+$/.test(value);
const hash = hex(32);
const hashOrNull = (value) => value === null || hash(value);
const one = (wanted) => (value) => value === wanted;
const from = (least) => (value) => Number.isSafeInteger(value) && value >= least;
const round = (value) => from(1)(value) && value <= 100_000_000_000;
const id = (value) => typeof value === 'string' && /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(value);
const ticketName = (value) => typeof value === 'string' && /^[0-7][0-9A-HJKMNP-TV-Z]{25}-[1-9][0-9]{0,15}$/.test(value);
const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$/;
const instant = (value) =>
  typeof value === 'string' &&
  INSTANT.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString() === value;
const month = (value) => typeof value === 'string' && /^[0-9]{4}-(0[1-9]|1[0-2])$/.test(value);

const PLACE = { place: from(1), prize: from(1) };
const LISTED = { index: from(0), ticket: ticketName, holder: hash, proof: [hash] };
const SOURCES = {
  drand: { kind: one('drand'), chain: hash, round },
  reveals: { kind: one('reveals'), parties: [{ name: text, commitment: hash }] },
};
const ENTROPIES = {
  drand: { ...SOURCES.drand, signature: hex(48), randomness: hash },
  reveals: { kind: one('reveals'), parties: [{ name: text, commitment: hash, reveal: hashOrNull }] },
};
const reason = (value) => value === 'has_won' || value === 'excluded';
const transcriptShape = (kind) => ({
  format: one('xingfu-transcript-1'),
  announcement: {
    format: one('xingfu-announcement-1'),
    algorithm: one('xingfu-draw-1'),
    lottery: { id, name: text, programme: text, period: month },
    drawNumber: from(1),
    commitment: { hash, publishedAt: instant },
    frozen: { root: hash, count: from(0), at: instant },
    announcedAt: instant,
    prizes: [{ tier: text, what: text, quantity: from(1) }],
    excluded: [{ holder: hash, drawNumber: from(1), place: from(1) }],
    source: SOURCES[kind],
  },
  digest: hash,
  seed: hash,
  entropy: ENTROPIES[kind],
  winners: [{ ...PLACE, ...LISTED }],
  passedOver: [{ ...PLACE, ...LISTED, reason }],
  notDrawn: [PLACE],
});

/** Every field is there, none is unknown, and each has its form: what nobody checks must not stand in a transcript. */
function fits(value, shape, at) {
  const wrong = [`${at} 的格式不对`, `${at} has not the form that it must have`];
  if (typeof shape === 'function') return insist(shape(value), ...wrong);
  insist(typeof value === 'object' && value !== null && Array.isArray(value) === Array.isArray(shape), ...wrong);
  if (Array.isArray(shape)) {
    for (const [i, entry] of value.entries()) fits(entry, shape[0], `${at}[${i}]`);
    return;
  }
  for (const key of Object.keys(value))
    insist(Object.hasOwn(shape, key), `不认识 ${at}.${key}`, `${at}.${key} is unknown`);
  for (const key of Object.keys(shape)) {
    insist(Object.hasOwn(value, key), `缺少 ${at}.${key}`, `${at}.${key} is missing`);
    fits(value[key], shape[key], `${at}.${key}`);
  }
}

/** JSON with one way to be written: RFC 8785 for objects with ASCII keys, lists, strings and whole numbers. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

// ---- The parts of the proof ----------------------------------------------------------------------------------------

/** Whether a ticket stands at its index in the list of `count` tickets that has this root. */
function isListed({ index, ticket, holder, proof }, { root, count }) {
  if (index >= count) return false;
  let reached = sha256('\0', uint64(index), ticket, '\0', bytes(holder));
  let place = index;
  let width = count;
  let used = 0;
  while (width > 1) {
    const isLast = place === width - 1;
    if (place % 2 === 1) reached = sha256('\x01', bytes(proof[used++] ?? ''), reached);
    else if (!isLast) reached = sha256('\x01', reached, bytes(proof[used++] ?? ''));
    place = Math.floor(place / 2);
    width = Math.ceil(width / 2);
  }
  return used === proof.length && reached.toString('hex') === root;
}

/** The indices in the order in which the key draws them. */
function* drawnIndices(key, count) {
  const waiting = [];
  let block = 0;
  const next = () => {
    if (waiting.length === 0) {
      const four = hmac(key, uint64(block++));
      for (let at = 0; at < 32; at += 8) waiting.push(four.readBigUInt64BE(at));
    }
    return waiting.shift();
  };
  const moved = new Map();
  for (let i = 0; i < count; i++) {
    const m = BigInt(count - i);
    const limit = ((1n << 64n) / m) * m;
    let number = next();
    while (number >= limit) number = next();
    const at = i + Number(number % m);
    yield moved.get(at) ?? at;
    moved.set(at, moved.get(i) ?? i);
  }
}

function entropyOf(entropy) {
  if (entropy.kind === 'drand') {
    insist(entropy.chain === QUICKNET.chain, '不是 drand quicknet 链', 'the chain is not that of drand quicknet');
    const isHash = sha256(bytes(entropy.signature)).toString('hex') === entropy.randomness;
    insist(isHash, '随机数不是签名的哈希', 'the randomness is not the hash of the signature');
    return bytes(entropy.randomness);
  }
  const { parties } = entropy;
  const revealed = parties.filter(({ reveal }) => reveal !== null);
  insist(parties.length >= 3, '参与方不足三方', 'fewer than three parties are named');
  insist(revealed.length >= 2, '公开随机数的不足两方', 'fewer than two parties revealed');
  for (const word of ['name', 'commitment']) {
    const distinct = new Set(parties.map((party) => party[word])).size === parties.length;
    insist(distinct, '两个参与方相同', `two parties share a ${word}`);
  }
  for (const { name, commitment, reveal } of revealed) {
    const matches = sha256('xingfu-reveal\0', bytes(reveal)).toString('hex') === commitment;
    insist(matches, `${name}公开的随机数与其承诺不符`, `the reveal of ${name} does not match its commitment`);
  }
  return sha256(
    'xingfu-reveals\0',
    ...parties.flatMap(({ reveal }) => (reveal === null ? ['\0'] : ['\x01', bytes(reveal)])),
  );
}

const roundTime = (round) => (QUICKNET.genesis + (round - 1) * QUICKNET.period) * 1000;

// ---- The checks ----------------------------------------------------------------------------------------------------

function checkShape(transcript) {
  const kind = transcript?.announcement?.source?.kind;
  insist(Object.hasOwn(SOURCES, kind ?? ''), '不认识随机数的来源', 'the source of the entropy is unknown');
  fits(transcript, transcriptShape(kind), 'transcript');
  insist(transcript.announcement.prizes.length > 0, '没有奖项', 'there are no prizes');
}

function checkDigest({ announcement, digest }) {
  const holds = sha256(canonical(announcement)).toString('hex') === digest;
  insist(holds, '公告与其摘要不符', 'the announcement does not have the digest that is given');
}

function checkSeed({ announcement, seed }) {
  const holds = sha256('xingfu-seed\0', bytes(seed)).toString('hex') === announcement.commitment.hash;
  insist(holds, '种子与事先公布的承诺不符', 'the seed does not match its commitment');
}

function checkEntropy({ announcement, entropy }) {
  entropyOf(entropy);
  const source =
    entropy.kind === 'drand'
      ? { kind: 'drand', chain: entropy.chain, round: entropy.round }
      : { kind: 'reveals', parties: entropy.parties.map(({ name, commitment }) => ({ name, commitment })) };
  const announced = canonical(source) === canonical(announcement.source);
  insist(announced, '随机数不是来自公告的来源', 'the entropy is not of the source that was announced');
}

function checkTimes({ announcement }) {
  const { commitment, frozen, announcedAt, drawNumber, source } = announcement;
  const late = ['先后次序不对', 'the instants are not in order'];
  insist(commitment.publishedAt <= announcedAt && frozen.at <= announcedAt, ...late);
  insist(drawNumber > 1 || commitment.publishedAt <= frozen.at, ...late);
  if (source.kind === 'drand') {
    const isLater = roundTime(source.round) > Date.parse(announcedAt);
    insist(isLater, '公告时该轮随机数已经产生', 'the drand round existed when the draw was announced');
  }
}

function checkExcluded({ announcement: { excluded, drawNumber } }) {
  const distinct = new Set(excluded.map(({ holder }) => holder)).size === excluded.length;
  insist(distinct, '同一持有人被排除两次', 'a holder is excluded twice');
  const isEarlier = excluded.every((winner) => winner.drawNumber < drawNumber);
  insist(isEarlier, '被排除者并非先前的中奖者', 'an excluded holder is of no earlier draw');
}

function checkListed({ announcement, winners, passedOver }) {
  for (const entry of [...winners, ...passedOver]) {
    const { index, ticket } = entry;
    insist(
      isListed(entry, announcement.frozen),
      `第 ${index} 号奖券 ${ticket} 不在冻结的名单中`,
      `ticket ${ticket} is not at ${index} in the list`,
    );
  }
}

/** Draws again, and finds the very tickets of the transcript in the very order. */
function checkDrawing({ announcement, digest, seed, entropy, winners, passedOver, notDrawn }) {
  const { frozen, prizes, excluded } = announcement;
  const all = prizes.reduce((sum, { quantity }) => sum + quantity, 0);
  insist(all === winners.length + notDrawn.length, '名次的数目与奖项不符', 'there are not as many places as prizes');
  const places = prizes.flatMap(({ quantity }, i) => Array(quantity).fill(i + 1));
  for (const [i, { place, prize }] of [...winners, ...notDrawn].entries())
    insist(place === i + 1 && prize === places[i], `第 ${i + 1} 名的奖项不对`, `place ${i + 1} has not its prize`);

  const key = hmac(bytes(seed), 'xingfu-draw-1\0', bytes(digest), entropyOf(entropy));
  const indices = drawnIndices(key, frozen.count);
  const barred = new Set(excluded.map(({ holder }) => holder));
  const won = new Set();
  let passed = 0;
  const passOver = (index) => {
    const entry = passedOver[passed++];
    const why = entry && (won.has(entry.holder) ? 'has_won' : barred.has(entry.holder) ? 'excluded' : null);
    const holds = entry?.index === index && entry.reason === why;
    const isHere = holds && entry.place === won.size + 1 && entry.prize === places[won.size];
    insist(
      isHere,
      `抽出的第 ${index} 号奖券未如实记录`,
      `the ticket at ${index} was drawn and is not told of as it was`,
    );
  };
  while (won.size < winners.length) {
    const { value: index, done } = indices.next();
    insist(!done, '中奖者多于奖券', 'there are more winners than tickets');
    const winner = winners[won.size];
    if (winner.index !== index || won.has(winner.holder) || barred.has(winner.holder)) passOver(index);
    else won.add(winner.holder);
  }
  // Places may stay empty only when no ticket is left.
  if (notDrawn.length > 0) for (const index of indices) passOver(index);
  insist(passed === passedOver.length, '记录了未被抽出的奖券', 'a ticket is told of that was not drawn');
  const names = [...winners, ...passedOver].map(({ ticket }) => ticket);
  insist(new Set(names).size === names.length, '同一张奖券出现两次', 'a ticket stands twice in the list');
}

const CHECKS = [
  [checkShape, '文件完整，格式正确', 'the file is whole and has its form'],
  [checkDigest, '公告与其摘要相符', 'the announcement has the digest that is given'],
  [checkSeed, '种子与事先公布的承诺相符', 'the seed is the one that was committed'],
  [checkEntropy, '公开随机数来自公告的来源，且前后一致', 'the entropy is of the announced source and coherent'],
  [checkTimes, '承诺、冻结、公告、随机数的先后次序正确', 'commitment, freeze, announcement and entropy are in order'],
  [checkExcluded, '被排除者均为先前的中奖者', 'who was excluded had won before'],
  [checkListed, '每张抽出的奖券都在冻结的名单中', 'every drawn ticket stands in the frozen list'],
  [checkDrawing, '重新抽取，结果完全一致', 'drawn again, the result is the very same'],
];

/** What nobody can check without the network or a memory: to be compared by whoever wants to be sure. */
function toCompare({ announcement, digest, entropy }) {
  const list = [
    {
      zh: `公告摘要 ${digest} 应与 ${announcement.announcedAt} 公布的一致`,
      en: `the digest ${digest} is the one that was public at ${announcement.announcedAt}`,
    },
    {
      zh: `种子承诺 ${announcement.commitment.hash} 应与 ${announcement.commitment.publishedAt} 公布的一致`,
      en: `the commitment ${announcement.commitment.hash} is the one that was public at ${announcement.commitment.publishedAt}`,
    },
  ];
  if (entropy.kind === 'drand') {
    const url = `https://api.drand.sh/${entropy.chain}/public/${entropy.round}`;
    const at = new Date(roundTime(entropy.round)).toISOString();
    list.push({
      zh: `drand 第 ${entropy.round} 轮（${at}）的签名应与 ${url} 一致`,
      en: `the signature of drand round ${entropy.round} (${at}) is that of ${url}`,
    });
  } else {
    for (const { name, reveal } of entropy.parties)
      list.push({
        zh: `请向${name}核实：${reveal === null ? '其未公开随机数' : `其公开的随机数为 ${reveal}`}`,
        en: `ask ${name}: it ${reveal === null ? 'withheld its reveal' : `revealed ${reveal}`}`,
      });
  }
  return list;
}

const answer = (lines, no) => {
  if (!(no instanceof No)) throw no;
  return { ok: false, lines: [...lines, { ok: false, zh: no.zh, en: no.en }], compare: [] };
};

/** Checks a transcript (parsed JSON): { ok, lines: what was checked, compare: what remains to be compared }. */
export function verifyTranscript(transcript) {
  const lines = [];
  try {
    for (const [check, zh, en] of CHECKS) {
      check(transcript);
      lines.push({ ok: true, zh, en });
    }
    return { ok: true, lines, compare: toCompare(transcript) };
  } catch (no) {
    return answer(lines, no);
  }
}

/** Checks that a ticket was in the list of a transcript which was checked before; with a memberId, that it was hers. */
export function verifyTicket(transcript, ticket) {
  try {
    const isOfMember = typeof ticket === 'object' && ticket !== null && Object.hasOwn(ticket, 'memberId');
    const { holder, ...shape } = LISTED;
    fits(ticket, isOfMember ? { ...shape, memberId: id } : LISTED, 'ticket');
    const { announcement, winners, passedOver } = transcript;
    const ofMember = () => sha256(`xingfu-holder\0${announcement.lottery.id}\0${ticket.memberId}`).toString('hex');
    const entry = { ...ticket, holder: isOfMember ? ofMember() : ticket.holder };
    const { index, ticket: name } = entry;
    insist(isListed(entry, announcement.frozen), `奖券 ${name} 不在名单中`, `ticket ${name} was not in the list`);
    const win = winners.find((winner) => winner.index === index);
    const isPassed = passedOver.some((passed) => passed.index === index);
    const zh = win ? `，中得第 ${win.place} 名` : isPassed ? '，抽出后按规则跳过' : '，未被抽出';
    const en = win ? ` and won place ${win.place}` : isPassed ? ', was drawn and passed over' : ', and was not drawn';
    const line = {
      ok: true,
      zh: `奖券 ${name} 在名单中（第 ${index} 号）${zh}`,
      en: `ticket ${name} was in the list at ${index}${en}`,
    };
    return { ok: true, lines: [line], compare: [] };
  } catch (no) {
    return answer([], no);
  }
}

// ---- The command ---------------------------------------------------------------------------------------------------

const titleOf = ({ announcement: { lottery, drawNumber, frozen }, winners }) =>
  `${lottery.programme} · ${lottery.name} · ${lottery.period}（${lottery.id}）\n` +
  `第 ${drawNumber} 次抽取，奖券 ${frozen.count} 张，中奖 ${winners.length} 名 · ` +
  `draw ${drawNumber}, ${frozen.count} tickets, ${winners.length} winners`;

function main(args) {
  const [file, option, ticketFile] = args;
  if (!file || (args.length !== 1 && !(args.length === 3 && option === '--ticket'))) {
    console.error('node verify-draw.mjs transcript.json [--ticket ticket.json]');
    return 1;
  }
  const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
  const transcript = read(file);
  const answers = [verifyTranscript(transcript)];
  if (answers[0].ok && ticketFile) answers.push(verifyTicket(transcript, read(ticketFile)));
  if (answers[0].ok) console.log(titleOf(transcript));
  const print = (mark, { zh, en }) => console.log(`${mark} ${zh}\n  ${en}`);
  for (const { lines } of answers) for (const line of lines) print(line.ok ? '✓' : '✗', line);
  for (const line of answers.flatMap(({ compare }) => compare)) print('→ 请自行核对 · compare:', line);
  const ok = answers.every((one) => one.ok);
  console.log(ok ? '核对通过 · The draw is as it must be.' : '核对不通过 · This is not right.');
  return ok ? 0 : 1;
}

if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
  try {
    process.exitCode = main(process.argv.slice(2));
  } catch (error) {
    console.error(`✗ 无法读取 · cannot be read: ${error.message}`);
    process.exitCode = 1;
  }
}
