import { IsNull } from 'typeorm';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import type { Firm } from '../../unions/firms/firm.entity.ts';
import { firmsOfPaths } from '../../unions/firms/queries.ts';
import { idsOnPath } from '../../unions/queries.ts';
import { highestSkill } from '../../unions/skill/queries.ts';
import { memberStandings, type Standing } from '../../unions/standing.ts';
import { Alliance } from '../alliances/alliance.entity.ts';
import { AllianceStudio } from '../alliances/alliance-studio.entity.ts';
import type { AchievementGroup } from '../kinds.ts';
import { currentStudioOf } from '../studios/queries.ts';
import type { Author } from './author.entity.ts';
import type { AchievementContent } from './content.ts';
import { allianceOfOthers, authorUnknown, memberNotActive, studioOfNoAuthor } from './refusals-content.ts';

/** What is known of those who made an achievement. */
export interface OnRecord {
  /** Of the declarer's union. */
  unionPath: string;
  unionId: string;
  /** In which the declarer works; null when nothing is known of it. */
  firm: Firm | null;
  firmUnionId: string;
  /** By the declarer's post. */
  group: AchievementGroup;
  authors: Omit<Author, 'achievementId'>[];
}

type Parts = Pick<AchievementContent, 'authors' | 'studios' | 'allianceId'>;

/**
 * Reads what is known of the authors and studios of an achievement whose form is right, and holds the authors where they
 * are until the commit. Refusals: MEMBER_NOT_ACTIVE (the declarer), AUTHOR_UNKNOWN at "authors.2" (of no member of the
 * same federation, or one who left), STUDIO_OF_NO_AUTHOR at "studios.0", ALLIANCE_UNKNOWN.
 */
export async function onRecord(tx: Tx, parts: Parts, declarerId: string): Promise<Result<OnRecord>> {
  const ids = parts.authors.map(({ memberId }) => memberId);
  await tx.query('SELECT id FROM member WHERE id IN (?) ORDER BY id FOR UPDATE', [ids]);
  const standings = await memberStandings(tx, ids);
  const declarer = standings.get(declarerId);
  if (declarer?.state !== 'active') return refuse(memberNotActive);
  const wrong = wrongAuthor(ids, standings, declarer) ?? (await wrongStudios(tx, parts, ids));
  if (wrong) return refuse(wrong);
  const { unionPath } = declarer;
  const firm = (await firmsOfPaths(tx, [unionPath])).get(unionPath) ?? null;
  const skills = await highestSkill(tx, ids);
  const unionOf = (path: string) => idsOnPath(path).at(-1)!;
  const post = parts.authors.find(({ memberId }) => memberId === declarerId)!.post;
  return accept({
    ...{ unionPath, unionId: unionOf(unionPath), firm, firmUnionId: firm?.unionId ?? unionOf(unionPath) },
    group: post === 'worker' ? 'workers' : 'professionals',
    authors: parts.authors.map(({ memberId, ...given }, i) => {
      const known = {
        skillLevel: skills.get(memberId)?.level ?? null,
        unionId: unionOf(standings.get(memberId)!.unionPath),
      };
      return { number: i + 1, memberId, ...given, ...known };
    }),
  });
}

function wrongAuthor(
  ids: readonly string[],
  standings: ReadonlyMap<string, Standing>,
  declarer: Standing,
): Refusal | undefined {
  const root = `/${idsOnPath(declarer.unionPath)[0]}/`;
  const unknown = ids.findIndex((id) => {
    const standing = standings.get(id);
    return !standing?.unionPath.startsWith(root) || standing.state === 'left';
  });
  return unknown < 0 ? undefined : authorUnknown(`authors.${unknown}`);
}

async function wrongStudios(
  tx: Tx,
  { studios, allianceId }: Parts,
  authorIds: readonly string[],
): Promise<Refusal | undefined> {
  if (studios.length > 0) {
    const ofAuthors = new Set([...(await currentStudioOf(tx, authorIds)).values()].map(({ id }) => id));
    const other = studios.findIndex(({ studioId }) => !ofAuthors.has(studioId));
    if (other >= 0) return studioOfNoAuthor(`studios.${other}`);
  }
  if (allianceId === null) return undefined;
  const members = await studiosOfAlliance(tx, allianceId);
  return studios.length > 0 && studios.every(({ studioId }) => members.has(studioId)) ? undefined : allianceOfOthers;
}

/** The studio that leads an alliance and its members now; none of one that has ended. */
async function studiosOfAlliance(tx: Tx, allianceId: string): Promise<Set<string>> {
  const alliance = await tx.findOneBy(Alliance, { id: allianceId, state: 'active' });
  const members = alliance ? await tx.findBy(AllianceStudio, { allianceId, leftOn: IsNull() }) : [];
  return new Set(alliance ? [alliance.leadStudioId, ...members.map(({ studioId }) => studioId)] : []);
}
