/** The three doors of the API. A token is good for one of them. */
export type Door = 'member' | 'merchant' | 'admin';

interface Signed {
  /** Who acts, as audit records and idempotency keys name it: "member:<id>", "operator:<id>", "api-token:<id>". */
  actor: string;
  /** Null for an API token, which has no session. */
  sessionId: string | null;
  permissions: ReadonlySet<string>;
}

export interface MemberCaller extends Signed {
  door: 'member';
  memberId: string;
}

export interface StaffCaller extends Signed {
  door: 'merchant';
  operatorId: string;
  merchantId: string;
  /** The one outlet at which this person works; null when at all of them. */
  outletId: string | null;
}

/** Who a merchant's request numbers belong to: all its tills together. */
export function merchantActor({ merchantId }: Pick<StaffCaller, 'merchantId'>): string {
  return `merchant:${merchantId}`;
}

/** What an admin may do in one branch of the union tree. */
export interface Grant {
  unionPath: string;
  permissions: ReadonlySet<string>;
}

export interface AdminCaller extends Signed {
  door: 'admin';
  /** Null for an API token. */
  operatorId: string | null;
  grants: readonly Grant[];
}

export type Caller = MemberCaller | StaffCaller | AdminCaller;

/** Whether an admin holds a permission in the branch that a union belongs to. Paths end in "/", so a prefix is a branch. */
export function mayIn(caller: AdminCaller, permission: string, unionPath: string): boolean {
  return caller.grants.some((grant) => grant.permissions.has(permission) && unionPath.startsWith(grant.unionPath));
}
