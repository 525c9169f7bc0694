import { Field, InputType, Int } from 'type-graphql';
import type { Post } from '../author.entity.ts';
import { MOST_AUTHORS } from '../limits.ts';
import type { OwnContent } from '../own-content.ts';
import { ContentFields, contentGiven, SHARE } from './content-fields.ts';
import { PostWord } from './words.ts';

@InputType('CoAuthorInput', {
  description: '其他完成人: a colleague; name and staff number must be as they are on the roll.',
})
class CoAuthorInput {
  @Field(() => String, { description: '姓名' })
  name!: string;

  @Field(() => String, { description: '工号' })
  staffNumber!: string;

  @Field(() => Int, SHARE)
  share!: number;

  @Field(() => PostWord)
  post!: Post;
}

@InputType('AchievementInput', { description: 'What you declare. A draft may lack what the submission asks for.' })
export class AchievementInput extends ContentFields {
  @Field(() => Int, {
    description: 'Your own. In hundredths of a percent, so that 10000 is all; those of all authors add to 10000.',
  })
  share!: number;

  @Field(() => PostWord, { description: 'Your own; it decides the group.' })
  post!: Post;

  @Field(() => [CoAuthorInput], {
    defaultValue: [],
    description: `The other authors, in order: ${MOST_AUTHORS - 1} at the most.`,
  })
  colleagues!: CoAuthorInput[];
}

export function ownContent(given: AchievementInput): OwnContent {
  const { share, post } = given;
  const colleagues = given.colleagues.map((one) => ({
    ...{ name: one.name, staffNumber: one.staffNumber, share: one.share, post: one.post },
  }));
  return { ...contentGiven(given), share, post, colleagues };
}
