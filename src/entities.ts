import { Card } from './cards/card.entity.ts';
import { CardBatch } from './cards/card-batch.entity.ts';
import { CardChange } from './cards/card-change.entity.ts';
import { CardIssuer } from './cards/card-issuer.entity.ts';
import { SubsidyLine } from './competitions/awards/subsidies/line.entity.ts';
import { SubsidyList } from './competitions/awards/subsidies/list.entity.ts';
import { Win } from './competitions/awards/win.entity.ts';
import { Entry } from './competitions/entries/entry.entity.ts';
import { EntryMember } from './competitions/entries/entry-member.entity.ts';
import { EntryImport } from './competitions/entries/import/entry-import.entity.ts';
import { Award } from './competitions/plan/award.entity.ts';
import { Competition } from './competitions/plan/competition.entity.ts';
import { Division } from './competitions/plan/division.entity.ts';
import { Stage } from './competitions/plan/stage.entity.ts';
import { Scoreboard } from './competitions/stages/scoreboard/scoreboard.entity.ts';
import { StageAdvance } from './competitions/stages/stage-advance.entity.ts';
import { StageRun } from './competitions/stages/stage-run.entity.ts';
import { EvidenceFile } from './evidence/evidence-file.entity.ts';
import { AdminRole } from './identity/admin-role.entity.ts';
import { ApiToken } from './identity/api-token.entity.ts';
import { AuditRecord } from './identity/audit-record.entity.ts';
import { Operator } from './identity/operator.entity.ts';
import { Session } from './identity/session.entity.ts';
import { Achievement } from './innovation/achievements/achievement.entity.ts';
import { AchievementText } from './innovation/achievements/achievement-text.entity.ts';
import { Author } from './innovation/achievements/author.entity.ts';
import { AchievementStep } from './innovation/achievements/step.entity.ts';
import { StudioShare } from './innovation/achievements/studio-share.entity.ts';
import { Alliance } from './innovation/alliances/alliance.entity.ts';
import { AllianceStudio } from './innovation/alliances/alliance-studio.entity.ts';
import { Benefit } from './innovation/benefits/benefit.entity.ts';
import { InnovationContract } from './innovation/contracts/innovation-contract.entity.ts';
import { InnovationPayment } from './innovation/contracts/innovation-payment.entity.ts';
import { ListLine } from './innovation/honours/list-line.entity.ts';
import { SeasonHonour } from './innovation/honours/season-honour.entity.ts';
import { SeasonList } from './innovation/honours/season-list.entity.ts';
import { SeasonCandidate } from './innovation/review/candidate.entity.ts';
import { Reward } from './innovation/rewards/reward.entity.ts';
import { RewardLine } from './innovation/rewards/reward-line.entity.ts';
import { RewardList } from './innovation/rewards/reward-list.entity.ts';
import { Category } from './innovation/seasons/category.entity.ts';
import { Expert } from './innovation/seasons/experts/expert.entity.ts';
import { Grade } from './innovation/seasons/grade.entity.ts';
import { Season } from './innovation/seasons/season.entity.ts';
import { StudioNaming } from './innovation/studios/naming/naming.entity.ts';
import { NamingLine } from './innovation/studios/naming/naming-line.entity.ts';
import { NamingRound } from './innovation/studios/naming/round.entity.ts';
import { Studio } from './innovation/studios/studio.entity.ts';
import { StudioMember } from './innovation/studios/studio-member.entity.ts';
import { StudioYear } from './innovation/studios/years/studio-year.entity.ts';
import { JudgeConflict } from './judging/judges/conflict.entity.ts';
import { Judge } from './judging/judges/judge.entity.ts';
import { Candidate } from './judging/panels/candidate.entity.ts';
import { Criterion } from './judging/panels/criterion.entity.ts';
import { Panel } from './judging/panels/panel.entity.ts';
import { Ranking } from './judging/ranking/ranking.entity.ts';
import { RankingPlace } from './judging/ranking/ranking-place.entity.ts';
import { Sheet } from './judging/sheets/sheet.entity.ts';
import { PanelTask } from './judging/tasks/panel-task.entity.ts';
import { LotteryDraw } from './lotteries/draw/lottery-draw.entity.ts';
import { Lottery } from './lotteries/lottery.entity.ts';
import { LotteryWin } from './lotteries/prizes/lottery-win.entity.ts';
import { LotteryTemplate } from './lotteries/templates/template.entity.ts';
import { ContractRow } from './marketplace/contracts/contract.entity.ts';
import { Merchant } from './marketplace/merchant.entity.ts';
import { MerchantStaff } from './marketplace/merchant-staff.entity.ts';
import { MerchantApplication } from './marketplace/merchants/application.entity.ts';
import { Offer } from './marketplace/offer.entity.ts';
import { Outlet } from './marketplace/outlet.entity.ts';
import { ProgrammeMerchant } from './marketplace/programme-merchant.entity.ts';
import { Redemption } from './marketplace/redemption.entity.ts';
import { SettlementDispute } from './marketplace/settlement/dispute.entity.ts';
import { StatementFile } from './marketplace/settlement/files/statement-file.entity.ts';
import { PrepaidPayment } from './marketplace/settlement/prepaid/payment.entity.ts';
import { SettlementStatement } from './marketplace/settlement/statement.entity.ts';
import { TreatPlan } from './marketplace/treats/plan.entity.ts';
import { TreatRound } from './marketplace/treats/round.entity.ts';
import { Verification } from './marketplace/verification.entity.ts';
import { Voucher } from './marketplace/voucher.entity.ts';
import { Notice } from './notices/notice.entity.ts';
import { NoticeLine } from './notices/notice-line.entity.ts';
import { Objection } from './notices/objection.entity.ts';
import { Accrual } from './rules/accrual.entity.ts';
import { ActivityEvent } from './rules/activity-event.entity.ts';
import { Backtest } from './rules/backtest/backtest.entity.ts';
import { Claim } from './rules/claims/claim.entity.ts';
import { ClaimStep } from './rules/claims/claim-step.entity.ts';
import { Adjustment } from './rules/corrections/adjustment.entity.ts';
import { ProgrammePolicyRow } from './rules/corrections/programme-policy.entity.ts';
import { Revocation } from './rules/corrections/revocation.entity.ts';
import { DeclaredEventType } from './rules/event-types/declared-event-type.entity.ts';
import { Rule } from './rules/rule.entity.ts';
import { RuleDraftRow } from './rules/rule-draft.entity.ts';
import { RuleVersion } from './rules/rule-version.entity.ts';
import { MemberChild } from './unions/family/member-child.entity.ts';
import { Firm } from './unions/firms/firm.entity.ts';
import { Member } from './unions/member.entity.ts';
import { Programme } from './unions/programme.entity.ts';
import { MemberSkill } from './unions/skill/member-skill.entity.ts';
import { UnionNode } from './unions/union-node.entity.ts';
import { WechatBinding } from './unions/wechat-binding.entity.ts';

/** Every TypeORM entity of the program, in the order of the house's floors. */
export const entities: (new () => object)[] = [
  AdminRole,
  ApiToken,
  AuditRecord,
  Operator,
  Session,
  MemberChild,
  Firm,
  MemberSkill,
  Member,
  Programme,
  UnionNode,
  WechatBinding,
  EvidenceFile,
  Accrual,
  ActivityEvent,
  Backtest,
  RuleDraftRow,
  DeclaredEventType,
  Claim,
  ClaimStep,
  Adjustment,
  ProgrammePolicyRow,
  Revocation,
  RuleVersion,
  Rule,
  CardBatch,
  CardChange,
  CardIssuer,
  Card,
  Notice,
  NoticeLine,
  Objection,
  JudgeConflict,
  Judge,
  Candidate,
  Criterion,
  Panel,
  Sheet,
  PanelTask,
  Ranking,
  RankingPlace,
  Award,
  Competition,
  Division,
  Stage,
  EntryImport,
  EntryMember,
  Entry,
  SubsidyLine,
  SubsidyList,
  Win,
  Scoreboard,
  StageAdvance,
  StageRun,
  AchievementText,
  Achievement,
  Author,
  AchievementStep,
  StudioShare,
  Alliance,
  AllianceStudio,
  Benefit,
  InnovationContract,
  InnovationPayment,
  ListLine,
  SeasonHonour,
  SeasonList,
  SeasonCandidate,
  Reward,
  RewardLine,
  RewardList,
  Category,
  Expert,
  Grade,
  Season,
  StudioNaming,
  NamingLine,
  NamingRound,
  Studio,
  StudioMember,
  StudioYear,
  ContractRow,
  MerchantApplication,
  MerchantStaff,
  Merchant,
  Offer,
  Outlet,
  ProgrammeMerchant,
  Redemption,
  SettlementDispute,
  StatementFile,
  PrepaidPayment,
  SettlementStatement,
  TreatPlan,
  TreatRound,
  Verification,
  Voucher,
  LotteryTemplate,
  Lottery,
  LotteryDraw,
  LotteryWin,
];
