/** Everything that an admin may be allowed to do in a branch of the union tree, `<things>:<verb>`. */
export const ADMIN_PERMISSIONS = [
  'unions:read',
  'unions:write',
  'programmes:read',
  'programmes:write',
  'budgets:write',
  'members:read',
  'members:write',
  'rosters:import',
  'events:read',
  'events:record',
  'events:revoke',
  'claims:read',
  'claims:approve',
  'rules:read',
  'rules:write',
  'cards:read',
  'cards:write',
  'notices:read',
  'notices:decide',
  'merchants:read',
  'merchants:write',
  'offers:read',
  'offers:write',
  'offers:approve',
  'settlements:read',
  'settlements:write',
  'settlements:pay',
  'lotteries:read',
  'lotteries:write',
  'competitions:read',
  'competitions:write',
  'studios:read',
  'studios:write',
  'studios:name',
  'achievements:read',
  'achievements:declare',
  'achievements:check',
  'innovation-contracts:read',
  'innovation-contracts:write',
  'benefits:audit',
  'benefits:accept',
  'awards:pay',
  'judging:read',
  'judging:write',
  'scores:submit',
  'ledger:read',
  'points:adjust',
  'figures:read',
  'admins:read',
  'admins:write',
  'audit:read',
  'queues:read',
] as const;

export type AdminPermission = (typeof ADMIN_PERMISSIONS)[number];

/** What each role of an admin may do in the branch for which it is given. */
const ADMIN_ROLES = {
  'federation-admin': ADMIN_PERMISSIONS,
  'programme-admin': [
    'unions:read',
    'programmes:read',
    'programmes:write',
    'budgets:write',
    'members:read',
    'events:read',
    'events:record',
    'events:revoke',
    'claims:read',
    'claims:approve',
    'rules:read',
    'rules:write',
    'cards:read',
    'cards:write',
    'notices:read',
    'notices:decide',
    'merchants:read',
    'merchants:write',
    'offers:read',
    'offers:write',
    'offers:approve',
    'settlements:read',
    'settlements:write',
    'settlements:pay',
    'lotteries:read',
    'lotteries:write',
    'competitions:read',
    'competitions:write',
    'studios:read',
    'studios:write',
    'studios:name',
    'achievements:read',
    'achievements:declare',
    'achievements:check',
    'innovation-contracts:read',
    'innovation-contracts:write',
    'benefits:audit',
    'benefits:accept',
    'awards:pay',
    'judging:read',
    'judging:write',
    'ledger:read',
    'points:adjust',
    'figures:read',
  ],
  'roster-clerk': ['unions:read', 'members:read', 'members:write', 'rosters:import'],
  'event-recorder': ['unions:read', 'programmes:read', 'members:read', 'events:read', 'events:record', 'rules:read'],
  'claims-approver': [
    'unions:read',
    'programmes:read',
    'members:read',
    'events:read',
    'claims:read',
    'claims:approve',
    'rules:read',
  ],
  judge: ['scores:submit'],
  auditor: ADMIN_PERMISSIONS.filter((name) => name.endsWith(':read')),
} as const satisfies Record<string, readonly AdminPermission[]>;

export type AdminRoleName = keyof typeof ADMIN_ROLES;
export const ADMIN_ROLE_NAMES = Object.keys(ADMIN_ROLES) as AdminRoleName[];

/** What a member may do: everything that is the member's own. */
export const MEMBER_PERMISSIONS: ReadonlySet<string> = new Set(['self']);

/**
 * What every admin who has signed in may do besides what the roles give: look after her own session and password
 * ('self'), and ask what became of her requests.
 */
export const SIGNED_IN_ADMIN_PERMISSIONS = ['self', 'outcomes:read'] as const;

/** What every API token may do besides what it lists. */
export const API_TOKEN_PERMISSIONS = ['outcomes:read'] as const;

const COUNTER = [
  'self',
  'vouchers:verify',
  'vouchers:undo',
  'cards:scan',
  'charges:write',
  'charges:refund',
  'counter:read',
] as const;

/** What merchant staff may do, by role. */
const STAFF_ROLES: Record<'owner' | 'cashier', ReadonlySet<string>> = {
  owner: new Set([
    ...COUNTER,
    'charges:refund-of-others',
    'staff:read',
    'staff:write',
    'outlets:write',
    'contracts:read',
    'settlements:read',
    'settlements:confirm',
  ]),
  cashier: new Set(COUNTER),
};

/** What owners may do while their firm is not under contract yet: see how its application stands. */
export const APPLICANT_PERMISSIONS: ReadonlySet<string> = new Set(['self', 'contracts:read']);

const BY_ROLE = new Map<string, ReadonlySet<AdminPermission>>(
  Object.entries(ADMIN_ROLES).map(([role, permissions]) => [role, new Set(permissions)]),
);

/** The permissions of an admin role; none for a role that this version does not know. */
export function adminPermissions(role: string): ReadonlySet<AdminPermission> {
  return BY_ROLE.get(role) ?? new Set();
}

/** The permissions of a role of merchant staff. */
export function staffPermissions(role: 'owner' | 'cashier'): ReadonlySet<string> {
  return STAFF_ROLES[role];
}

export function isAdminRole(name: string): name is AdminRoleName {
  return BY_ROLE.has(name);
}
