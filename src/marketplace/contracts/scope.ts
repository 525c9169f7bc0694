import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../../identity/caller.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { ContractRow } from './contract.entity.ts';
import { contractUnknown } from './refusals.ts';

/** The contract, when the admin holds the permission in its programme's union. Refusal: CONTRACT_UNKNOWN. */
export async function contractInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<{ contract: ContractRow; unionId: string }>> {
  const contract = await db.findOneBy(ContractRow, { id });
  const programme = contract && (await programmeInScope(db, caller, permission, contract.programmeId));
  return contract && programme?.ok ? accept({ contract, unionId: programme.value.unionId }) : refuse(contractUnknown);
}
