import { Args, Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { honourFilePath, honourPath } from '../../../platform/certificate/honour-path.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { DayScalar, FenScalar, IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { EntryView, entryView } from '../../entries/graphql/admin-views.ts';
import { AwardView, awardView } from '../../plan/graphql/admin-part-views.ts';
import { entryLoader } from '../../stages/loaders.ts';
import { awardLoader, listLinesLoaders } from '../loaders.ts';
import { listFileUrl } from '../subsidies/address.ts';
import type { SubsidyLine } from '../subsidies/line.entity.ts';
import type { SubsidyList, SubsidyState } from '../subsidies/list.entity.ts';
import type { Win } from '../win.entity.ts';
import { SubsidyStateWord } from './words.ts';

@ObjectType('CompetitionWin', { description: '获奖: that an entry won an award.', simpleResolvers: true })
export class WinView {
  row!: Win;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => Int, { description: 'Its place in the final ranking.' })
  place!: number;

  @Field(() => DayScalar, { description: 'The day on which the ranking became final.' })
  wonOn!: string;

  @Field(() => String, {
    nullable: true,
    description: '荣誉证书编号: the number of the certificate; null where the award has no honour.',
  })
  honourNumber!: string | null;

  @Field(() => String, { nullable: true, description: 'Where on this server everyone can check the honour.' })
  honourPath!: string | null;

  @Field(() => String, { nullable: true, description: 'Where on this server the certificate is, as a PDF.' })
  honourFilePath!: string | null;

  @Field(() => AwardView)
  async award(@Ctx() context: AdminContext): Promise<AwardView> {
    return awardView(await loader(context, awardLoader).load(this.row));
  }

  @Field(() => EntryView)
  async entry(@Ctx() context: AdminContext): Promise<EntryView> {
    return entryView((await loader(context, entryLoader).load(this.row.entryId))!);
  }
}

export const WinConnection = connectionType(WinView, 'CompetitionWin');

@ObjectType('SubsidyLine', { description: 'A line of a payment list: what one winner is paid.' })
class SubsidyLineView {
  @Field(() => Int, { description: '1 for the first.' })
  number!: number;

  @Field(() => String, { description: 'The firm, team or member.' })
  payee!: string;

  @Field(() => String)
  unionName!: string;

  @Field(() => String, { description: 'The name of the award.' })
  award!: string;

  @Field(() => Int, { description: 'The place that won it.' })
  place!: number;

  @Field(() => String, { description: 'The name of the union that pays.' })
  payer!: string;

  @Field(() => FenScalar, { description: 'How much.' })
  fen!: number;
}

const SubsidyLineConnection = connectionType(SubsidyLineView, 'SubsidyLine');

@ObjectType('SubsidyList', {
  description: '补助发放表: the payment list of a competition; its sum and what is vacant are the budget.',
  simpleResolvers: true,
})
export class SubsidyListView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  competitionId!: string;

  @Field(() => SubsidyStateWord)
  state!: SubsidyState;

  @Field(() => Int, { description: 'How many are paid.' })
  lineCount!: number;

  @Field(() => FenScalar, { description: 'What its lines add up to.' })
  totalFen!: number;

  @Field(() => FenScalar, { description: 'What was planned for places that nobody won.' })
  vacantFen!: number;

  @Field(() => FenScalar, { description: 'What the plan has for all subsidies.' })
  budgetFen!: number;

  @Field(() => InstantScalar)
  madeAt!: Date;

  @Field(() => String, { description: 'Who made it: operator:<id>.' })
  madeBy!: string;

  @Field(() => InstantScalar, { nullable: true })
  releasedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Who released it, another person; null before that.' })
  releasedBy!: string | null;

  @Field(() => String, { description: 'An address on this server where it can be read as .xlsx for five minutes.' })
  fileUrl(@Ctx() { deps }: AdminContext): string {
    return listFileUrl(deps.config, this.id, deps.clock.now());
  }

  @Field(() => SubsidyLineConnection, { description: 'By award and place.' })
  async lines(
    @Ctx() context: AdminContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<SubsidyLineView>> {
    const found = await loader(context, listLinesLoaders)(pageAsked(page)).load(this.id);
    return connection(found, ({ number }) => String(number), subsidyLineView);
  }
}

function subsidyLineView(line: SubsidyLine): SubsidyLineView {
  const { number, payee, unionName, award, place, payer, fen } = line;
  return Object.assign(new SubsidyLineView(), { number, payee, unionName, award, place, payer, fen });
}

export function subsidyListView(list: SubsidyList): SubsidyListView {
  const { id, competitionId, state, lineCount, totalFen, vacantFen, budgetFen } = list;
  const { madeAt, madeBy, releasedAt, releasedBy } = list;
  return Object.assign(new SubsidyListView(), {
    ...{ id, competitionId, state, lineCount, totalFen, vacantFen, budgetFen },
    ...{ madeAt, madeBy, releasedAt, releasedBy },
  });
}

export function winView(row: Win): WinView {
  const { id, place, wonOn, honourNumber } = row;
  const paths = {
    honourPath: honourNumber && honourPath(honourNumber),
    honourFilePath: honourNumber && honourFilePath(honourNumber),
  };
  return Object.assign(new WinView(), { row, id, place, wonOn, honourNumber, ...paths });
}
