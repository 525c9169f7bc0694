import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { MySheetView } from '../../../judging/graphql/judge-views.ts';
import { achievementLoader, textLoader } from '../../achievements/loaders.ts';
import { AchievementGroupWord, AchievementKindWord } from '../../graphql/words.ts';
import type { AchievementGroup, AchievementKind } from '../../kinds.ts';

@ObjectType('ReviewedAchievement', {
  description: '参评成果: what is written of an achievement, as it was submitted; nothing of who made it.',
  simpleResolvers: true,
})
class ReviewedAchievementView {
  @Field(() => String)
  title!: string;

  @Field(() => AchievementKindWord)
  kind!: AchievementKind;

  @Field(() => AchievementGroupWord)
  group!: AchievementGroup;

  @Field(() => String, { description: '领域: 焊接.' })
  field!: string;

  @Field(() => String, { description: '摘要' })
  summary!: string;

  @Field(() => String, { description: 'The whole of it.' })
  text!: string;

  @Field(() => String, { nullable: true, description: '实测效果: of a proposal that is used.' })
  effectMeasured!: string | null;
}

/** What judges of a season read besides the evidence. */
@Resolver(() => MySheetView)
export class JudgedAchievementResolver {
  @FieldResolver(() => ReviewedAchievementView, {
    nullable: true,
    description: 'The achievement that it is for, in a season of innovation; null elsewhere.',
  })
  async achievement(
    @Root() { evidenceOf }: MySheetView,
    @Ctx() context: AdminContext,
  ): Promise<ReviewedAchievementView | null> {
    const [, id] = /^achievement:(.+)$/.exec(evidenceOf ?? '') ?? [];
    const found = id === undefined ? null : await loader(context, achievementLoader).load(id);
    if (!found) return null;
    const { kind, group, field, effectMeasured, submittedVersion } = found;
    const version = { achievementId: found.id, version: submittedVersion! };
    const { title, summary, text } = await loader(context, textLoader).load(version);
    const written = { title, kind, group, field, summary, text, effectMeasured };
    return Object.assign(new ReviewedAchievementView(), written);
  }
}
