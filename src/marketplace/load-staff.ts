import { In } from 'typeorm';
import type { Subject } from '../identity/authenticate.ts';
import { Operator } from '../identity/operator.entity.ts';
import { APPLICANT_PERMISSIONS, staffPermissions } from '../identity/roles.ts';
import type { Deps } from '../platform/deps.ts';
import { Merchant, type MerchantState } from './merchant.entity.ts';
import { MerchantStaff } from './merchant-staff.entity.ts';

/**
 * The subjects of the merchant door: the staff of these operator ids, by id. Who is disabled, or works for a merchant
 * that is suspended or ended, is absent; of one that applied, the owners alone are there, to see what became of the
 * application. One statement, however many.
 */
export async function loadStaff({ db }: Deps, operatorIds: readonly string[]): Promise<Map<string, Subject>> {
  const { entities, raw } = await db.manager
    .createQueryBuilder(MerchantStaff, 's')
    .innerJoin(Operator, 'o', "o.id = s.operatorId AND o.door = 'merchant' AND o.disabledAt IS NULL")
    .innerJoin(
      Merchant,
      'm',
      "m.id = s.merchantId AND (m.state = 'active' OR (s.role = 'owner' AND m.state IN ('applied', 'approved', 'declined')))",
    )
    .addSelect('m.state', 'merchant_state')
    .where({ operatorId: In([...operatorIds]) })
    .getRawAndEntities<{ merchant_state: MerchantState }>();
  return new Map(entities.map((staff, i) => [staff.operatorId, subject(staff, raw[i]!.merchant_state)]));
}

function subject({ operatorId, merchantId, outletId, role }: MerchantStaff, state: MerchantState): Subject {
  return {
    door: 'merchant',
    actor: `operator:${operatorId}`,
    operatorId,
    merchantId,
    outletId,
    permissions: state === 'active' ? staffPermissions(role) : APPLICANT_PERMISSIONS,
  };
}
