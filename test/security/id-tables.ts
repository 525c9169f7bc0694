import { getNamedType, isUnionType } from 'graphql';
import type { RootField } from './arguments.ts';

/** The tables of ids whose argument is called otherwise. */
const CALLED: Record<string, string[]> = {
  adminId: ['operator'],
  operatorId: ['operator'],
  staffId: ['operator'],
  declarerId: ['member'],
  outId: ['member'],
  unionId: ['union_node'],
  parentId: ['union_node'],
  namingUnionId: ['union_node'],
  payerUnionId: ['union_node'],
  eligibleUnionIds: ['union_node'],
  branches: ['union_node'],
  leadStudioId: ['studio'],
  memberStudioIds: ['studio'],
  stageId: ['competition_stage'],
  divisionId: ['competition_division'],
  seasonId: ['innovation_season'],
  categoryId: ['season_category'],
  expertId: ['innovation_expert'],
  evidenceIds: ['evidence_file'],
  childId: ['member_child'],
  scanId: ['card_scan'],
  issuerId: ['card_issuer'],
  planId: ['treat_plan'],
  draftId: ['rule_draft'],
  draftIds: ['rule_draft'],
  eventId: ['activity_event'],
  templateId: ['lottery_template'],
  winId: ['lottery_win'],
  judgeId: ['panel_judge'],
  namingId: ['studio_naming'],
  namingIds: ['studio_naming'],
  struckIds: ['studio_naming'],
  roundId: ['naming_round', 'treat_round'],
  listId: ['reward_list', 'subsidy_list'],
  contractId: ['contract', 'innovation_contract'],
  paymentId: ['innovation_payment', 'prepaid_payment'],
  statementId: ['settlement_statement'],
  disputeId: ['settlement_dispute'],
};

/**
 * The tables whose ids an argument may take: by its name, or by what the field shows when it is just "id"; all there are
 * when neither tells, so that an argument that is added is tried by itself.
 */
export function tablesFor({ field }: RootField, place: string, tables: readonly string[]): string[] {
  const name = place.split('.').at(-1)!;
  const type = getNamedType(field.type);
  const [shown] = isUnionType(type) ? type.getTypes() : [type];
  const called = name === 'id' ? `${shown!.name[0]!.toLowerCase()}${shown!.name.slice(1)}Id` : name;
  const found = (CALLED[called] ?? [snake(called.replace(/Ids?$/, ''))]).filter((table) => tables.includes(table));
  return found.length > 0 ? found : [...tables];
}

const snake = (name: string) => name.replace(/(?<=.)[A-Z]/g, '_$&').toLowerCase();
