import { Field, Int, ObjectType } from 'type-graphql';
import { InstantScalar } from '../../../platform/graphql/scalars.ts';
import type { Entrant } from '../../plan/competition.entity.ts';
import { EntrantWord } from '../../plan/graphql/words.ts';
import type { EntryCertificate } from '../certificate.ts';
import type { EntryState } from '../entry.entity.ts';
import { EntryStateWord } from './words.ts';

@ObjectType('EntryCertificate', {
  description: '参赛证: what the certificate of an entry says, for whoever has its number.',
  simpleResolvers: true,
})
export class CertificateView {
  @Field(() => String, { description: 'As it is printed, e.g. AH2026-7K3MQ-9XD2A.' })
  number!: string;

  @Field(() => String, { description: 'The name of the competition.' })
  competition!: string;

  @Field(() => Int, { description: '年度' })
  year!: number;

  @Field(() => String, { description: '主办工会: whose competition it is.' })
  organiser!: string;

  @Field(() => String, { nullable: true, description: '组别; null where there are none.' })
  division!: string | null;

  @Field(() => EntrantWord)
  kind!: Entrant;

  @Field(() => String, { description: 'Of the firm or team; a member’s own is masked, to be compared with the paper.' })
  name!: string;

  @Field(() => String, { description: 'The firm, or the union of who works in none.' })
  firm!: string;

  @Field(() => EntryStateWord, { description: 'Whether the entry stands still.' })
  state!: EntryState;

  @Field(() => InstantScalar)
  enteredAt!: Date;
}

export function certificateView(certificate: EntryCertificate): CertificateView {
  return Object.assign(new CertificateView(), certificate);
}
