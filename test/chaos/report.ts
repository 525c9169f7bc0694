/** What a round came to. */
export interface Round {
  kind: string;
  awayMs: number;
  /** The longest that a client waited whose request was cut. */
  waitedMs: number;
  /** Until jobs had done what the round had left them. */
  doneMs: number;
  answered: number;
  cut: number;
  refused: number;
  repeated: number;
  differences: number;
}

const HEADS = [
  'fault',
  'rounds',
  'answered',
  'refused',
  'cut',
  'sent again',
  'differences',
  'away (median)',
  'away (longest)',
  'longest wait',
  'jobs done (longest)',
];

/** The table of all rounds by kind, as Markdown. */
export function table(rounds: readonly Round[]): string {
  const kinds = [...new Set(rounds.map(({ kind }) => kind))].sort();
  const rows = kinds.map((name) => {
    const ofKind = rounds.filter(({ kind }) => kind === name);
    return rowOf(name, ofKind);
  });
  const lines = [HEADS, HEADS.map((_, i) => (i === 0 ? '---' : '---:')), ...rows, rowOf('all', rounds)];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function rowOf(kind: string, rounds: readonly Round[]): string[] {
  const sum = (of: (round: Round) => number) => rounds.reduce((total, round) => total + of(round), 0).toString();
  const most = (of: (round: Round) => number) => duration(Math.max(...rounds.map(of)));
  const away = rounds.map(({ awayMs }) => awayMs).sort((a, b) => a - b);
  return [
    kind,
    String(rounds.length),
    sum(({ answered }) => answered),
    sum(({ refused }) => refused),
    sum(({ cut }) => cut),
    sum(({ repeated }) => repeated),
    sum(({ differences }) => differences),
    duration(away[Math.floor(away.length / 2)]!),
    most(({ awayMs }) => awayMs),
    most(({ waitedMs }) => waitedMs),
    most(({ doneMs }) => doneMs),
  ];
}

export function duration(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}
