import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  registerEnumType,
} from 'type-graphql';
import { type AdminContext, loader } from '../../../../identity/context.ts';
import { Permission } from '../../../../identity/permission.ts';
import { type Connection, connection, connectionType } from '../../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../../platform/graphql/page.ts';
import { RefusalView, refusalView } from '../../../../platform/graphql/refusal.ts';
import { IdScalar, InstantScalar } from '../../../../platform/graphql/scalars.ts';
import { answer } from '../../../../unions/graphql/admin-answers.ts';
import { UnionView, unionView } from '../../../../unions/graphql/admin-views.ts';
import { unionLoader } from '../../../../unions/loaders.ts';
import type { NumberedProblem } from '../../../../unions/roster/queries.ts';
import { unionInScope } from '../../../../unions/scope.ts';
import type { EntryImport, ImportState } from '../entry-import.entity.ts';
import { importEntries } from '../import-entries.ts';
import { entryProblemLoaders } from '../loaders.ts';
import { importsOf } from '../queries.ts';
import { importInScope } from '../scope.ts';

const ImportStateWord = {
  CHECKING: 'checking',
  CHECKED: 'checked',
  IMPORTING: 'importing',
  IMPORTED: 'imported',
  FAILED: 'failed',
} as const satisfies Record<string, ImportState>;

registerEnumType(ImportStateWord, {
  name: 'EntryImportState',
  description: 'How far an import of entries is.',
  valuesConfig: {
    CHECKING: { description: '检查中: the file is being read; ask again in a few seconds.' },
    CHECKED: { description: '待导入: the problems are known and nobody is entered; importEntries starts the import.' },
    IMPORTING: { description: '导入中: good rows are being entered; ask again in a few seconds.' },
    IMPORTED: { description: '已导入: all good rows are entered.' },
    FAILED: { description: '失败: see `failure`; upload the file again when that is mended.' },
  },
});

@ObjectType('EntryImportProblem', {
  description: 'Something wrong with one row; the row is not entered, nor is the team that it belongs to.',
  simpleResolvers: true,
})
class ProblemView {
  @Field(() => Int, { description: 'The number of the row as Excel shows it.' })
  row!: number;

  @Field(() => String, { description: 'The heading of the column, as the file spells it; empty for the whole row.' })
  heading!: string;

  @Field(() => String, { description: 'Stable name of the kind of problem, e.g. NOT_ON_ROLL or NOT_ELIGIBLE.' })
  code!: string;

  @Field(() => String, { description: 'What is wrong and what to do, in the language of Accept-Language.' })
  message!: string;
}

const ProblemConnection = connectionType(ProblemView, 'EntryImportProblem');

@ObjectType('EntryImport', {
  description: '批量报名: a file of entries that was uploaded by PUT /uploads/entries, and what came of it.',
  simpleResolvers: true,
})
class EntryImportView {
  row!: EntryImport;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  competitionId!: string;

  @Field(() => String)
  fileName!: string;

  @Field(() => ImportStateWord)
  state!: ImportState;

  @Field(() => Int, { description: 'Rows that the check is past; once checked, the rows of the file.' })
  rowsRead!: number;

  @Field(() => Int, { description: 'Rows with a problem; they are not entered.' })
  rowsBad!: number;

  @Field(() => Int, { description: 'Rows that the check found good.' })
  rowsGood!: number;

  @Field(() => Int, { description: 'Rows that the import is past, of rowsGood.' })
  rowsDone!: number;

  @Field(() => Int, { description: 'Entries that it made; 0 where people take part for firms.' })
  entriesMade!: number;

  @Field(() => RefusalView, { nullable: true, description: 'Why it could not go on, when state is FAILED.' })
  failure!: RefusalView | null;

  @Field(() => InstantScalar, { description: 'When the file was uploaded.' })
  createdAt!: Date;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'When the import was asked for: that is when its entries count as made.',
  })
  askedAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When the import was done or failed.' })
  finishedAt!: Date | null;

  @Field(() => UnionView, { description: 'The union whose branch the people are of.' })
  async union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionView((await loader(context, unionLoader).load(this.row.unionId))!);
  }

  @Field(() => ProblemConnection, { description: 'The problems, by row.' })
  async problems(@Ctx() context: AdminContext, @Args(() => PageArgs) args: PageArgs): Promise<Connection<ProblemView>> {
    const page = await loader(context, entryProblemLoaders)(pageAsked(args)).load(this.id);
    const cursor = ({ rowNumber, number }: NumberedProblem) => `${rowNumber}.${number}`;
    return connection(page, cursor, (problem) => problemView(context, problem));
  }
}

const EntryImportConnection = connectionType(EntryImportView, 'EntryImport');

const ImportEntriesResult = resultType('ImportEntries', EntryImportView);

@ArgsType()
class EntryImportsArgs extends PageArgs {
  @Field(() => IdScalar)
  competitionId!: string;

  @Field(() => IdScalar, { description: 'The union for which the files were uploaded.' })
  unionId!: string;
}

function problemView({ language }: AdminContext, problem: NumberedProblem): ProblemView {
  const { rowNumber: row, heading, code, message } = problem;
  return Object.assign(new ProblemView(), { row, heading, code, message: message[language] });
}

function importView({ language }: AdminContext, row: EntryImport): EntryImportView {
  const { id, competitionId, fileName, state, rowsRead, rowsBad, rowsGood, rowsDone, entriesMade } = row;
  const { createdAt, askedAt, finishedAt, failureCode: code, failureZh: zh, failureEn: en } = row;
  return Object.assign(new EntryImportView(), {
    ...{ row, id, competitionId, fileName, state, rowsRead, rowsBad, rowsGood, rowsDone, entriesMade },
    ...{ createdAt, askedAt, finishedAt },
    failure: code && refusalView({ code, message: { zh: zh!, en: en! } }, language),
  });
}

/** Entries in bulk. */
@Resolver()
export class AdminEntryImportsResolver {
  @Permission('competitions:write')
  @Query(() => EntryImportView, {
    nullable: true,
    description: 'An import of your branches; null for any other id. Ask again every few seconds for its progress.',
  })
  async entryImport(
    @Ctx() context: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<EntryImportView | null> {
    const found = await importInScope(context.deps.db.manager, context.caller, 'competitions:write', id);
    return found.ok ? importView(context, found.value) : null;
  }

  @Permission('competitions:write')
  @Query(() => EntryImportConnection, {
    description: 'The imports of one union into a competition, newest first; empty for a union outside your branches.',
  })
  async entryImports(
    @Ctx() context: AdminContext,
    @Args(() => EntryImportsArgs) { competitionId, unionId, ...args }: EntryImportsArgs,
  ): Promise<Connection<EntryImportView>> {
    const page = pageAsked(args);
    const { manager } = context.deps.db;
    const union = await unionInScope(manager, context.caller, 'competitions:write', unionId);
    const none = { items: [], hasNextPage: false };
    const found = union.ok ? await importsOf(manager, { unionId, competitionId }, page) : none;
    return connection(
      found,
      (one) => one.id,
      (one) => importView(context, one),
    );
  }

  @Permission('competitions:write')
  @Mutation(() => ImportEntriesResult, {
    description: `Enters the good rows of a checked file, in the background; the entries count as made now. Refusals: IMPORT_UNKNOWN, IMPORT_NOT_CHECKED, IMPORT_FAILED, IMPORT_STARTED, COMPETITION_UNKNOWN, COMPETITION_OVER, ENTRY_NOT_OPEN, ENTRY_CLOSED, ${KEY_REFUSALS}.`,
  })
  async importEntries(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<EntryImportView | RefusalView> {
    const { deps, caller } = context;
    const outcome = await importEntries(deps, caller, key, { id });
    const find = (found: string) => importInScope(deps.db.manager, caller, 'competitions:write', found);
    return answer(context, outcome, find, (one) => importView(context, one));
  }
}
