import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar } from '../../platform/graphql/scalars.ts';
import { adminsIn, apiTokensIn, auditRecordsIn, findAdmins, findApiTokensById } from '../admin-queries.ts';
import { mayIn } from '../caller.ts';
import type { AdminContext } from '../context.ts';
import { createAdmin } from '../create-admin.ts';
import { createApiToken } from '../create-api-token.ts';
import { disableAdmin } from '../disable-operator.ts';
import { grantRole } from '../grant-role.ts';
import { Permission } from '../permission.ts';
import { branchesOf, pathOfUnion } from '../queries.ts';
import { revokeApiToken } from '../revoke-api-token.ts';
import { revokeRole } from '../revoke-role.ts';
import { AuditArgs, CreateAdminArgs, CreateApiTokenArgs, RoleOfAdminArgs } from './admin-args.ts';
import {
  AdminConnection,
  AdminView,
  ApiTokenConnection,
  ApiTokenView,
  AuditRecordConnection,
  type AuditRecordView,
  adminView,
  apiTokenView,
  auditRecordView,
  NewApiTokenView,
} from './admin-views.ts';

const CreateAdminResult = resultType('CreateAdmin', AdminView);
const GrantRoleResult = resultType('GrantRole', AdminView);
const RevokeRoleResult = resultType('RevokeRole', AdminView);
const DisableAdminResult = resultType('DisableAdmin', AdminView);
const CreateApiTokenResult = resultType('CreateApiToken', NewApiTokenView);
const RevokeApiTokenResult = resultType('RevokeApiToken', ApiTokenView);

const GRANTING = 'ROLE_UNKNOWN, UNION_UNKNOWN, ROLE_BEYOND_YOURS';
const BRANCH = { nullable: true, description: 'Only the branch of this union; all your branches when not given.' };

/** The branches in which the caller holds a permission, or one union's branch; none when that is not the caller's. */
async function branches(
  { deps, caller }: AdminContext,
  permission: string,
  unionId: string | null | undefined,
): Promise<string[]> {
  if (!unionId) return branchesOf(caller, permission);
  const path = await pathOfUnion(deps.db.manager, unionId);
  return path !== undefined && mayIn(caller, permission, path) ? [path] : [];
}

/** Shows the admin whom a mutation made or changed, with the roles in the caller's branches, or why it did nothing. */
export async function adminAnswer(context: AdminContext, outcome: Outcome): Promise<AdminView | RefusalView> {
  if (!outcome.ok) return refusalView(outcome.refusal, context.language);
  const mine = branchesOf(context.caller, 'admins:read');
  const [admin] = await findAdmins(context.deps.db.manager, [outcome.value], mine);
  return adminView(admin!);
}

async function apiTokenOf({ deps }: AdminContext, id: string): Promise<ApiTokenView> {
  const [token] = await findApiTokensById(deps.db.manager, [id]);
  return apiTokenView(token!);
}

/** Admins, their roles, API tokens and the audit trail, within the caller's branches of the union tree. */
@Resolver()
export class AdminIdentityResolver {
  @Query(() => AdminConnection, { description: 'The admins who have a role in your branches, oldest first.' })
  @Permission('admins:read')
  async admins(
    @Ctx() context: AdminContext,
    @Args(() => PageArgs) asked: PageArgs,
    @Arg('unionId', () => IdScalar, BRANCH) unionId?: string,
  ): Promise<Connection<AdminView>> {
    const within = await branches(context, 'admins:read', unionId);
    const page = await adminsIn(context.deps.db.manager, within, pageAsked(asked));
    return connection(page, ({ operator }) => operator.id, adminView);
  }

  @Query(() => ApiTokenConnection, { description: 'The API tokens of your branches, oldest first, revoked ones too.' })
  @Permission('admins:read')
  async apiTokens(
    @Ctx() context: AdminContext,
    @Args(() => PageArgs) asked: PageArgs,
    @Arg('unionId', () => IdScalar, BRANCH) unionId?: string,
  ): Promise<Connection<ApiTokenView>> {
    const within = await branches(context, 'admins:read', unionId);
    const page = await apiTokensIn(context.deps.db.manager, within, pageAsked(asked));
    return connection(page, (token) => token.id, apiTokenView);
  }

  @Query(() => AuditRecordConnection, {
    description:
      'What was changed in your branches, newest first. Records that concern no branch show to admins of a whole tree, unless `unionId` is given.',
  })
  @Permission('audit:read')
  async auditRecords(
    @Ctx() context: AdminContext,
    @Args(() => AuditArgs) { unionId, targetKind, targetId }: AuditArgs,
    @Args(() => PageArgs) asked: PageArgs,
  ): Promise<Connection<AuditRecordView>> {
    const within = await branches(context, 'audit:read', unionId);
    const filter = {
      branches: within,
      // A path of one id is the root of a tree.
      withBranchless: !unionId && within.some((path) => /^\/[^/]+\/$/.test(path)),
      targetKind: targetKind ?? undefined,
      targetId: targetId ?? undefined,
    };
    const page = await auditRecordsIn(context.deps.db.manager, filter, pageAsked(asked));
    return connection(page, (record) => String(record.number), auditRecordView);
  }

  @Mutation(() => CreateAdminResult, {
    description: `Makes an admin with a first role, all of whose permissions you hold there. Refusals: LOGIN_MALFORMED, LOGIN_TAKEN, NAME_MALFORMED, PASSWORD_TOO_WEAK, ${GRANTING}, ${KEY_REFUSALS}.`,
  })
  @Permission('admins:write')
  async createAdmin(
    @Ctx() context: AdminContext,
    @Args(() => CreateAdminArgs) { key, ...admin }: CreateAdminArgs,
  ): Promise<AdminView | RefusalView> {
    return adminAnswer(context, await createAdmin(context.deps, context.caller, key, admin));
  }

  @Mutation(() => GrantRoleResult, {
    description: `Gives an admin of your branch a role, all of whose permissions you hold there. Refusals: ADMIN_UNKNOWN, ${GRANTING}, ${KEY_REFUSALS}.`,
  })
  @Permission('admins:write')
  async grantRole(
    @Ctx() context: AdminContext,
    @Args(() => RoleOfAdminArgs) { key, ...role }: RoleOfAdminArgs,
  ): Promise<AdminView | RefusalView> {
    return adminAnswer(context, await grantRole(context.deps, context.caller, key, role));
  }

  @Mutation(() => RevokeRoleResult, {
    description: `Takes a role from an admin, who loses it at once, and the API tokens which that admin made and could not make without it. Refusals: OWN_ACCOUNT, ADMIN_UNKNOWN, ROLE_NOT_HELD, LAST_ROLE, ${GRANTING}, ${KEY_REFUSALS}.`,
  })
  @Permission('admins:write')
  async revokeRole(
    @Ctx() context: AdminContext,
    @Args(() => RoleOfAdminArgs) { key, ...role }: RoleOfAdminArgs,
  ): Promise<AdminView | RefusalView> {
    return adminAnswer(context, await revokeRole(context.deps, context.caller, key, role));
  }

  @Mutation(() => DisableAdminResult, {
    description: `Shuts an admin out for good: sessions end and API tokens of the admin's making are revoked. Refusals: OWN_ACCOUNT, ADMIN_UNKNOWN, BEYOND_YOUR_BRANCH, ${KEY_REFUSALS}.`,
  })
  @Permission('admins:write')
  async disableAdmin(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('adminId', () => IdScalar) adminId: string,
  ): Promise<AdminView | RefusalView> {
    return adminAnswer(context, await disableAdmin(context.deps, context.caller, key, { adminId }));
  }

  @Mutation(() => CreateApiTokenResult, {
    description: `Makes an API token for a branch. Refusals: NAME_MALFORMED, EXPIRY_UNFIT, UNION_UNKNOWN, PERMISSIONS_UNFIT, ${KEY_REFUSALS}.`,
  })
  @Permission('admins:write')
  async createApiToken(
    @Ctx() context: AdminContext,
    @Args(() => CreateApiTokenArgs) { key, ...token }: CreateApiTokenArgs,
  ): Promise<NewApiTokenView | RefusalView> {
    const made = await createApiToken(context.deps, context.caller, key, token);
    if (!made.ok) return refusalView(made.refusal, context.language);
    const apiToken = await apiTokenOf(context, made.value.id);
    return Object.assign(new NewApiTokenView(), { apiToken, token: made.value.token });
  }

  @Mutation(() => RevokeApiTokenResult, {
    description: `Revokes an API token; all servers know within five seconds. Refusals: API_TOKEN_UNKNOWN, ${KEY_REFUSALS}.`,
  })
  @Permission('admins:write')
  async revokeApiToken(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('apiTokenId', () => IdScalar) apiTokenId: string,
  ): Promise<ApiTokenView | RefusalView> {
    const outcome = await revokeApiToken(context.deps, context.caller, key, { apiTokenId });
    return outcome.ok ? apiTokenOf(context, outcome.value) : refusalView(outcome.refusal, context.language);
  }
}
