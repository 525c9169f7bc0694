import type { Cast } from './cast.ts';
import { askUntil, type Client } from './client.ts';
import { needed, type Story, same } from './story.ts';

/** Where and by whom the story is played. Each client is somebody at a door, who signs in when the story says so. */
export interface Stage {
  story: Story;
  cast: Cast;
  admin: Client;
  /** The member who earns much. */
  busy: Client;
  /** The member who has too little. */
  thrifty: Client;
  /** The member who claims, volunteers and has points put right. */
  claimant: Client;
  /** The second admin. */
  approver: Client;
  cashier: Client;
  /** DEMO_ADMIN_PASSWORD, which is the second admin's and the cashier's too. */
  password: string;
  /** The branch and its programme, once they are found. */
  setting?: { unionId: string; programmeId: string } | undefined;
}

/** A key of this run alone. */
export const keyOf = ({ cast }: Stage, key: string) => `play:${cast.run}:${key}`;

/** The id of the programme; throws when it was not found. */
export function programmeOf({ setting }: Stage): string {
  return needed(setting, '积分方案 the programme').programmeId;
}

interface Account {
  programmeId: string;
  balance: number;
  owed: number;
  pending: number;
  expiringNext: { points: number; lastDay: string } | null;
  /** The newest line first. */
  statement: { nodes: StatementLine[] };
}

export interface StatementLine {
  kind: string;
  points: number;
  balanceAfter: number;
  day: string;
  rule: { ruleName: string; number: number; inWords: string } | null;
  reason: string | null;
}

/** How long points may take to arrive, in seconds. */
export const PAY_SECONDS = 30;

/** A member's account in the programme, with the latest lines of its statement. */
export async function accountOf(stage: Stage, member: Client): Promise<Account> {
  const { accounts } = await member.ask<{ accounts: Account[] }>(
    `{
      accounts {
        programmeId balance owed pending expiringNext { points lastDay }
        statement(first: 20) { nodes { kind points balanceAfter day reason rule { ruleName number inWords } } }
      }
    }`,
  );
  const account = accounts.find((one) => one.programmeId === programmeOf(stage));
  if (!account) throw new Error('会员没有这个方案的账户。 The member has no account in the programme.');
  return account;
}

/** What a member can spend now. */
export async function balanceOf(stage: Stage, member: Client): Promise<number> {
  return (await accountOf(stage, member)).balance;
}

/** Waits until so many points have arrived and checks that it is so many. */
export async function arrived(stage: Stage, member: Client, balance: number): Promise<Account> {
  const ask = () => accountOf(stage, member);
  const account = await askUntil(ask, (seen) => seen.balance >= balance, PAY_SECONDS);
  same('balance', account.balance, balance);
  return account;
}
