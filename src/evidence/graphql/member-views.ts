import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import type { MemberContext } from '../../identity/context.ts';
import { IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import { evidenceUrl } from '../address.ts';
import type { EvidenceFile } from '../evidence-file.entity.ts';

@ObjectType('EvidenceFile', {
  description: 'A file that proves something (证明材料), uploaded by PUT /uploads/evidence.',
  simpleResolvers: true,
})
export class EvidenceFileView {
  @Field(() => IdScalar, { description: 'What the upload answered as `evidenceId`.' })
  id!: string;

  @Field(() => String, { description: 'The name under which it was uploaded.' })
  fileName!: string;

  @Field(() => String, {
    description: 'By its content: image/jpeg, image/png, image/webp, image/heic, image/heif or application/pdf.',
  })
  mediaType!: string;

  @Field(() => Int, { description: 'In bytes; 10,000,000 at most.' })
  size!: number;

  @Field(() => String, {
    description:
      'The path on this server at which the file can be read without a token. Good for five minutes; ask again after.',
  })
  url(@Ctx() { deps }: MemberContext): string {
    return evidenceUrl(deps.config, this.id, deps.clock.now());
  }

  @Field(() => InstantScalar, { description: 'When it was uploaded.' })
  uploadedAt!: Date;
}

export function evidenceFileView({ id, fileName, mediaType, size, uploadedAt }: EvidenceFile): EvidenceFileView {
  return Object.assign(new EvidenceFileView(), { id, fileName, mediaType, size, uploadedAt });
}
