import { ArgsType, Field } from 'type-graphql';
import { KEY } from '../../platform/graphql/mutation.ts';
import { IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';

const ROLE = {
  description: 'federation-admin, programme-admin, roster-clerk, event-recorder, claims-approver or auditor.',
};

@ArgsType()
export class CreateAdminArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => String, {
    description: '3 to 60 letters, digits or . _ @ -, beginning with a letter or digit; case does not matter.',
  })
  login!: string;

  @Field(() => String, { description: '1 to 80 characters.' })
  name!: string;

  @Field(() => String, { description: 'The first password, 10 to 200 characters; ask the admin to change it.' })
  password!: string;

  @Field(() => IdScalar, { description: 'The union of the first role.' })
  unionId!: string;

  @Field(() => String, ROLE)
  role!: string;
}

@ArgsType()
export class RoleOfAdminArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  adminId!: string;

  @Field(() => IdScalar, { description: 'The union below which the role is good.' })
  unionId!: string;

  @Field(() => String, ROLE)
  role!: string;
}

@ArgsType()
export class CreateApiTokenArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar, { description: 'The top of the branch in which the token is to be good.' })
  unionId!: string;

  @Field(() => String, { description: '1 to 80 characters: which program it is for.' })
  name!: string;

  @Field(() => [String], {
    description: 'What it may do, e.g. "members:read"; at least one, each of which you hold there, not admins:write.',
  })
  permissions!: string[];

  @Field(() => InstantScalar, { description: 'Within a year from now.' })
  expiresAt!: Date;
}

@ArgsType()
export class AuditArgs {
  @Field(() => IdScalar, {
    nullable: true,
    description: 'Only the branch of this union; all your branches when not given.',
  })
  unionId?: string | null;

  @Field(() => String, { nullable: true, description: 'E.g. "member", "admin", "api-token".' })
  targetKind?: string | null;

  @Field(() => String, { nullable: true, description: 'Only changes of the thing with this id.' })
  targetId?: string | null;
}
