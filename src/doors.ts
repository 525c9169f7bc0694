import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { type AuthChecker, buildSchema } from 'type-graphql';
import { AdminCardsResolver } from './cards/graphql/admin.ts';
import { AdminCardBatchesResolver } from './cards/graphql/admin-batches.ts';
import { MemberCardsResolver } from './cards/graphql/member.ts';
import { AdminAwardsResolver } from './competitions/awards/graphql/admin.ts';
import { MemberAwardsResolver } from './competitions/awards/graphql/member.ts';
import { AdminEntriesResolver } from './competitions/entries/graphql/admin.ts';
import { MemberEntriesResolver } from './competitions/entries/graphql/member.ts';
import { AdminEntryImportsResolver } from './competitions/entries/import/graphql/admin.ts';
import { AdminParticipationResolver } from './competitions/entries/participation/graphql/admin.ts';
import { AdminCompetitionsResolver } from './competitions/plan/graphql/admin.ts';
import { MemberCompetitionsResolver } from './competitions/plan/graphql/member.ts';
import { AdminStagesResolver } from './competitions/stages/graphql/admin.ts';
import { MemberStagesResolver } from './competitions/stages/graphql/member.ts';
import type { LoadSubjects } from './identity/authenticate.ts';
import type { Door } from './identity/caller.ts';
import type { RequestContext } from './identity/context.ts';
import { AdminIdentityResolver } from './identity/graphql/admin.ts';
import { AdminSessionResolver } from './identity/graphql/admin-session.ts';
import { MemberIdentityResolver } from './identity/graphql/member.ts';
import { MerchantIdentityResolver } from './identity/graphql/merchant.ts';
import { loadAdmins } from './identity/load-admins.ts';
import { AdminJudgesResolver } from './judging/graphql/admin-judges.ts';
import { AdminPanelsResolver } from './judging/graphql/admin-panels.ts';
import { JudgeResolver } from './judging/graphql/judge.ts';
import { AdminRankingsResolver } from './judging/ranking/graphql/admin.ts';
import { AdminLedgerResolver } from './ledger/graphql/admin.ts';
import { MemberLedgerResolver } from './ledger/graphql/member.ts';
import { AdminDrawResolver } from './lotteries/graphql/admin-draw.ts';
import { AdminLotteryPartiesResolver } from './lotteries/graphql/admin-parties.ts';
import { AdminLotteriesResolver } from './lotteries/graphql/admin-set-up.ts';
import { AdminLotteryTemplatesResolver } from './lotteries/graphql/admin-templates.ts';
import { MemberLotteriesResolver } from './lotteries/graphql/member.ts';
import { MemberDrawResolver } from './lotteries/graphql/member-draw.ts';
import { AdminCodePoolsResolver } from './marketplace/code-pools/graphql/admin.ts';
import { AdminContractsResolver } from './marketplace/contracts/graphql/admin.ts';
import { AdminCounterResolver } from './marketplace/counter/graphql/admin.ts';
import { MemberCounterResolver } from './marketplace/counter/graphql/member.ts';
import { MerchantCounterResolver } from './marketplace/counter/graphql/merchant.ts';
import { MerchantShiftResolver } from './marketplace/counter/graphql/merchant-shift.ts';
import { AdminFiguresResolver } from './marketplace/figures/graphql/admin.ts';
import { AdminMarketplaceResolver } from './marketplace/graphql/admin.ts';
import { AdminOffersResolver } from './marketplace/graphql/admin-offers.ts';
import { MemberMarketplaceResolver } from './marketplace/graphql/member.ts';
import { MerchantMarketplaceResolver } from './marketplace/graphql/merchant.ts';
import { loadStaff } from './marketplace/load-staff.ts';
import { AdminApplicationsResolver, AdminMerchantApplicationResolver } from './marketplace/merchants/graphql/admin.ts';
import { MerchantFirmResolver } from './marketplace/merchants/graphql/merchant.ts';
import { AdminOfferReviewResolver } from './marketplace/offers/graphql/admin.ts';
import { AdminOutletsResolver } from './marketplace/outlets/graphql/admin.ts';
import { MemberOutletsResolver } from './marketplace/outlets/graphql/member.ts';
import { MerchantOutletResolver } from './marketplace/outlets/graphql/merchant.ts';
import { AdminReleasesResolver } from './marketplace/releases/graphql/admin.ts';
import { AdminSettlementResolver } from './marketplace/settlement/graphql/admin.ts';
import { AdminClosingResolver } from './marketplace/settlement/graphql/admin-closing.ts';
import { AdminPrepaidResolver } from './marketplace/settlement/graphql/admin-prepaid.ts';
import { MerchantSettlementResolver } from './marketplace/settlement/graphql/merchant.ts';
import { AdminTreatsResolver } from './marketplace/treats/graphql/admin.ts';
import { MemberTreatsResolver } from './marketplace/treats/graphql/member.ts';
import { AdminNoticesResolver } from './notices/graphql/admin.ts';
import { MemberNoticesResolver } from './notices/graphql/member.ts';
import { SpokenError } from './platform/graphql/errors.ts';
import type { Limits } from './platform/graphql/limits.ts';
import { AdminBacktestResolver } from './rules/backtest/graphql/admin.ts';
import { AdminClaimsResolver } from './rules/claims/graphql/admin.ts';
import { MemberClaimsResolver } from './rules/claims/graphql/member.ts';
import { AdminCorrectionsResolver } from './rules/corrections/graphql/admin.ts';
import {
  AdminAccountResolver,
  AdminActivityEventResolver,
  AdminStatementLineResolver,
} from './rules/corrections/graphql/admin-fields.ts';
import { AdminPolicyResolver } from './rules/corrections/graphql/admin-policy.ts';
import {
  MemberPendingResolver,
  MemberReasonResolver,
  MemberRevocationResolver,
} from './rules/corrections/graphql/member.ts';
import { AdminEventTypesResolver } from './rules/event-types/graphql/admin.ts';
import { AdminExplainResolver } from './rules/explain/graphql/admin.ts';
import { MemberExplainResolver } from './rules/explain/graphql/member.ts';
import { AdminEventsResolver } from './rules/graphql/admin-events.ts';
import { AdminRulesResolver } from './rules/graphql/admin-rules.ts';
import { MemberRulesResolver } from './rules/graphql/member.ts';
import { AdminMilestonesResolver } from './rules/milestones/graphql.ts';
import { AdminFamilyResolver } from './unions/family/graphql/admin.ts';
import { MemberFamilyResolver } from './unions/family/graphql/member.ts';
import { AdminFirmsResolver } from './unions/firms/graphql/admin.ts';
import { AdminUnionsResolver } from './unions/graphql/admin.ts';
import { AdminMembersResolver } from './unions/graphql/admin-members.ts';
import { MemberDevelopmentResolver, MemberUnionsResolver } from './unions/graphql/member.ts';
import { loadMembers } from './unions/load-members.ts';
import { AdminRosterResolver } from './unions/roster/graphql.ts';
import { AdminSkillResolver } from './unions/skill/graphql/admin.ts';
import { MemberSkillResolver } from './unions/skill/graphql/member.ts';

export const DOORS: readonly Door[] = ['member', 'merchant', 'admin'];

// biome-ignore lint/complexity/noBannedTypes: type-graphql's own type for a list of classes.
type Resolvers = [Function, ...Function[]];

/** Every resolver of each door, in the order of the house's floors. What is not named here is not served. */
const RESOLVERS: Record<Door, Resolvers> = {
  member: [
    MemberIdentityResolver,
    MemberUnionsResolver,
    MemberFamilyResolver,
    MemberSkillResolver,
    MemberLedgerResolver,
    MemberRulesResolver,
    MemberExplainResolver,
    MemberClaimsResolver,
    MemberPendingResolver,
    MemberReasonResolver,
    MemberRevocationResolver,
    MemberCardsResolver,
    MemberNoticesResolver,
    MemberMarketplaceResolver,
    MemberTreatsResolver,
    MemberOutletsResolver,
    MemberCounterResolver,
    MemberCompetitionsResolver,
    MemberEntriesResolver,
    MemberStagesResolver,
    MemberAwardsResolver,
    MemberLotteriesResolver,
    MemberDrawResolver,
  ],
  merchant: [
    MerchantIdentityResolver,
    MerchantMarketplaceResolver,
    MerchantFirmResolver,
    MerchantOutletResolver,
    MerchantCounterResolver,
    MerchantShiftResolver,
    MerchantSettlementResolver,
  ],
  admin: [
    AdminSessionResolver,
    AdminIdentityResolver,
    AdminUnionsResolver,
    AdminMembersResolver,
    AdminFamilyResolver,
    AdminFirmsResolver,
    AdminSkillResolver,
    AdminRosterResolver,
    AdminLedgerResolver,
    AdminEventTypesResolver,
    AdminRulesResolver,
    AdminEventsResolver,
    AdminExplainResolver,
    AdminBacktestResolver,
    AdminMilestonesResolver,
    AdminClaimsResolver,
    AdminCorrectionsResolver,
    AdminPolicyResolver,
    AdminStatementLineResolver,
    AdminAccountResolver,
    AdminActivityEventResolver,
    AdminCardsResolver,
    AdminCardBatchesResolver,
    AdminNoticesResolver,
    AdminPanelsResolver,
    AdminJudgesResolver,
    JudgeResolver,
    AdminRankingsResolver,
    AdminOffersResolver,
    AdminOfferReviewResolver,
    AdminReleasesResolver,
    AdminCodePoolsResolver,
    AdminTreatsResolver,
    AdminMarketplaceResolver,
    AdminApplicationsResolver,
    AdminMerchantApplicationResolver,
    AdminContractsResolver,
    AdminOutletsResolver,
    AdminSettlementResolver,
    AdminClosingResolver,
    AdminPrepaidResolver,
    AdminCounterResolver,
    AdminFiguresResolver,
    AdminCompetitionsResolver,
    AdminEntriesResolver,
    AdminEntryImportsResolver,
    AdminStagesResolver,
    AdminAwardsResolver,
    AdminParticipationResolver,
    AdminLotteryTemplatesResolver,
    AdminLotteriesResolver,
    AdminLotteryPartiesResolver,
    AdminDrawResolver,
  ],
};

/** Who the callers of each door are. */
export const SUBJECTS: Record<Door, LoadSubjects> = { member: loadMembers, merchant: loadStaff, admin: loadAdmins };

const PHONE_OR_TILL: Limits = {
  depth: 10,
  cost: 10_000,
  aliases: 20,
  rootFields: 10,
  tokens: 600,
  listItems: 100,
  nesting: 20,
  bodyBytes: 64 * 1024,
};

/**
 * What one request may ask for. An admin's screens are larger, and other systems send events in bulk there. The time
 * that GraphQL's own rules take grows with the square of the tokens: these keep it within a few milliseconds.
 */
export const LIMITS: Record<Door, Limits> = {
  member: PHONE_OR_TILL,
  merchant: PHONE_OR_TILL,
  admin: {
    depth: 12,
    cost: 30_000,
    aliases: 30,
    rootFields: 15,
    tokens: 1_000,
    listItems: 1_000,
    nesting: 40,
    bodyBytes: 256 * 1024,
  },
};

const checkPermission: AuthChecker<RequestContext, string> = ({ context: { caller, rejected } }, [permission]) => {
  if (rejected) throw rejected;
  if (caller === undefined)
    throw new SpokenError(
      'UNAUTHENTICATED',
      {
        zh: '请先登录，并在 Authorization 请求头中带上访问凭证。',
        en: 'Sign in first, and send the access token in the Authorization header.',
      },
      { http: { status: 401 } },
    );
  if (!caller.permissions.has(permission!))
    throw new SpokenError('UNAUTHORIZED', {
      zh: `您没有进行此操作的权限（${permission}），请联系工会管理员。`,
      en: `You lack the permission for this (${permission}); ask your union's administrator.`,
    });
  return true;
};

/**
 * Builds the schema of one door, on its own: what the other doors have does not show in it. In production the
 * mutations that are for development alone are not in it.
 */
export function buildDoorSchema(door: Door, { production }: { production: boolean }): Promise<GraphQLSchema> {
  const resolvers: Resolvers = [...RESOLVERS[door]];
  if (door === 'member' && !production) resolvers.push(MemberDevelopmentResolver);
  return buildSchema({ resolvers, authChecker: checkPermission, validate: false });
}
