import type { Cast } from './cast.ts';
import type { Client } from './client.ts';
import { needed, type Story } from './story.ts';

/** Where and by whom the story is played. Each client is somebody at a door, who signs in when the story says so. */
export interface Stage {
  story: Story;
  cast: Cast;
  admin: Client;
  /** The member who earns much. */
  busy: Client;
  /** The member who has too little. */
  thrifty: Client;
  cashier: Client;
  /** DEMO_ADMIN_PASSWORD, which is the cashier's too. */
  password: string;
  /** The branch and its programme, once they are found. */
  setting?: { unionId: string; programmeId: string } | undefined;
}

/** The id of the programme; throws when it was not found. */
export function programmeOf({ setting }: Stage): string {
  return needed(setting, '积分方案 the programme').programmeId;
}

interface Account {
  programmeId: string;
  balance: number;
  expiringNext: { points: number; lastDay: string } | null;
  /** The newest line first. */
  statement: { nodes: StatementLine[] };
}

export interface StatementLine {
  kind: string;
  points: number;
  balanceAfter: number;
  day: string;
  rule: { inWords: string } | null;
}

/** How long points may take to arrive, in seconds. */
export const PAY_SECONDS = 30;

/** A member's account in the programme, with the latest lines of its statement. */
export async function accountOf(stage: Stage, member: Client): Promise<Account> {
  const { accounts } = await member.ask<{ accounts: Account[] }>(
    `{
      accounts {
        programmeId balance expiringNext { points lastDay }
        statement(first: 20) { nodes { kind points balanceAfter day rule { inWords } } }
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
