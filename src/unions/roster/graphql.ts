import { Arg, Args, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import { type AdminContext, loader } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { type Connection, connection, connectionType } from '../../platform/graphql/connection.ts';
import { resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import { MemberConnection, type MemberView, memberView, UnionView, unionView } from '../graphql/admin-views.ts';
import { memberLoader, unionLoader } from '../loaders.ts';
import { unionInScope } from '../scope.ts';
import { importRoster } from './import-roster.ts';
import { missingMemberLoaders, problemLoaders } from './loaders.ts';
import { type ImportState, importsOf, type NumberedProblem, type RosterImport } from './queries.ts';
import { importInScope } from './scope.ts';

const ImportStateWord = {
  CHECKING: 'checking',
  CHECKED: 'checked',
  IMPORTING: 'importing',
  IMPORTED: 'imported',
  FAILED: 'failed',
} as const satisfies Record<string, ImportState>;

registerEnumType(ImportStateWord, {
  name: 'RosterImportState',
  description: 'How far a roster import is.',
  valuesConfig: {
    CHECKING: { description: '检查中: the file is being read; ask again in a few seconds.' },
    CHECKED: { description: '待导入: the problems are known and nothing is written; importRoster starts the import.' },
    IMPORTING: { description: '导入中: good rows are being written; ask again in a few seconds.' },
    IMPORTED: { description: '已导入: all good rows are written.' },
    FAILED: { description: '无法读取: see `failure`; mend the file and upload it again.' },
  },
});

@ObjectType('RosterProblem', {
  description: 'Something wrong with one row of a roster; the row is not imported. Personal values are masked.',
  simpleResolvers: true,
})
class RosterProblemView {
  @Field(() => Int, { description: 'The number of the row as Excel shows it.' })
  row!: number;

  @Field(() => String, { description: 'The heading of the column, as the file spells it; empty for the whole row.' })
  heading!: string;

  @Field(() => String, { description: 'Stable name of the kind of problem, e.g. ID_NUMBER_CHECK_DIGIT.' })
  code!: string;

  @Field(() => String, { description: 'What is wrong and what to do, in the language of Accept-Language.' })
  message!: string;
}

const RosterProblemConnection = connectionType(RosterProblemView, 'RosterProblem');

@ObjectType('RosterImport', {
  description: '会员名册导入: a roster file that was uploaded by PUT /uploads/roster, and what came of it.',
  simpleResolvers: true,
})
class RosterImportView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  fileName!: string;

  @Field(() => Boolean, { description: 'Whether the file was said to name all members of the branch.' })
  isFull!: boolean;

  @Field(() => ImportStateWord)
  state!: ImportState;

  @Field(() => Int, { description: 'Rows that the check is past; once checked, the rows of the file.' })
  rowsRead!: number;

  @Field(() => Int, { description: 'Rows that the import is past, of rowsRead.' })
  rowsDone!: number;

  @Field(() => Int, { description: 'Rows with a problem; they are not imported.' })
  rowsBad!: number;

  @Field(() => Int, { description: 'Members who were new.' })
  membersCreated!: number;

  @Field(() => Int, { description: 'Members whose data the file changed.' })
  membersUpdated!: number;

  @Field(() => Int, { description: 'Members who were on the roll just as the file has them.' })
  membersUnchanged!: number;

  @Field(() => Int, { description: 'Members of the branch whom a full file does not name; nothing is done to them.' })
  membersMissing!: number;

  @Field(() => RefusalView, { nullable: true, description: 'Why the file could not be used, when state is FAILED.' })
  failure!: RefusalView | null;

  @Field(() => InstantScalar, { description: 'When the file was uploaded.' })
  createdAt!: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'When the import was done or failed.' })
  finishedAt!: Date | null;

  unionId!: string;

  @Field(() => UnionView, { description: 'The union for whose branch the roster is.' })
  async union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionView((await loader(context, unionLoader).load(this.unionId))!);
  }

  @Field(() => RosterProblemConnection, { description: 'The problems, by row.' })
  async problems(
    @Ctx() context: AdminContext,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<Connection<RosterProblemView>> {
    const page = await loader(context, problemLoaders)(pageAsked(args)).load(this.id);
    return connection(
      page,
      (problem) => `${problem.rowNumber}.${problem.number}`,
      (problem) => problemView(context, problem),
    );
  }

  @Field(() => MemberConnection, {
    description: 'Members of the branch whom a full file does not name, in order of enrolment. Complete once checked.',
  })
  async missingMembers(
    @Ctx() context: AdminContext,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<Connection<MemberView>> {
    const page = await loader(context, missingMemberLoaders)(pageAsked(args)).load(this.id);
    const members = await loader(context, memberLoader).loadMany(page.items);
    const items = members.flatMap((member) => (member === null || member instanceof Error ? [] : member));
    return connection({ ...page, items }, (member) => member.id, memberView);
  }
}

const RosterImportConnection = connectionType(RosterImportView, 'RosterImport');

const ImportRosterResult = resultType('ImportRoster', RosterImportView);

function problemView({ language }: AdminContext, problem: NumberedProblem): RosterProblemView {
  const { rowNumber: row, heading, code, message } = problem;
  return Object.assign(new RosterProblemView(), { row, heading, code, message: message[language] });
}

function importView({ language }: AdminContext, one: RosterImport): RosterImportView {
  const { storageKey: _key, fileSha256: _hash, requestedBy: _actor, failure, ...shown } = one;
  return Object.assign(new RosterImportView(), {
    ...shown,
    failure: failure && refusalView(failure, language),
  });
}

@Resolver()
export class AdminRosterResolver {
  @Query(() => RosterImportView, {
    nullable: true,
    description:
      'A roster import of your branches; null for any other id. Ask again every few seconds for its progress.',
  })
  @Permission('rosters:import')
  async rosterImport(
    @Ctx() context: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<RosterImportView | null> {
    const found = await importInScope(context.deps.db.manager, context.caller, id);
    return found.ok ? importView(context, found.value) : null;
  }

  @Query(() => RosterImportConnection, {
    description: 'The roster imports of one union, newest first; empty for a union outside your branches.',
  })
  @Permission('rosters:import')
  async rosterImports(
    @Ctx() context: AdminContext,
    @Arg('unionId', () => IdScalar) unionId: string,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<Connection<RosterImportView>> {
    const page = pageAsked(args);
    const { manager } = context.deps.db;
    const union = await unionInScope(manager, context.caller, 'rosters:import', unionId);
    const found = union.ok ? await importsOf(manager, unionId, page) : { items: [], hasNextPage: false };
    return connection(
      found,
      (one) => one.id,
      (one) => importView(context, one),
    );
  }

  @Mutation(() => ImportRosterResult, {
    description:
      'Writes the good rows of a checked roster into the roll, in the background: members are created, updated with what the file gives, never deleted. Refusals: IMPORT_UNKNOWN, IMPORT_NOT_CHECKED, IMPORT_FAILED, IMPORT_STARTED, KEY_MALFORMED, KEY_REUSED.',
  })
  @Permission('rosters:import')
  async importRoster(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, {
      description: 'Made by the client, 8 to 64 characters; the same key gives the same outcome.',
    })
    key: string,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<RosterImportView | RefusalView> {
    const { deps, caller, language } = context;
    const outcome = await importRoster(deps, caller, key, id);
    const found = outcome.ok ? await importInScope(deps.db.manager, caller, outcome.value) : outcome;
    return found.ok ? importView(context, found.value) : refusalView(found.refusal, language);
  }
}
