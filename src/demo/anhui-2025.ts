/**
 * The skill competition of 2025 in Anhui, 五比四赛, as data: its divisions, nine criteria, the heats of sixteen cities
 * under a review and a live final of the province, and 28 awards. Firms, workers, criteria, winners and the sum of the
 * subsidies are the reported ones; dates, weights, and who gets how much of the sum are invented.
 */

export const PROVINCE = { slug: 'anhui', name: '安徽省总工会（演示）' };

export const CITIES: readonly { slug: string; city: string; name: string }[] = Object.entries({
  ...{ hefei: '合肥', huaibei: '淮北', bozhou: '亳州', suzhou: '宿州', bengbu: '蚌埠', fuyang: '阜阳' },
  ...{ huainan: '淮南', chuzhou: '滁州', luan: '六安', maanshan: '马鞍山', wuhu: '芜湖', xuancheng: '宣城' },
  ...{ tongling: '铜陵', chizhou: '池州', anqing: '安庆', huangshan: '黄山' },
}).map(([slug, city]) => ({ slug, city, name: `${city}市总工会（演示）` }));

/** What the 28 winners share, in fen: 1,610,000 yuan. */
export const BUDGET_FEN = 161_000_000;

const DIVISIONS = [
  { name: '基础组', eligibility: isOfType('专精特新') },
  { name: '特色组', eligibility: isOfType('小巨人') },
];

function isOfType(firmType: string) {
  return { attribute: { name: '企业类型', is: 'EQUAL', values: [firmType] } };
}

const criterion = (group: string, name: string, percent: number, about: string, kind = 'JUDGED') => ({
  ...{ group, name, about, kind, weight: percent * 100, scaleMin: 0, scaleMax: 100 },
});

/** The five comparisons and the four contests. */
export const CRITERIA = [
  criterion('五比', '比竞赛组织', 10, '竞赛机构、方案、经费和职工参与情况。'),
  criterion('五比', '比技能素质', 15, '职工培训、技能等级提升和岗位练兵。'),
  criterion('五比', '比创新成果', 15, '技术成果、合理化建议及其应用效益。'),
  criterion('五比', '比队伍建设', 10, '创新工作室、师带徒和班组建设。'),
  criterion('五比', '比安全生产', 10, '全年安全生产记录。', 'OBJECTIVE'),
  criterion('四赛', '赛专业', 10, '主营业务的专业化水平。'),
  criterion('四赛', '赛精品', 10, '产品质量和品牌。'),
  criterion('四赛', '赛特色', 10, '独有的工艺、技术或服务。'),
  criterion('四赛', '赛创新', 10, '研发投入、专利和新产品。'),
];

const JUDGING = {
  judgesPerEntry: 3,
  judgesNeeded: 2,
  blind: true,
  normalise: 'Z_SCORE',
  aggregate: 'MEAN',
  late: 'WITHOUT',
  tieBreaks: [{ kind: 'CRITERION', number: 3 }, { kind: 'HIGHEST_SINGLE' }, { kind: 'EARLIER_ENTRY' }],
};

/** Of the road show: before an audience, where nothing is blind and everybody scores. */
const LIVE_JUDGING = {
  ...{ judgesPerEntry: 7, judgesNeeded: 7, blind: false, normalise: 'NONE', aggregate: 'TRIMMED_MEAN', late: 'WAIT' },
  tieBreaks: JUDGING.tieBreaks,
};

/** Of each division: 14 firms win. */
const PRIZES = [
  { division: 1, name: '一等奖', fromPlace: 1, toPlace: 1, yuan: 100_000 },
  { division: 1, name: '二等奖', fromPlace: 2, toPlace: 5, yuan: 60_000 },
  { division: 1, name: '三等奖', fromPlace: 6, toPlace: 14, yuan: 40_000 },
  { division: 2, name: '一等奖', fromPlace: 1, toPlace: 1, yuan: 150_000 },
  { division: 2, name: '二等奖', fromPlace: 2, toPlace: 5, yuan: 100_000 },
  { division: 2, name: '三等奖', fromPlace: 6, toPlace: 14, yuan: 40_000 },
];

/** For each division its final and its review, stages 1 and 2, or 3 and 4; then the heats of the cities. */
function stages(unionIds: ReadonlyMap<string, string>) {
  const unionId = unionIds.get(PROVINCE.slug)!;
  const divisions = DIVISIONS.map(({ name }, i) => ({ name, division: i + 1, final: 2 * i + 1, review: 2 * i + 2 }));
  const ofProvince = divisions.flatMap(({ name, division, final }) => [
    {
      ...{ division, name: `${name}省决赛路演`, level: 'PROVINCE', round: 'FINAL', unionId },
      ...{ startsOn: '2025-10-28', endsOn: '2025-10-29', isLive: true, judging: LIVE_JUDGING },
    },
    {
      ...{ division, parent: final, name: `${name}省级评审`, level: 'PROVINCE', round: 'SEMI_FINAL', unionId },
      ...{ startsOn: '2025-09-01', endsOn: '2025-09-30', advance: { kind: 'TOP', n: 14 } },
    },
  ]);
  const heats = divisions.flatMap(({ name, division, review }) =>
    CITIES.map(({ slug, city }) => ({
      ...{ division, parent: review, name: `${name}${city}赛区`, level: 'CITY', round: 'FINAL' },
      ...{ unionId: unionIds.get(slug)!, startsOn: '2025-05-06', endsOn: '2025-07-31' },
      ...{ advance: { kind: 'TOP', n: 3 }, wildCards: 1 },
    })),
  );
  return [...ofProvince, ...heats];
}

/** The plan in the form of `createCompetition`'s input; `unionIds` by the slugs of the province and its cities. */
export function anhui2025(unionIds: ReadonlyMap<string, string>) {
  return {
    name: '安徽省“五比四赛”职工技能竞赛（2025）',
    year: 2025,
    about: '面向全省 1895 家省级专精特新企业和 330 家国家级专精特新“小巨人”企业，53.12 万名职工参加。',
    entrant: 'FIRM',
    entryFrom: '2025-03-01T00:00:00+08:00',
    entryUntil: '2025-05-01T00:00:00+08:00',
    changeUntil: '2025-05-06T00:00:00+08:00',
    criteria: CRITERIA,
    judging: JUDGING,
    noticeWorkingDays: 5,
    budgetFen: BUDGET_FEN,
    certificatePrefix: 'AH2025',
    divisions: DIVISIONS,
    stages: stages(unionIds),
    awards: PRIZES.map(({ division, name, fromPlace, toPlace, yuan }) => ({
      ...{ stage: 2 * division - 1, name, honourName: '安徽省“五比四赛”技能竞赛优胜企业' },
      ...{ fromPlace, toPlace, subsidyFen: yuan * 100 },
    })),
  };
}
