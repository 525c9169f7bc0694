import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import { evidenceUrl, numberedName } from '../address.ts';
import type { EvidenceFile } from '../evidence-file.entity.ts';

@ObjectType('EvidenceFile', {
  description: 'A file that proves something (证明材料), uploaded by PUT /uploads/evidence.',
  simpleResolvers: true,
})
export class EvidenceFileView {
  @Field(() => IdScalar, { description: 'What the upload answered as `evidenceId`.' })
  id!: string;

  @Field(() => String, {
    description: 'The name under which it was uploaded; for the judges of a blind panel 材料 and a number instead.',
  })
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
  url(@Ctx() { deps }: AdminContext): string {
    return evidenceUrl(deps.config, this.id, deps.clock.now(), this.number);
  }

  number?: number;

  @Field(() => InstantScalar, { description: 'When it was uploaded.' })
  uploadedAt!: Date;
}

export function evidenceFileView({ id, fileName, mediaType, size, uploadedAt }: EvidenceFile): EvidenceFileView {
  return Object.assign(new EvidenceFileView(), { id, fileName, mediaType, size, uploadedAt });
}

/** The files of something for those who must not learn from their names whose they are: they come under numbers. */
export function numberedFileViews(files: readonly EvidenceFile[]): EvidenceFileView[] {
  return files.map((file, i) =>
    Object.assign(evidenceFileView(file), { fileName: numberedName(i + 1), number: i + 1 }),
  );
}
