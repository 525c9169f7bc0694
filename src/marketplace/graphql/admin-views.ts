import { Ctx, Field, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../identity/context.ts';
import { maskName } from '../../identity/personal-data.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { connectionType } from '../../platform/graphql/connection.ts';
import { type RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar, InstantScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import type { Points } from '../../platform/points.ts';
import type { Result } from '../../platform/result.ts';
import { memberLoader } from '../../unions/loaders.ts';
import { operatorLoader, outletLoader, readVoucher } from '../loaders.ts';
import type { Merchant, MerchantCategory, MerchantState } from '../merchant.entity.ts';
import type { MerchantStaff, StaffRole } from '../merchant-staff.entity.ts';
import type { Outlet } from '../outlet.entity.ts';
import type { Redemption } from '../redemption.entity.ts';
import type { Voucher, VoucherState } from '../voucher.entity.ts';
import { MerchantCategoryWord, MerchantStateWord, StaffRoleWord, VoucherStateWord } from './words.ts';

@ObjectType('Merchant', { description: 'A firm that applied or is under contract (商户).', simpleResolvers: true })
export class MerchantView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => MerchantCategoryWord)
  category!: MerchantCategory;

  @Field(() => MerchantStateWord)
  state!: MerchantState;

  @Field(() => String, { nullable: true, description: 'The name on the business licence; null when not recorded.' })
  legalName!: string | null;

  @Field(() => String, { nullable: true, description: '统一社会信用代码; null when not recorded.' })
  creditCode!: string | null;

  @Field(() => InstantScalar)
  createdAt!: Date;
}

@ObjectType('Outlet', { description: 'One shop of a merchant (门店).', simpleResolvers: true })
export class OutletView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  address!: string;
}

@ObjectType('Staff', { description: 'A person who signs in at the merchant door (店员).', simpleResolvers: true })
export class StaffView {
  @Field(() => IdScalar, { description: 'The operator’s id.' })
  id!: string;

  @Field(() => StaffRoleWord)
  role!: StaffRole;

  outletId!: string | null;

  @Field(() => OutletView, { nullable: true, description: 'Where the person works; null for all outlets.' })
  async outlet(@Ctx() context: AdminContext): Promise<OutletView | null> {
    const outlet = this.outletId === null ? null : await loader(context, outletLoader).load(this.outletId);
    return outlet && outletView(outlet);
  }

  @Field(() => String)
  async login(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, operatorLoader).load(this.id))!.login;
  }

  @Field(() => String)
  async name(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, operatorLoader).load(this.id))!.name;
  }

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'When the person was shut out; null for who can sign in.',
  })
  async disabledAt(@Ctx() context: AdminContext): Promise<Date | null> {
    return (await loader(context, operatorLoader).load(this.id))!.disabledAt;
  }
}

@ObjectType('Voucher', {
  description: 'A voucher, without its code: that is the member’s (兑换券).',
  simpleResolvers: true,
})
export class VoucherView {
  @Field(() => VoucherStateWord)
  state!: VoucherState;

  @Field(() => InstantScalar, { description: 'It can be used while now is before this instant.' })
  validUntil!: Date;
}

@ObjectType('Redemption', { description: 'A member’s purchase of an offer (兑换记录).', simpleResolvers: true })
export class RedemptionView {
  @Field(() => IdScalar)
  id!: string;

  memberId!: string;

  @Field(() => PointsScalar, { description: 'What the member paid.' })
  points!: Points;

  @Field(() => InstantScalar)
  redeemedAt!: Date;

  @Field(() => String, { description: 'The member’s name with its middle hidden, "王*明".' })
  async memberName(@Ctx() context: AdminContext): Promise<string> {
    return maskName((await loader(context, memberLoader).load(this.memberId))!.name);
  }

  @Field(() => VoucherView)
  async voucher(@Ctx() { deps }: AdminContext): Promise<VoucherView> {
    return voucherView(await readVoucher(deps, this.id));
  }
}

export const MerchantConnection = connectionType(MerchantView, 'Merchant');
export const OutletConnection = connectionType(OutletView, 'Outlet');
export const StaffConnection = connectionType(StaffView, 'Staff');
export const RedemptionConnection = connectionType(RedemptionView, 'Redemption');

export function merchantView(merchant: Merchant): MerchantView {
  return Object.assign(new MerchantView(), merchant);
}

export function outletView({ id, name, address }: Outlet): OutletView {
  return Object.assign(new OutletView(), { id, name, address });
}

export function staffView({ operatorId: id, role, outletId }: MerchantStaff): StaffView {
  return Object.assign(new StaffView(), { id, role, outletId });
}

export function redemptionView({ id, memberId, points, redeemedAt }: Redemption): RedemptionView {
  return Object.assign(new RedemptionView(), { id, memberId, points, redeemedAt });
}

function voucherView({ state, validUntil }: Voucher): VoucherView {
  return Object.assign(new VoucherView(), { state, validUntil });
}

/** Shows what a mutation made or changed, read anew and only where the caller may act, or why it did nothing. */
export async function answer<T, V>(
  { language }: AdminContext,
  outcome: Outcome,
  find: (id: string) => Promise<Result<T>>,
  view: (found: T) => V,
): Promise<V | RefusalView> {
  const found = outcome.ok ? await find(outcome.value) : outcome;
  return found.ok ? view(found.value) : refusalView(found.refusal, language);
}
