import { Field, ObjectType } from 'type-graphql';
import { IdScalar } from '../../platform/graphql/scalars.ts';
import type { Language } from '../../platform/result.ts';
import { conditionInWords } from '../condition-in-words.ts';
import { type Comparison, type Condition, type Fact, MOST_VALUES } from '../conditions.ts';
import { conditionsIn, type Path } from '../definition-place.ts';
import type { UnionNames } from '../phrases.ts';
import { ComparisonWord, ConditionKindWord, FactWord } from './words.ts';

@ObjectType('Condition', {
  description:
    'One condition of a tree: a group (ALL, ANY, NOT) or a question. What does not belong to its kind is empty.',
  simpleResolvers: true,
})
export class ConditionView {
  @Field(() => String, { description: 'Where it stands: "" for the root, "0.1" for the second inside the first.' })
  place!: string;

  @Field(() => ConditionKindWord)
  kind!: Condition['kind'];

  @Field(() => String, { nullable: true, description: 'With ATTRIBUTE: the name of the attribute.' })
  attribute!: string | null;

  @Field(() => FactWord, { nullable: true, description: 'With FACT: what it asks about.' })
  fact!: Fact | null;

  @Field(() => ComparisonWord, { nullable: true, description: 'With ATTRIBUTE and FACT: how it compares.' })
  is!: Comparison | null;

  @Field(() => [String], {
    description: `With ATTRIBUTE and FACT: what it compares with, numbers as their digits; ${MOST_VALUES} at the most.`,
  })
  values!: string[];

  @Field(() => [IdScalar], { description: `With BRANCH: the tops of the branches, ${MOST_VALUES} at the most.` })
  branches!: string[];

  @Field(() => [String], { description: `With TAG: the tags, ${MOST_VALUES} at the most.` })
  tags!: string[];

  @Field(() => String, { description: 'This condition with those inside it, as members read it.' })
  inWords!: string;
}

/** A tree of conditions as a list, each before those inside it. */
export function conditionViews(root: Condition, names: UnionNames, language: Language): ConditionView[] {
  return [...conditionsIn(root)].map(([one, path]) =>
    Object.assign(new ConditionView(), {
      place: placeInTree(path),
      kind: one.kind,
      attribute: one.kind === 'attribute' ? one.attribute : null,
      fact: one.kind === 'fact' ? one.fact : null,
      is: one.kind === 'attribute' || one.kind === 'fact' ? one.is : null,
      values: one.kind === 'attribute' || one.kind === 'fact' ? one.values.map(String) : [],
      branches: one.kind === 'branch' ? one.unionIds : [],
      tags: one.kind === 'tag' ? one.tags : [],
      inWords: conditionInWords(one, names)[language],
    }),
  );
}

/** By the numbers of the conditions alone; what stands inside `not` is its first. */
function placeInTree([, ...inside]: Path): string {
  return inside.flatMap((part) => (part === 'conditions' ? [] : [part === 'condition' ? 0 : part])).join('.');
}
