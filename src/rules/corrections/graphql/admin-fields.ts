import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { AdminAccountView, AdminStatementLineView } from '../../../ledger/graphql/admin.ts';
import { PointsScalar } from '../../../platform/graphql/scalars.ts';
import type { Points } from '../../../platform/points.ts';
import { RuleVersionView, ruleVersionView } from '../../graphql/admin-rule-views.ts';
import { ActivityEventView } from '../../graphql/admin-views.ts';
import { ruleVersionLoader } from '../../loaders.ts';
import { pendingLoader, reasonLoader, revocationLoader } from '../loaders.ts';
import { RevocationView, revocationView } from './admin-views.ts';

/** What rules and corrections add to a line of a member's statement. */
@Resolver(() => AdminStatementLineView)
export class AdminStatementLineResolver {
  @FieldResolver(() => RuleVersionView, {
    nullable: true,
    description: 'The rule, as it stood then, that gave these points; null where no rule did.',
  })
  async rule(@Root() line: AdminStatementLineView, @Ctx() context: AdminContext): Promise<RuleVersionView | null> {
    if (line.ruleVersionId === null) return null;
    const version = await loader(context, ruleVersionLoader).load(line.ruleVersionId);
    return version && ruleVersionView(version);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why an admin corrected the points, as the member reads it; null where nobody did.',
  })
  reason(@Root() { causeId }: AdminStatementLineView, @Ctx() context: AdminContext): Promise<string | null> {
    return loader(context, reasonLoader).load(causeId);
  }
}

/** What is awarded and not paid yet stands apart from the balance. */
@Resolver(() => AdminAccountView)
export class AdminAccountResolver {
  @FieldResolver(() => PointsScalar, {
    description: '待入账: what rules awarded and is paid once its notice period is over. Not part of the balance.',
  })
  pending(@Root() { id }: AdminAccountView, @Ctx() context: AdminContext): Promise<Points> {
    return loader(context, pendingLoader).load(id);
  }
}

/** How an event was taken back. */
@Resolver(() => ActivityEventView)
export class AdminActivityEventResolver {
  @FieldResolver(() => RevocationView, { nullable: true, description: 'How it was taken back; null while it stands.' })
  async revocation(@Root() { id }: ActivityEventView, @Ctx() context: AdminContext): Promise<RevocationView | null> {
    const revocation = await loader(context, revocationLoader).load(id);
    return revocation && revocationView(revocation);
  }
}
