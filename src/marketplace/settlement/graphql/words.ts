import { registerEnumType } from 'type-graphql';
import type { DisputeState } from '../dispute.entity.ts';
import type { FileFormat } from '../files/statement-file.entity.ts';
import type { LineKind } from '../lines.ts';
import type { PaymentState } from '../prepaid/payment.entity.ts';
import type { RunState } from '../runs.ts';
import type { StatementState } from '../statement.entity.ts';

/** The words of settlement as GraphQL spells them; the values are those of the tables. */
export const StatementStateWord = {
  DRAFT: 'draft',
  SENT: 'sent',
  DISPUTED: 'disputed',
  CONFIRMED: 'confirmed',
  PAID: 'paid',
} as const satisfies Record<string, StatementState>;

registerEnumType(StatementStateWord, {
  name: 'SettlementStatementState',
  description: 'Where a settlement statement stands.',
  valuesConfig: {
    DRAFT: { description: '待发送: the month is closed; the merchant does not see it yet.' },
    SENT: { description: '待确认: the merchant is to confirm it, or to dispute lines of it.' },
    DISPUTED: { description: '有异议: the union is to answer the disputes that are open; then it is SENT again.' },
    CONFIRMED: { description: '已确认: to be paid.' },
    PAID: { description: '已付款' },
  },
});

export const LineKindWord = {
  VERIFICATION: 'verification',
  CHARGE: 'charge',
  REVERSAL: 'reversal',
  REFUND: 'refund',
  CORRECTION: 'correction',
} as const satisfies Record<string, LineKind>;

registerEnumType(LineKindWord, {
  name: 'SettlementLineKind',
  description: 'What a line of a settlement statement is for.',
  valuesConfig: {
    VERIFICATION: { description: '核销: a voucher was used.' },
    CHARGE: { description: '收款: points were charged at the counter.' },
    REVERSAL: { description: '撤销核销: the use of a voucher was taken back.' },
    REFUND: { description: '退款: points of a charge were given back.' },
    CORRECTION: { description: '更正: a line of an earlier statement is put right.' },
  },
});

export const DisputeStateWord = {
  OPEN: 'open',
  UPHELD: 'upheld',
  REJECTED: 'rejected',
} as const satisfies Record<string, DisputeState>;

registerEnumType(DisputeStateWord, {
  name: 'SettlementDisputeState',
  description: 'What became of a dispute.',
  valuesConfig: {
    OPEN: { description: '待答复' },
    UPHELD: { description: '已采纳: the next statement has a line of the difference.' },
    REJECTED: { description: '已驳回: the line stands.' },
  },
});

export const FileFormatWord = { XLSX: 'xlsx', CSV: 'csv' } as const satisfies Record<string, FileFormat>;

registerEnumType(FileFormatWord, {
  name: 'SettlementFileFormat',
  description: 'The form of a statement’s file.',
  valuesConfig: {
    XLSX: { description: 'Excel' },
    CSV: { description: 'Comma-separated, UTF-8 with a byte order mark.' },
  },
});

export const PaymentStateWord = {
  WAITING: 'waiting',
  POSTED: 'posted',
  DECLINED: 'declined',
} as const satisfies Record<string, PaymentState>;

registerEnumType(PaymentStateWord, {
  name: 'PrepaidPaymentState',
  description: 'What became of a prepayment.',
  valuesConfig: {
    WAITING: { description: '待确认: a second admin must confirm it; it does not count yet.' },
    POSTED: { description: '已入账: statements draw on it.' },
    DECLINED: { description: '已退回: a second admin refused it.' },
  },
});

export const SettlementRunStateWord = { RUNNING: 'running', DONE: 'done' } as const satisfies Record<string, RunState>;

registerEnumType(SettlementRunStateWord, {
  name: 'SettlementRunState',
  description: 'How far the closing of a month is.',
  valuesConfig: {
    RUNNING: { description: '结算中: statements are being drawn up; one that failed is tried again within the hour.' },
    DONE: { description: '已完成: every merchant has its statement.' },
  },
});
