import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { loader, type StaffContext } from '../../../identity/context.ts';
import type { BeijingDay } from '../../../platform/clock.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { DayScalar, FenScalar, IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { programmeLoader } from '../../../unions/loaders.ts';
import type { ContractRow, SettlementMode } from '../../contracts/contract.entity.ts';
import { SettlementModeWord } from '../../contracts/graphql/words.ts';
import { OutletView, outletView } from '../../graphql/merchant.ts';
import { MerchantCategoryWord, MerchantStateWord, StaffRoleWord } from '../../graphql/words.ts';
import { operatorLoader, outletLoader } from '../../loaders.ts';
import type { Merchant, MerchantCategory, MerchantState } from '../../merchant.entity.ts';
import type { MerchantStaff, StaffRole } from '../../merchant-staff.entity.ts';
import type { ApplicationState, MerchantApplication } from '../application.entity.ts';
import { applicationLoader } from '../loaders.ts';
import { ApplicationStateWord } from './words.ts';

@ObjectType('MerchantApplication', {
  description: 'The application of your firm to become a merchant (入驻申请).',
  simpleResolvers: true,
})
class MerchantApplicationView {
  @Field(() => ApplicationStateWord)
  state!: ApplicationState;

  @Field(() => InstantScalar)
  enteredAt!: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was decided; null while it waits.' })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was declined; null otherwise.' })
  reason!: string | null;
}

@ObjectType('Merchant', { description: 'Your firm (商户).', simpleResolvers: true })
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

  @Field(() => MerchantApplicationView, {
    nullable: true,
    description: 'How your application stands; null when the union signed without one.',
  })
  async application(@Ctx() context: StaffContext): Promise<MerchantApplicationView | null> {
    const application = await loader(context, applicationLoader).load(this.id);
    return application && applicationView(application);
  }
}

@ObjectType('Contract', {
  description: 'What your firm and the union of a programme signed (合同).',
  simpleResolvers: true,
})
export class ContractView {
  @Field(() => IdScalar)
  id!: string;

  programmeId!: string;

  @Field(() => String, { description: 'The programme whose members you serve under it.' })
  async programmeName(@Ctx() context: StaffContext): Promise<string> {
    return (await loader(context, programmeLoader).load(this.programmeId))!.name;
  }

  @Field(() => String, { description: 'As on the paper.' })
  number!: string;

  @Field(() => DayScalar, { description: 'The first day that it covers.' })
  fromDay!: BeijingDay;

  @Field(() => DayScalar, {
    nullable: true,
    description:
      'The last day that it covers; null without end. From the day after, nothing is sold or charged; vouchers stay good.',
  })
  untilDay!: BeijingDay | null;

  pointPriceFen!: number | null;

  @Field(() => FenScalar, { description: 'What you are paid for a point now, in fen.' })
  async rateFen(@Ctx() context: StaffContext): Promise<number> {
    return this.pointPriceFen ?? (await loader(context, programmeLoader).load(this.programmeId))!.pointPriceFen;
  }

  @Field(() => String, { nullable: true, description: 'What you give card holders at the counter; null for nothing.' })
  discount!: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many per cent it takes off a bill, 1 to 99 (九折 is 10); null where its words say it some other way.',
  })
  discountPercent!: number | null;

  @Field(() => SettlementModeWord)
  settlement!: SettlementMode;

  @Field(() => String, { nullable: true, description: 'Why its end was put earlier; null when it was not.' })
  endReason!: string | null;
}

@ObjectType('Staff', { description: 'A person who signs in for your firm (店员).', simpleResolvers: true })
export class StaffView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => StaffRoleWord)
  role!: StaffRole;

  outletId!: string | null;

  @Field(() => OutletView, { nullable: true, description: 'Where the person works; null for all outlets.' })
  async outlet(@Ctx() context: StaffContext): Promise<OutletView | null> {
    const outlet = this.outletId === null ? null : await loader(context, outletLoader).load(this.outletId);
    return outlet && outletView(outlet);
  }

  @Field(() => String)
  async login(@Ctx() context: StaffContext): Promise<string> {
    return (await loader(context, operatorLoader).load(this.id))!.login;
  }

  @Field(() => String)
  async name(@Ctx() context: StaffContext): Promise<string> {
    return (await loader(context, operatorLoader).load(this.id))!.name;
  }

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'When the person was shut out; null for who can sign in.',
  })
  async disabledAt(@Ctx() context: StaffContext): Promise<Date | null> {
    return (await loader(context, operatorLoader).load(this.id))!.disabledAt;
  }
}

export const ContractConnection = connectionType(ContractView, 'Contract');
export const StaffConnection = connectionType(StaffView, 'Staff');

export function merchantView({ id, name, category, state, legalName, creditCode }: Merchant): MerchantView {
  return Object.assign(new MerchantView(), { id, name, category, state, legalName, creditCode });
}

export function contractView({ signedBy: _signedBy, ...contract }: ContractRow): ContractView {
  return Object.assign(new ContractView(), contract);
}

export function staffView({ operatorId: id, role, outletId }: MerchantStaff): StaffView {
  return Object.assign(new StaffView(), { id, role, outletId });
}

function applicationView({ state, enteredAt, decidedAt, reason }: MerchantApplication): MerchantApplicationView {
  return Object.assign(new MerchantApplicationView(), { state, enteredAt, decidedAt, reason });
}
