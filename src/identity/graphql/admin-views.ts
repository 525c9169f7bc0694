import { Field, ObjectType } from 'type-graphql';
import { connectionType } from '../../platform/graphql/connection.ts';
import { IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import type { AdminWithRoles } from '../admin-queries.ts';
import type { ApiToken } from '../api-token.entity.ts';
import type { AuditRecord } from '../audit-record.entity.ts';
import { adminPermissions } from '../roles.ts';

@ObjectType('AdminRole', { description: 'A role in the branch below a union.', simpleResolvers: true })
export class AdminRoleView {
  @Field(() => IdScalar)
  unionId!: string;

  @Field(() => String)
  unionName!: string;

  @Field(() => String, {
    description: 'federation-admin, programme-admin, roster-clerk, event-recorder, claims-approver or auditor.',
  })
  role!: string;

  @Field(() => [String], { description: 'What the role allows in that branch, e.g. "members:read".' })
  permissions!: string[];
}

@ObjectType('Admin', { description: '管理员: someone who signs in at this door.', simpleResolvers: true })
export class AdminView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  login!: string;

  @Field(() => String)
  name!: string;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'Null while the admin may sign in.' })
  disabledAt!: Date | null;

  @Field(() => IdScalar, {
    nullable: true,
    description:
      'The member that the admin is, who is then kept from deciding on her own claims; null when not linked.',
  })
  memberId!: string | null;

  @Field(() => [AdminRoleView], { description: 'The roles in those branches whose admins you may read.' })
  roles!: AdminRoleView[];
}

export const AdminConnection = connectionType(AdminView, 'Admin');

export function adminView({ operator, roles }: AdminWithRoles): AdminView {
  const { id, login, name, createdAt, disabledAt, memberId } = operator;
  return Object.assign(new AdminView(), {
    id,
    login,
    name,
    createdAt,
    disabledAt,
    memberId,
    roles: roles.map(({ unionId, unionName, role }) =>
      Object.assign(new AdminRoleView(), { unionId, unionName, role, permissions: [...adminPermissions(role)] }),
    ),
  });
}

@ObjectType('ApiToken', {
  description: '接口令牌: lets a program act at this door, in one branch, with the permissions listed.',
  simpleResolvers: true,
})
export class ApiTokenView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar, { description: 'The top of the branch.' })
  unionId!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [String], { description: 'What the token may do, as <things>:<verb>.' })
  permissions!: string[];

  @Field(() => IdScalar, { description: 'The admin who made it.' })
  createdBy!: string;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => InstantScalar)
  expiresAt!: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'Null while it is good.' })
  revokedAt!: Date | null;
}

export const ApiTokenConnection = connectionType(ApiTokenView, 'ApiToken');

export function apiTokenView(token: ApiToken): ApiTokenView {
  const { id, unionId, name, permissions, createdBy, createdAt, expiresAt, revokedAt } = token;
  return Object.assign(new ApiTokenView(), {
    id,
    unionId,
    name,
    permissions: permissions.split(' '),
    createdBy,
    createdAt,
    expiresAt,
    revokedAt,
  });
}

@ObjectType('NewApiToken', { description: 'An API token with its plain text.', simpleResolvers: true })
export class NewApiTokenView {
  @Field(() => ApiTokenView)
  apiToken!: ApiTokenView;

  @Field(() => String, {
    description:
      'The token itself, to be sent as "Authorization: Bearer xf_…". It is shown this once; store it safely.',
  })
  token!: string;
}

@ObjectType('AuditRecord', {
  description: '操作记录: who changed what. Never changed or deleted; chained by hashes.',
  simpleResolvers: true,
})
export class AuditRecordView {
  @Field(() => String, { description: 'Counts all records of the installation: 1, 2, 3 …' })
  number!: string;

  @Field(() => String, { description: 'operator:<id>, api-token:<id>, member:<id> or system.' })
  actor!: string;

  @Field(() => String, { description: 'What was done, e.g. grantRole.' })
  action!: string;

  @Field(() => String, { description: 'What kind of thing was changed, e.g. member.' })
  targetKind!: string;

  @Field(() => String, { description: 'The id of the thing that was changed.' })
  targetId!: string;

  @Field(() => IdScalar, { nullable: true })
  unionId!: string | null;

  @Field(() => String, { nullable: true, description: 'JSON of what it was; personal data is masked.' })
  before!: string | null;

  @Field(() => String, { nullable: true, description: 'JSON of what it became; personal data is masked.' })
  after!: string | null;

  @Field(() => InstantScalar)
  recordedAt!: Date;
}

export const AuditRecordConnection = connectionType(AuditRecordView, 'AuditRecord');

export function auditRecordView(record: AuditRecord): AuditRecordView {
  const { actor, action, targetKind, targetId, unionId, recordedAt } = record;
  return Object.assign(new AuditRecordView(), {
    number: String(record.number),
    actor,
    action,
    targetKind,
    targetId,
    unionId,
    before: record.valueBefore,
    after: record.valueAfter,
    recordedAt,
  });
}
