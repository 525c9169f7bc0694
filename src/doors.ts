import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { type AuthChecker, buildSchema } from 'type-graphql';
import type { LoadSubjects } from './identity/authenticate.ts';
import type { Door } from './identity/caller.ts';
import type { RequestContext } from './identity/context.ts';
import { loadAdmins } from './identity/load-admins.ts';
import { loadStaff } from './marketplace/load-staff.ts';
import { SpokenError } from './platform/graphql/errors.ts';
import type { Limits } from './platform/graphql/limits.ts';
import { RESOLVERS, type Resolvers } from './resolvers.ts';
import { MemberDevelopmentResolver } from './unions/graphql/member.ts';
import { loadMembers } from './unions/load-members.ts';

export const DOORS: readonly Door[] = ['member', 'merchant', 'admin'];

/** Who the callers of each door are. */
export const SUBJECTS: Record<Door, LoadSubjects> = { member: loadMembers, merchant: loadStaff, admin: loadAdmins };

const PHONE_OR_TILL: Limits = {
  depth: 10,
  cost: 10_000,
  aliases: 20,
  rootFields: 10,
  tokens: 600,
  listItems: 100,
  nesting: 20,
  bodyBytes: 64 * 1024,
};

/**
 * What one request may ask for. An admin's screens are larger, and other systems send events in bulk there. The time
 * that GraphQL's own rules take grows with the square of the tokens: these keep it within a few milliseconds.
 */
export const LIMITS: Record<Door, Limits> = {
  member: PHONE_OR_TILL,
  merchant: PHONE_OR_TILL,
  admin: {
    depth: 12,
    cost: 30_000,
    aliases: 30,
    rootFields: 15,
    tokens: 1_000,
    listItems: 1_000,
    nesting: 40,
    bodyBytes: 256 * 1024,
  },
};

const checkPermission: AuthChecker<RequestContext, string> = ({ context: { caller, rejected } }, [permission]) => {
  if (rejected) throw rejected;
  if (caller === undefined)
    throw new SpokenError(
      'UNAUTHENTICATED',
      {
        zh: '请先登录，并在 Authorization 请求头中带上访问凭证。',
        en: 'Sign in first, and send the access token in the Authorization header.',
      },
      { http: { status: 401 } },
    );
  if (!caller.permissions.has(permission!))
    throw new SpokenError('UNAUTHORIZED', {
      zh: `您没有进行此操作的权限（${permission}），请联系工会管理员。`,
      en: `You lack the permission for this (${permission}); ask your union's administrator.`,
    });
  return true;
};

/**
 * Builds the schema of one door, on its own: what the other doors have does not show in it. In production the
 * mutations that are for development alone are not in it.
 */
export function buildDoorSchema(door: Door, { production }: { production: boolean }): Promise<GraphQLSchema> {
  const resolvers: Resolvers = [...RESOLVERS[door]];
  if (door === 'member' && !production) resolvers.push(MemberDevelopmentResolver);
  return buildSchema({ resolvers, authChecker: checkPermission, validate: false });
}
