import { Args, Ctx, Field, Int, ObjectType } from 'type-graphql';
import { EvidenceFileView, evidenceFileView } from '../../../evidence/graphql/admin-views.ts';
import { evidenceLoader } from '../../../evidence/loaders.ts';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import type { FirmType } from '../../../unions/firms/firm.entity.ts';
import { FirmTypeWord } from '../../../unions/firms/graphql/words.ts';
import { MemberView, memberView, UnionView, unionView } from '../../../unions/graphql/admin-views.ts';
import { memberLoader, unionLoader } from '../../../unions/loaders.ts';
import type { Entrant } from '../../plan/competition.entity.ts';
import { CompetitionView, competitionView } from '../../plan/graphql/admin-views.ts';
import { EntrantWord } from '../../plan/graphql/words.ts';
import { divisionLoader, stageLoader } from '../../plan/loaders.ts';
import { certificatePath } from '../certificate-path.ts';
import type { Entry, EntryState } from '../entry.entity.ts';
import type { EntryMember, EntryRole } from '../entry-member.entity.ts';
import { entryEvidence } from '../evidence/entry-evidence.ts';
import { competitionLoader, partsLoaders } from '../loaders.ts';
import { EntryRoleWord, EntryStateWord } from './words.ts';

@ObjectType('EntryMember', { description: 'Somebody who is part of an entry.', simpleResolvers: true })
export class EntryMemberView {
  memberId!: string;

  @Field(() => IdScalar, { description: 'Of her part in this entry; give it to substituteMember.' })
  id!: string;

  @Field(() => EntryRoleWord)
  role!: EntryRole;

  @Field(() => Int, { nullable: true, description: '技能等级 when she came in, 1 to 5; null when none is known.' })
  skillLevel!: number | null;

  @Field(() => InstantScalar)
  joinedAt!: Date;

  @Field(() => MemberView)
  async member(@Ctx() context: AdminContext): Promise<MemberView> {
    return memberView((await loader(context, memberLoader).load(this.memberId))!);
  }
}

const EntryMemberConnection = connectionType(EntryMemberView, 'EntryMember');

@ObjectType('Entry', {
  description: '报名: an entry of a competition by a firm, a team or a member.',
  simpleResolvers: true,
})
export class EntryView {
  row!: Entry;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => EntrantWord)
  kind!: Entrant;

  @Field(() => String, { description: 'Of the firm, the team or the member.' })
  name!: string;

  @Field(() => String, { description: '参赛证编号: the number of its certificate.' })
  number!: string;

  @Field(() => String, { description: 'Where on this server everyone can check the certificate, for a QR code.' })
  certificatePath!: string;

  @Field(() => EntryStateWord)
  state!: EntryState;

  @Field(() => FirmTypeWord, {
    nullable: true,
    description: 'What the firm was called then; null when nothing was known.',
  })
  firmType!: FirmType | null;

  @Field(() => InstantScalar)
  enteredAt!: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'Null while it stands.' })
  withdrawnAt!: Date | null;

  @Field(() => UnionView, { description: 'The union of the firm, or the own one of who works in none.' })
  async union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionView((await loader(context, unionLoader).load(this.row.unionId))!);
  }

  @Field(() => CompetitionView)
  async competition(@Ctx() context: AdminContext): Promise<CompetitionView> {
    return competitionView((await loader(context, competitionLoader).load(this.row.competitionId))!);
  }

  @Field(() => String, { nullable: true, description: '组别; null where there are none.' })
  async divisionName(@Ctx() context: AdminContext): Promise<string | null> {
    const { divisionId } = this.row;
    return divisionId === null ? null : (await loader(context, divisionLoader).load(divisionId))!.name;
  }

  @Field(() => String, { description: 'The stage at which it begins.' })
  async stageName(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, stageLoader).load(this.row.stageId))!.name;
  }

  @Field(() => [EvidenceFileView], {
    description: '参赛材料: what was handed in for the judges, nine files at the most; see setEntryEvidence.',
  })
  async evidence(@Ctx() context: AdminContext): Promise<EvidenceFileView[]> {
    return (await loader(context, evidenceLoader).load(entryEvidence(this.id))).map(evidenceFileView);
  }

  @Field(() => EntryMemberConnection, { description: 'Those who are part of it, the first who came first.' })
  async members(
    @Ctx() context: AdminContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<EntryMemberView>> {
    const found = await loader(context, partsLoaders)(pageAsked(page)).load(this.id);
    return connection(found, (part) => part.id, entryMemberView);
  }
}

export const EntryConnection = connectionType(EntryView, 'Entry');

@ObjectType('EntryQuota', {
  description: '参赛名额: how many entries of a competition may come from a union’s branch.',
  simpleResolvers: true,
})
export class QuotaView {
  unionId!: string;

  @Field(() => Int, { description: 'Entries at the most.' })
  atMost!: number;

  @Field(() => Int, { description: 'Entries that stand.' })
  entered!: number;

  @Field(() => UnionView)
  async union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionView((await loader(context, unionLoader).load(this.unionId))!);
  }
}

export const QuotaConnection = connectionType(QuotaView, 'EntryQuota');

export function quotaView(quota: Pick<QuotaView, 'unionId' | 'atMost' | 'entered'>): QuotaView {
  return Object.assign(new QuotaView(), quota);
}

export function entryView(row: Entry): EntryView {
  const { id, kind, name, number, state, firmType, enteredAt, withdrawnAt } = row;
  const shown = { row, id, kind, name, number, state, firmType, enteredAt, withdrawnAt };
  return Object.assign(new EntryView(), { ...shown, certificatePath: certificatePath(number) });
}

function entryMemberView({ id, memberId, role, skillLevel, joinedAt }: EntryMember): EntryMemberView {
  return Object.assign(new EntryMemberView(), { id, memberId, role, skillLevel, joinedAt });
}
