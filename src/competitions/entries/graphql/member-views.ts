import { Args, Ctx, Field, ObjectType } from 'type-graphql';
import { EvidenceFileView, evidenceFileView } from '../../../evidence/graphql/member-views.ts';
import { evidenceLoader } from '../../../evidence/loaders.ts';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { memberLoader } from '../../../unions/loaders.ts';
import type { Entrant } from '../../plan/competition.entity.ts';
import { CompetitionView, competitionView } from '../../plan/graphql/member-views.ts';
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

  @Field(() => IdScalar, { description: 'Of her part in this entry; give it to substituteColleague.' })
  id!: string;

  @Field(() => EntryRoleWord)
  role!: EntryRole;

  @Field(() => InstantScalar)
  joinedAt!: Date;

  @Field(() => String)
  async name(@Ctx() context: MemberContext): Promise<string> {
    return (await loader(context, memberLoader).load(this.memberId))!.name;
  }

  @Field(() => Boolean, { description: 'Whether it is you.' })
  isOwn(@Ctx() { caller }: MemberContext): boolean {
    return caller.memberId === this.memberId;
  }
}

const EntryMemberConnection = connectionType(EntryMemberView, 'EntryMember');

@ObjectType('Entry', {
  description: '报名: an entry of a competition that you are or were part of.',
  simpleResolvers: true,
})
export class EntryView {
  row!: Entry;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => EntrantWord)
  kind!: Entrant;

  @Field(() => String, { description: 'Of the firm, the team or yourself.' })
  name!: string;

  @Field(() => String, { description: '参赛证编号: the number of its certificate.' })
  number!: string;

  @Field(() => String, { description: 'Where on this server everyone can check the certificate, for a QR code.' })
  certificatePath!: string;

  @Field(() => EntryStateWord)
  state!: EntryState;

  @Field(() => InstantScalar)
  enteredAt!: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'Null while it stands.' })
  withdrawnAt!: Date | null;

  @Field(() => CompetitionView)
  async competition(@Ctx() context: MemberContext): Promise<CompetitionView> {
    return competitionView((await loader(context, competitionLoader).load(this.row.competitionId))!);
  }

  @Field(() => String, { nullable: true, description: '组别; null where there are none.' })
  async divisionName(@Ctx() context: MemberContext): Promise<string | null> {
    const { divisionId } = this.row;
    return divisionId === null ? null : (await loader(context, divisionLoader).load(divisionId))!.name;
  }

  @Field(() => String, { description: 'The stage at which it begins.' })
  async stageName(@Ctx() context: MemberContext): Promise<string> {
    return (await loader(context, stageLoader).load(this.row.stageId))!.name;
  }

  @Field(() => EntryMemberConnection, { description: 'Those who are part of it, the first who came first.' })
  async members(
    @Ctx() context: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<EntryMemberView>> {
    const found = await loader(context, partsLoaders)(pageAsked(page)).load(this.id);
    return connection(found, (part) => part.id, entryMemberView);
  }
}

@ObjectType('OwnEntry', { description: 'That you are or were part of an entry.', simpleResolvers: true })
export class OwnEntryView {
  @Field(() => EntryRoleWord, { description: 'What you are in it.' })
  role!: EntryRole;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'When it was withdrawn or somebody came in your place; null while you are part of it.',
  })
  leftAt!: Date | null;

  @Field(() => EntryView)
  entry!: EntryView;

  @Field(() => [EvidenceFileView], {
    description:
      '参赛材料: what was handed in for the judges, nine files at the most; empty once you are not part of it any more.',
  })
  async evidence(@Ctx() context: MemberContext): Promise<EvidenceFileView[]> {
    if (this.leftAt !== null) return [];
    return (await loader(context, evidenceLoader).load(entryEvidence(this.entry.id))).map(evidenceFileView);
  }
}

export const OwnEntryConnection = connectionType(OwnEntryView, 'OwnEntry');

export function ownEntryView({ part, entry }: { part: EntryMember; entry: Entry }): OwnEntryView {
  return Object.assign(new OwnEntryView(), { role: part.role, leftAt: part.leftAt, entry: entryView(entry) });
}

export function entryView(row: Entry): EntryView {
  const { id, kind, name, number, state, enteredAt, withdrawnAt } = row;
  const shown = { row, id, kind, name, number, state, enteredAt, withdrawnAt };
  return Object.assign(new EntryView(), { ...shown, certificatePath: certificatePath(number) });
}

function entryMemberView({ id, memberId, role, joinedAt }: EntryMember): EntryMemberView {
  return Object.assign(new EntryMemberView(), { id, memberId, role, joinedAt });
}
