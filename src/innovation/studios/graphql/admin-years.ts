import { Args, Ctx, Field, FieldResolver, Int, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { EvidenceFileView, evidenceFileView } from '../../../evidence/graphql/admin-views.ts';
import { evidenceLoader } from '../../../evidence/loaders.ts';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { InstantScalar } from '../../../platform/graphql/scalars.ts';
import { answer } from '../../../unions/graphql/admin-answers.ts';
import { studioInScope } from '../scope.ts';
import { yearsLoader } from '../years/loaders.ts';
import { planYear } from '../years/plan-year.ts';
import { YEARS_SHOWN } from '../years/queries.ts';
import { reportYear } from '../years/report-year.ts';
import { type StudioYear, yearEvidence } from '../years/studio-year.entity.ts';
import { YearArgs } from './admin-inputs.ts';
import { StudioView, studioView } from './admin-views.ts';

@ObjectType('StudioYear', {
  description: '年度计划与总结: what a studio plans for a year, and reports of it.',
  simpleResolvers: true,
})
class StudioYearView {
  studioId!: string;

  @Field(() => Int, { description: '年度' })
  year!: number;

  @Field(() => String, { description: '年度计划' })
  plan!: string;

  @Field(() => InstantScalar)
  plannedAt!: Date;

  @Field(() => String, { nullable: true, description: '年度总结; null before it is given.' })
  report!: string | null;

  @Field(() => InstantScalar, { nullable: true })
  reportedAt!: Date | null;

  @Field(() => [EvidenceFileView], { description: 'What belongs to the plan: nine at the most.' })
  planEvidence(@Ctx() context: AdminContext): Promise<EvidenceFileView[]> {
    return evidence(context, yearEvidence('plan', this.studioId, this.year));
  }

  @Field(() => [EvidenceFileView], { description: 'What belongs to the report: nine at the most.' })
  reportEvidence(@Ctx() context: AdminContext): Promise<EvidenceFileView[]> {
    return evidence(context, yearEvidence('report', this.studioId, this.year));
  }
}

const PlanStudioYearResult = resultType('PlanStudioYear', StudioView);
const ReportStudioYearResult = resultType('ReportStudioYear', StudioView);

const REFUSALS = 'STUDIO_UNKNOWN, STUDIO_DISSOLVED, TEXT_LENGTH, EVIDENCE_UNKNOWN, EVIDENCE_COUNT';

/** What studios plan and report. */
@Resolver(() => StudioView)
export class AdminStudioYearsResolver {
  @FieldResolver(() => [StudioYearView], { description: `The latest first; the latest ${YEARS_SHOWN}.` })
  async years(@Root() studio: StudioView, @Ctx() context: AdminContext): Promise<StudioYearView[]> {
    return (await loader(context, yearsLoader).load(studio.id)).map(studioYearView);
  }

  @Permission('studios:write')
  @Mutation(() => PlanStudioYearResult, {
    description: `Gives the plan of a studio for this year or the next, in place of the one before until the report is given. Refusals: ${REFUSALS}, YEAR_NOT_TO_PLAN, YEAR_REPORTED, ${KEY_REFUSALS}.`,
  })
  async planStudioYear(
    @Ctx() context: AdminContext,
    @Args(() => YearArgs) { key, ...input }: YearArgs,
  ): Promise<StudioView | RefusalView> {
    return shown(context, await planYear(context.deps, context.caller, key, input));
  }

  @Permission('studios:write')
  @Mutation(() => ReportStudioYearResult, {
    description: `Reports what a studio did in a year that it planned, in place of the report before. Refusals: ${REFUSALS}, PLAN_MISSING, YEAR_NOT_BEGUN, ${KEY_REFUSALS}.`,
  })
  async reportStudioYear(
    @Ctx() context: AdminContext,
    @Args(() => YearArgs) { key, ...input }: YearArgs,
  ): Promise<StudioView | RefusalView> {
    return shown(context, await reportYear(context.deps, context.caller, key, input));
  }
}

function shown(context: AdminContext, outcome: Outcome): Promise<StudioView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => studioInScope(deps.db.manager, caller, 'studios:write', id);
  return answer(context, outcome, find, ({ studio }) => studioView(studio));
}

async function evidence(context: AdminContext, target: string): Promise<EvidenceFileView[]> {
  return (await loader(context, evidenceLoader).load(target)).map(evidenceFileView);
}

function studioYearView({ studioId, year, plan, plannedAt, report, reportedAt }: StudioYear): StudioYearView {
  return Object.assign(new StudioYearView(), { studioId, year, plan, plannedAt, report, reportedAt });
}
