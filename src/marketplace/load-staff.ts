import { In } from 'typeorm';
import type { Subject } from '../identity/authenticate.ts';
import { Operator } from '../identity/operator.entity.ts';
import { staffPermissions } from '../identity/roles.ts';
import type { Deps } from '../platform/deps.ts';
import { Merchant } from './merchant.entity.ts';
import { MerchantStaff } from './merchant-staff.entity.ts';

/**
 * The subjects of the merchant door: the staff of these operator ids, by id. Who is disabled, or works for a merchant
 * that is suspended or ended, is absent. One statement, however many.
 */
export async function loadStaff({ db }: Deps, operatorIds: readonly string[]): Promise<Map<string, Subject>> {
  const rows = await db.manager
    .createQueryBuilder(MerchantStaff, 's')
    .innerJoin(Operator, 'o', "o.id = s.operatorId AND o.door = 'merchant' AND o.disabledAt IS NULL")
    .innerJoin(Merchant, 'm', "m.id = s.merchantId AND m.state = 'active'")
    .where({ operatorId: In([...operatorIds]) })
    .getMany();
  return new Map(rows.map((staff) => [staff.operatorId, subject(staff)]));
}

function subject({ operatorId, merchantId, outletId, role }: MerchantStaff): Subject {
  return {
    door: 'merchant',
    actor: `operator:${operatorId}`,
    operatorId,
    merchantId,
    outletId,
    permissions: staffPermissions(role),
  };
}
