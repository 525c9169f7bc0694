import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../../identity/caller.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { MerchantApplication } from './application.entity.ts';
import { applicationUnknown } from './refusals.ts';

/** The application of a merchant, when the admin holds the permission in the programme’s union. Refusal: APPLICATION_UNKNOWN. */
export async function applicationInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  merchantId: string,
): Promise<Result<{ application: MerchantApplication; unionId: string }>> {
  const application = await db.findOneBy(MerchantApplication, { merchantId });
  const programme = application && (await programmeInScope(db, caller, permission, application.programmeId));
  return application && programme?.ok
    ? accept({ application, unionId: programme.value.unionId })
    : refuse(applicationUnknown);
}
