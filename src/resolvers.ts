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
import type { Door } from './identity/caller.ts';
import { AdminIdentityResolver } from './identity/graphql/admin.ts';
import { AdminSessionResolver } from './identity/graphql/admin-session.ts';
import { MemberIdentityResolver } from './identity/graphql/member.ts';
import { MerchantIdentityResolver } from './identity/graphql/merchant.ts';
import { AdminAchievementsResolver } from './innovation/achievements/graphql/admin.ts';
import { AdminCheckingResolver } from './innovation/achievements/graphql/admin-checking.ts';
import { AdminDeclaringResolver } from './innovation/achievements/graphql/admin-declaring.ts';
import { MemberAchievementsResolver } from './innovation/achievements/graphql/member.ts';
import { AdminAlliancesResolver, AdminStudioAlliancesResolver } from './innovation/alliances/graphql/admin.ts';
import { MemberAlliancesResolver } from './innovation/alliances/graphql/member.ts';
import { AdminBenefitsResolver } from './innovation/benefits/graphql/admin.ts';
import { MemberBenefitsResolver } from './innovation/benefits/graphql/member.ts';
import { AdminInnovationContractsResolver } from './innovation/contracts/graphql/admin.ts';
import { AdminSeasonFiguresResolver } from './innovation/figures/graphql/admin.ts';
import { AdminHonoursResolver } from './innovation/honours/graphql/admin.ts';
import { MemberHonoursResolver } from './innovation/honours/graphql/member.ts';
import { MemberStudioAchievementsResolver } from './innovation/honours/graphql/member-studio.ts';
import { AdminReviewResolver } from './innovation/review/graphql/admin.ts';
import { JudgedAchievementResolver } from './innovation/review/graphql/judge.ts';
import { AdminRewardsResolver } from './innovation/rewards/graphql/admin.ts';
import { MemberRewardsResolver } from './innovation/rewards/graphql/member.ts';
import { AdminExpertsResolver } from './innovation/seasons/experts/graphql/admin.ts';
import { AdminSeasonsResolver } from './innovation/seasons/graphql/admin.ts';
import { MemberSeasonsResolver } from './innovation/seasons/graphql/member.ts';
import { AdminStudiosResolver } from './innovation/studios/graphql/admin.ts';
import { AdminStudioFiguresResolver } from './innovation/studios/graphql/admin-figures.ts';
import { AdminNamingsResolver } from './innovation/studios/graphql/admin-namings.ts';
import { AdminNamingRoundsResolver } from './innovation/studios/graphql/admin-rounds.ts';
import { AdminStudioYearsResolver } from './innovation/studios/graphql/admin-years.ts';
import { MemberStudiosResolver } from './innovation/studios/graphql/member.ts';
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
import { AdminQueuesResolver } from './operations/graphql/admin.ts';
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
import { MemberUnionsResolver } from './unions/graphql/member.ts';
import { AdminRosterResolver } from './unions/roster/graphql.ts';
import { AdminSkillResolver } from './unions/skill/graphql/admin.ts';
import { MemberSkillResolver } from './unions/skill/graphql/member.ts';

// biome-ignore lint/complexity/noBannedTypes: type-graphql's own type for a list of classes.
export type Resolvers = [Function, ...Function[]];

/** Every resolver of each door, in the order of the house's floors. What is not named here is not served. */
export const RESOLVERS: Record<Door, Resolvers> = {
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
    MemberSeasonsResolver,
    MemberHonoursResolver,
    MemberStudiosResolver,
    MemberStudioAchievementsResolver,
    MemberBenefitsResolver,
    MemberRewardsResolver,
    MemberAchievementsResolver,
    MemberAlliancesResolver,
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
    AdminQueuesResolver,
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
    AdminSeasonsResolver,
    AdminExpertsResolver,
    AdminReviewResolver,
    JudgedAchievementResolver,
    AdminHonoursResolver,
    AdminStudiosResolver,
    AdminStudioYearsResolver,
    AdminNamingsResolver,
    AdminNamingRoundsResolver,
    AdminAchievementsResolver,
    AdminCheckingResolver,
    AdminDeclaringResolver,
    AdminAlliancesResolver,
    AdminStudioAlliancesResolver,
    AdminStudioFiguresResolver,
    AdminInnovationContractsResolver,
    AdminBenefitsResolver,
    AdminRewardsResolver,
    AdminSeasonFiguresResolver,
    AdminLotteryTemplatesResolver,
    AdminLotteriesResolver,
    AdminLotteryPartiesResolver,
    AdminDrawResolver,
  ],
};
