import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../identity/context.ts';
import { connectionType } from '../../platform/graphql/connection.ts';
import { IdScalar, InstantScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import type { Points } from '../../platform/points.ts';
import { unionLoader } from '../../unions/loaders.ts';
import { MOST_BRANCH_BUDGETS, type RuleDefinition } from '../definition.ts';
import { inWords, linesInWords } from '../in-words.ts';
import { newestVersionsLoader, VERSIONS_SHOWN } from '../loaders.ts';
import type { VersionedRule } from '../queries.ts';
import type { Rule } from '../rule.entity.ts';
import type { RuleDraftRow } from '../rule-draft.entity.ts';
import { type Awarded, awardedLoader, effectiveVersionLoader, ruleLoader } from '../rule-loaders.ts';
import { type VersionState, versionState } from '../version-state.ts';
import { definitionView, RuleDefinitionView } from './admin-definition-views.ts';
import { unionNamesOf } from './union-names.ts';
import { VersionStateWord } from './words.ts';

const SENTENCE = 'All of it in a sentence, as members read it.';
const LINES = 'The same in lines: what it pays, how often, for whom, up to what; one for each tier, condition or cap.';

async function sentence(context: AdminContext, name: string, definition: RuleDefinition): Promise<string> {
  return inWords(name, definition, await unionNamesOf(context, definition))[context.language];
}

async function linesOf(context: AdminContext, definition: RuleDefinition): Promise<string[]> {
  const names = await unionNamesOf(context, definition);
  return linesInWords(definition, names).map((line) => line[context.language]);
}

@ObjectType('RuleVersion', { description: 'A published version of a rule. It never changes.', simpleResolvers: true })
export class RuleVersionView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  ruleId!: string;

  @Field(() => String)
  ruleName!: string;

  @Field(() => Int, { description: '1 for the first.' })
  number!: number;

  @Field(() => RuleDefinitionView)
  definition!: RuleDefinitionView;

  @Field(() => InstantScalar, { description: 'From when it judges events.' })
  effectiveAt!: Date;

  @Field(() => String, { description: 'Who published it: operator:<id> or api-token:<id>.' })
  publishedBy!: string;

  @Field(() => InstantScalar)
  publishedAt!: Date;

  @Field(() => VersionStateWord)
  async state(@Ctx() context: AdminContext): Promise<VersionState> {
    const rule = await loader(context, ruleLoader).load(this.ruleId);
    if (!rule) throw new Error(`the rule ${this.ruleId} has gone`);
    const effective = await loader(context, effectiveVersionLoader).load(this.ruleId);
    return versionState(this, rule, effective?.number, context.deps.clock.now());
  }

  @Field(() => String, { description: SENTENCE })
  inWords(@Ctx() context: AdminContext): Promise<string> {
    return sentence(context, this.ruleName, this.definition.definition);
  }

  @Field(() => [String], { description: LINES })
  lines(@Ctx() context: AdminContext): Promise<string[]> {
    return linesOf(context, this.definition.definition);
  }
}

export function ruleVersionView(version: VersionedRule): RuleVersionView {
  const { versionId, ruleId, name, number, publishedBy, publishedAt, effectiveAt } = version;
  return Object.assign(new RuleVersionView(), {
    id: versionId,
    ruleId,
    ruleName: name,
    number,
    definition: definitionView(version.definition),
    publishedBy,
    publishedAt,
    effectiveAt,
  });
}

@ObjectType('RuleAwarded', { description: 'What a rule gave where it has a budget.', simpleResolvers: true })
export class RuleAwardedView {
  @Field(() => IdScalar, { nullable: true, description: 'The branch; null for all members together.' })
  unionId!: string | null;

  @Field(() => PointsScalar)
  points!: Points;

  @Field(() => String, { nullable: true, description: 'The name of the branch; null for all members together.' })
  async unionName(@Ctx() context: AdminContext): Promise<string | null> {
    return this.unionId === null ? null : ((await loader(context, unionLoader).load(this.unionId))?.name ?? null);
  }
}

const ruleAwardedView = (awarded: Awarded): RuleAwardedView => Object.assign(new RuleAwardedView(), awarded);

@ObjectType('Rule', { description: '积分规则: what one type of event earns in a programme.', simpleResolvers: true })
export class RuleView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => String, { description: 'As members read it, e.g. 学历提升.' })
  name!: string;

  @Field(() => String, { description: 'The type of the events that it judges, e.g. degree.' })
  eventType!: string;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'From when it judges no more events; null while it does.',
  })
  retiredAt!: Date | null;

  @Field(() => RuleVersionView, {
    nullable: true,
    description:
      'The version that judges events; null while the first is still to take effect, and once the rule is retired.',
  })
  async current(@Ctx() context: AdminContext): Promise<RuleVersionView | null> {
    if (this.retiredAt) return null;
    const effective = await loader(context, effectiveVersionLoader).load(this.id);
    return effective && ruleVersionView(effective);
  }

  @Field(() => [RuleVersionView], { description: `Its versions, the newest first, ${VERSIONS_SHOWN} at the most.` })
  async versions(@Ctx() context: AdminContext): Promise<RuleVersionView[]> {
    return (await loader(context, newestVersionsLoader).load(this.id)).map(ruleVersionView);
  }

  @Field(() => [RuleAwardedView], {
    description: `What it gave where it has or once had a budget, in all and in branches, to hold against the budget of its version; seldom more than ${MOST_BRANCH_BUDGETS + 1}.`,
  })
  async awarded(@Ctx() context: AdminContext): Promise<RuleAwardedView[]> {
    return (await loader(context, awardedLoader).load(this.id)).map(ruleAwardedView);
  }
}

export const RuleConnection = connectionType(RuleView, 'Rule');

export function ruleView({ id, programmeId, name, eventType, createdAt, retiredAt }: Rule): RuleView {
  return Object.assign(new RuleView(), { id, programmeId, name, eventType, createdAt, retiredAt });
}

@ObjectType('RuleDraft', {
  description: '规则草稿: a new rule, or the next version of one, that is not published yet. It judges nothing.',
  simpleResolvers: true,
})
export class RuleDraftView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => IdScalar, { nullable: true, description: 'The rule whose next version it is; null for a new rule.' })
  ruleId!: string | null;

  @Field(() => String, { description: 'As members will read it.' })
  name!: string;

  @Field(() => String, { description: 'The type of the events that it will judge, e.g. degree.' })
  eventType!: string;

  @Field(() => RuleDefinitionView)
  definition!: RuleDefinitionView;

  @Field(() => String, { description: 'Who saved it last: operator:<id> or api-token:<id>.' })
  updatedBy!: string;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => InstantScalar)
  updatedAt!: Date;

  @Field(() => String, { description: SENTENCE })
  inWords(@Ctx() context: AdminContext): Promise<string> {
    return sentence(context, this.name, this.definition.definition);
  }

  @Field(() => [String], { description: LINES })
  lines(@Ctx() context: AdminContext): Promise<string[]> {
    return linesOf(context, this.definition.definition);
  }
}

export const RuleDraftConnection = connectionType(RuleDraftView, 'RuleDraft');

export function ruleDraftView({ definition, ...facts }: RuleDraftRow): RuleDraftView {
  return Object.assign(new RuleDraftView(), { ...facts, definition: definitionView(definition) });
}

@ObjectType('DiscardedRuleDraft', { description: 'A draft that is gone.', simpleResolvers: true })
export class DiscardedRuleDraftView {
  @Field(() => IdScalar)
  draftId!: string;
}
