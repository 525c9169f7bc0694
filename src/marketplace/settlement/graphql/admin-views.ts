import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { DayScalar, FenScalar, IdScalar, InstantScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import type { Points } from '../../../platform/points.ts';
import { ProgrammeView, programmeView } from '../../../unions/graphql/admin-views.ts';
import { programmeLoader } from '../../../unions/loaders.ts';
import type { SettlementMode } from '../../contracts/contract.entity.ts';
import { SettlementModeWord } from '../../contracts/graphql/words.ts';
import { MerchantView, merchantView } from '../../graphql/admin-views.ts';
import { merchantLoader } from '../../loaders.ts';
import type { DisputeState, SettlementDispute } from '../dispute.entity.ts';
import { statementFileUrl } from '../files/address.ts';
import type { FileFormat, StatementFile } from '../files/statement-file.entity.ts';
import type { Line, LineKind } from '../lines.ts';
import { lineDetailLoader, lineDisputeLoader, statementFileLoader } from '../loaders.ts';
import type { SettlementStatement, StatementState } from '../statement.entity.ts';
import { DisputeStateWord, FileFormatWord, LineKindWord, StatementStateWord } from './words.ts';

@ObjectType('SettlementFile', {
  description: 'A statement as a file. Its content never changes.',
  simpleResolvers: true,
})
class SettlementFileView {
  @Field(() => FileFormatWord)
  format!: FileFormat;

  @Field(() => Int, { description: 'In bytes.' })
  size!: number;

  @Field(() => String, { description: 'SHA-256 of its content, 64 hexadecimal digits.' })
  sha256!: string;

  @Field(() => String, { description: 'The path on this server at which it can be downloaded for five minutes.' })
  url!: string;
}

function settlementFileView({ deps }: AdminContext, { id, format, size, sha256 }: StatementFile): SettlementFileView {
  const url = statementFileUrl(deps.config, id, deps.clock.now());
  return Object.assign(new SettlementFileView(), { format, size, sha256: sha256.toString('hex'), url });
}

@ObjectType('SettlementStatement', {
  description: '结算单: what the union of a programme owes a merchant for a month.',
  simpleResolvers: true,
})
export class SettlementStatementView {
  @Field(() => IdScalar)
  id!: string;

  programmeId!: string;
  merchantId!: string;

  @Field(() => ProgrammeView)
  async programme(@Ctx() context: AdminContext): Promise<ProgrammeView> {
    const programme = await loader(context, programmeLoader).load(this.programmeId);
    if (!programme) throw new Error(`the programme ${this.programmeId} has gone`);
    return programmeView(programme);
  }

  @Field(() => MerchantView)
  async merchant(@Ctx() context: AdminContext): Promise<MerchantView> {
    const merchant = await loader(context, merchantLoader).load(this.merchantId);
    if (!merchant) throw new Error(`the merchant ${this.merchantId} has gone`);
    return merchantView(merchant);
  }

  @Field(() => String, { description: 'The month in Beijing that it settles, "2026-07".' })
  month!: string;

  @Field(() => SettlementModeWord)
  settlement!: SettlementMode;

  @Field(() => StatementStateWord)
  state!: StatementState;

  @Field(() => Int, { description: 'How many lines it has.' })
  lineCount!: number;

  @Field(() => PointsScalar, { description: 'The points of its lines together; below zero when more was taken back.' })
  points!: Points;

  @Field(() => FenScalar, {
    description:
      '结算金额: what its lines are worth together, corrections among them; below zero when the merchant owes it.',
  })
  fen!: number;

  @Field(() => InstantScalar)
  closedAt!: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'When the union sent it; null for a draft.' })
  sentAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When the merchant confirmed it; null before.' })
  confirmedAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When its payment was entered; null before.' })
  paidAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Of the bank or the voucher; null until it is paid.' })
  paymentReference!: string | null;

  @Field(() => String, { nullable: true, description: 'Who sent it: operator:<id> or api-token:<id>.' })
  sentBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Who confirmed it for the merchant: operator:<id>.' })
  confirmedBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Who entered the payment: operator:<id>.' })
  paidBy!: string | null;

  @Field(() => [SettlementFileView], {
    description: 'To download: Excel and CSV, with the sums of their content. Empty for a moment while they are made.',
  })
  async files(@Ctx() context: AdminContext): Promise<SettlementFileView[]> {
    const files = await loader(context, statementFileLoader).load(this.id);
    return files.map((file) => settlementFileView(context, file));
  }
}

export function settlementStatementView(statement: SettlementStatement): SettlementStatementView {
  return Object.assign(new SettlementStatementView(), statement);
}

export const SettlementStatementConnection = connectionType(SettlementStatementView, 'SettlementStatement');

@ObjectType('SettlementDispute', {
  description: '异议: the merchant objects to a line of a statement, and the union answers.',
  simpleResolvers: true,
})
export class SettlementDisputeView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  statementId!: string;

  @Field(() => String, { description: 'The line that is disputed.' })
  lineId!: string;

  @Field(() => DisputeStateWord)
  state!: DisputeState;

  @Field(() => String, { description: 'Why the merchant disputes it.' })
  reason!: string;

  @Field(() => InstantScalar)
  raisedAt!: Date;

  @Field(() => String, { nullable: true, description: 'What the union says to it; null while it is open.' })
  answer!: string | null;

  @Field(() => FenScalar, {
    nullable: true,
    description: 'What the next statement adds, or takes off when negative; null unless it was upheld.',
  })
  correctionFen!: number | null;

  @Field(() => InstantScalar, { nullable: true })
  answeredAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'The line of a later statement that corrects it; null until that month is closed.',
  })
  correctionLineId!: string | null;

  @Field(() => String, { description: 'Who raised it: operator:<id> of the merchant.' })
  raisedBy!: string;

  @Field(() => String, { nullable: true, description: 'Who answered it: operator:<id> or api-token:<id>.' })
  answeredBy!: string | null;
}

export function settlementDisputeView(dispute: SettlementDispute): SettlementDisputeView {
  return Object.assign(new SettlementDisputeView(), dispute);
}

@ObjectType('SettlementLine', {
  description: '结算明细: one use, charge, undo or refund, or the correction of an earlier line.',
  simpleResolvers: true,
})
export class SettlementLineView {
  line!: Line;

  @Field(() => String, { description: 'The number of the ledger’s transfer; of a correction its own.' })
  id!: string;

  @Field(() => LineKindWord)
  kind!: LineKind;

  @Field(() => DayScalar, { description: 'The Beijing day for which it counts.' })
  day!: string;

  @Field(() => PointsScalar, { description: 'Below zero where points were taken back; 0 for a correction.' })
  points!: Points;

  @Field(() => FenScalar, { description: 'What a point is worth, in fen; 0 for a correction.' })
  rateFen!: number;

  @Field(() => FenScalar, { description: 'Points × rate; of a correction what it adds or takes off.' })
  fen!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The line, here or on an earlier statement, that it takes back or corrects; null for the others.',
  })
  correctsId!: string | null;

  @Field(() => String, { description: 'What was handed over; of a correction what the union said was wrong.' })
  async what(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, lineDetailLoader).load(this.line))?.what ?? '';
  }

  @Field(() => String, { nullable: true })
  async outletName(@Ctx() context: AdminContext): Promise<string | null> {
    return (await loader(context, lineDetailLoader).load(this.line))?.outletName ?? null;
  }

  @Field(() => String, {
    nullable: true,
    description: 'The merchant’s own number of the request; null for a correction.',
  })
  async requestNumber(@Ctx() context: AdminContext): Promise<string | null> {
    return (await loader(context, lineDetailLoader).load(this.line))?.requestNumber ?? null;
  }

  @Field(() => SettlementDisputeView, {
    nullable: true,
    description: 'What the merchant has against it; null for most lines.',
  })
  async dispute(@Ctx() context: AdminContext): Promise<SettlementDisputeView | null> {
    const dispute = await loader(context, lineDisputeLoader).load(this.id);
    return dispute && settlementDisputeView(dispute);
  }
}

export function settlementLineView(line: Line): SettlementLineView {
  const { id, kind, day, points, rateFen, fen, correctsId } = line;
  return Object.assign(new SettlementLineView(), { line, id, kind, day, points, rateFen, fen, correctsId });
}

export const SettlementLineConnection = connectionType(SettlementLineView, 'SettlementLine');
export const SettlementDisputeConnection = connectionType(SettlementDisputeView, 'SettlementDispute');
