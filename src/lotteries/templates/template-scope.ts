import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { templateUnknown } from '../refusals.ts';
import { LotteryTemplate } from './template.entity.ts';

/** A template that an admin may see or change, and the union of its programme. */
export interface TemplateInScope {
  template: LotteryTemplate;
  unionId: string;
}

/** The template, when the admin holds the permission in its programme's union. Refusal: TEMPLATE_UNKNOWN. */
export async function templateInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<TemplateInScope>> {
  const template = await db.findOneBy(LotteryTemplate, { id });
  const programme = template && (await programmeInScope(db, caller, permission, template.programmeId));
  return template && programme?.ok ? accept({ template, unionId: programme.value.unionId }) : refuse(templateUnknown);
}

/** `templateInScope` with lotteries:write and the template locked, for a change of it. */
export async function templateToChange(tx: Tx, caller: AdminCaller, id: string): Promise<Result<TemplateInScope>> {
  await tx.query('SELECT id FROM lottery_template WHERE id = ? FOR UPDATE', [id]);
  return templateInScope(tx, caller, 'lotteries:write', id);
}
