import { Ctx, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { DASHBOARD, makePass } from '../dashboard-passes.ts';
import { mayReadQueues } from '../may-read-queues.ts';

/** The way from an admin's sign-in to the dashboard of the queues. */
@Resolver()
export class AdminQueuesResolver {
  @Query(() => String, {
    nullable: true,
    description:
      'Where a browser opens the dashboard of background jobs, for reading: a path on this server that works once, within five minutes. The page stays open while your session lasts. Null when you use an API token, or may not read the queues at the root of your tree.',
  })
  @Permission('queues:read')
  queueDashboardAddress(@Ctx() { deps, caller }: AdminContext): string | null {
    if (!mayReadQueues(caller)) return null;
    return `${DASHBOARD}/enter?${makePass(deps.config, 'address', caller, deps.clock.now())}`;
  }
}
