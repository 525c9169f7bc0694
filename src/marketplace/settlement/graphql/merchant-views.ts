import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { loader, type StaffContext } from '../../../identity/context.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { DayScalar, FenScalar, IdScalar, InstantScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import type { Points } from '../../../platform/points.ts';
import { programmeLoader } from '../../../unions/loaders.ts';
import type { SettlementMode } from '../../contracts/contract.entity.ts';
import { SettlementModeWord } from '../../contracts/graphql/words.ts';
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
class OwnFileView {
  @Field(() => FileFormatWord)
  format!: FileFormat;

  @Field(() => Int, { description: 'In bytes.' })
  size!: number;

  @Field(() => String, { description: 'SHA-256 of its content, 64 hexadecimal digits.' })
  sha256!: string;

  @Field(() => String, { description: 'The path on this server at which it can be downloaded for five minutes.' })
  url!: string;
}

function ownFileView({ deps }: StaffContext, { id, format, size, sha256 }: StatementFile): OwnFileView {
  const url = statementFileUrl(deps.config, id, deps.clock.now());
  return Object.assign(new OwnFileView(), { format, size, sha256: sha256.toString('hex'), url });
}

@ObjectType('SettlementStatement', {
  description: '结算单: what the union of a programme owes your firm for a month.',
  simpleResolvers: true,
})
export class OwnStatementView {
  @Field(() => IdScalar)
  id!: string;

  programmeId!: string;

  @Field(() => String, { description: 'The points scheme whose union settles it.' })
  async programmeName(@Ctx() context: StaffContext): Promise<string> {
    const programme = await loader(context, programmeLoader).load(this.programmeId);
    if (!programme) throw new Error(`the programme ${this.programmeId} has gone`);
    return programme.name;
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

  @Field(() => InstantScalar, { nullable: true, description: 'When the union sent it.' })
  sentAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When the merchant confirmed it; null before.' })
  confirmedAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When its payment was entered; null before.' })
  paidAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Of the bank or the voucher; null until it is paid.' })
  paymentReference!: string | null;

  @Field(() => [OwnFileView], {
    description: 'To download: Excel and CSV, with the sums of their content. Empty for a moment while they are made.',
  })
  async files(@Ctx() context: StaffContext): Promise<OwnFileView[]> {
    const files = await loader(context, statementFileLoader).load(this.id);
    return files.map((file) => ownFileView(context, file));
  }
}

export function ownStatementView(statement: SettlementStatement): OwnStatementView {
  return Object.assign(new OwnStatementView(), statement);
}

export const OwnStatementConnection = connectionType(OwnStatementView, 'SettlementStatement');

@ObjectType('SettlementDispute', {
  description: '异议: the merchant objects to a line of a statement, and the union answers.',
  simpleResolvers: true,
})
export class OwnDisputeView {
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
}

export function ownDisputeView(dispute: SettlementDispute): OwnDisputeView {
  return Object.assign(new OwnDisputeView(), dispute);
}

@ObjectType('SettlementLine', {
  description: '结算明细: one use, charge, undo or refund, or the correction of an earlier line.',
  simpleResolvers: true,
})
export class OwnLineView {
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
  async what(@Ctx() context: StaffContext): Promise<string> {
    return (await loader(context, lineDetailLoader).load(this.line))?.what ?? '';
  }

  @Field(() => String, { nullable: true })
  async outletName(@Ctx() context: StaffContext): Promise<string | null> {
    return (await loader(context, lineDetailLoader).load(this.line))?.outletName ?? null;
  }

  @Field(() => String, {
    nullable: true,
    description: 'The merchant’s own number of the request; null for a correction.',
  })
  async requestNumber(@Ctx() context: StaffContext): Promise<string | null> {
    return (await loader(context, lineDetailLoader).load(this.line))?.requestNumber ?? null;
  }

  @Field(() => OwnDisputeView, {
    nullable: true,
    description: 'What the merchant has against it; null for most lines.',
  })
  async dispute(@Ctx() context: StaffContext): Promise<OwnDisputeView | null> {
    const dispute = await loader(context, lineDisputeLoader).load(this.id);
    return dispute && ownDisputeView(dispute);
  }
}

export function ownLineView(line: Line): OwnLineView {
  const { id, kind, day, points, rateFen, fen, correctsId } = line;
  return Object.assign(new OwnLineView(), { line, id, kind, day, points, rateFen, fen, correctsId });
}

export const OwnLineConnection = connectionType(OwnLineView, 'SettlementLine');
