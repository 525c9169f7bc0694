import { type Answer, type Client, REFUSAL } from './client.ts';
import { keyOf, type Stage } from './stage.ts';
import { needed } from './story.ts';

/** An achievement as its authors see it. */
export interface AchievementSeen {
  id: string;
  state: string;
  number: number | null;
  authors: { name: string; share: number }[];
  studios: { studioId: string; share: number }[];
  steps: { what: string; missing: string[] }[];
}

const ACHIEVEMENT = 'id state number authors { name share } studios { studioId share } steps { what missing }';

/** A member drafts an achievement in a season; `key` tells those of a run apart. */
export function declare(
  stage: Stage,
  member: Client,
  key: string,
  given: { seasonId: string; achievement: object },
): Promise<Answer<AchievementSeen>> {
  return member.act(
    `mutation ($key: String!, $seasonId: Id!, $achievement: AchievementInput!) {
      declareAchievement(key: $key, seasonId: $seasonId, achievement: $achievement) {
        ${REFUSAL} ... on Achievement { ${ACHIEVEMENT} }
      }
    }`,
    { key: keyOf(stage, `declared-${key}`), ...given },
  );
}

/** The member writes her achievement anew. */
export function rewrite(
  stage: Stage,
  member: Client,
  given: { achievementId: string; achievement: object },
): Promise<Answer<AchievementSeen>> {
  return member.act(
    `mutation ($key: String!, $achievementId: Id!, $achievement: AchievementInput!) {
      changeAchievement(key: $key, achievementId: $achievementId, achievement: $achievement) {
        ${REFUSAL} ... on Achievement { ${ACHIEVEMENT} }
      }
    }`,
    { key: keyOf(stage, 'achievement-changed'), ...given },
  );
}

/** The member submits it. */
export function submitAchievement(
  stage: Stage,
  member: Client,
  key: string,
  achievementId: string,
): Promise<Answer<AchievementSeen>> {
  return member.act(
    `mutation ($key: String!, $achievementId: Id!) {
      submitAchievement(key: $key, achievementId: $achievementId) { ${REFUSAL} ... on Achievement { ${ACHIEVEMENT} } }
    }`,
    { key: keyOf(stage, `submitted-${key}`), achievementId },
  );
}

export async function achievementNow(member: Client, id: string): Promise<AchievementSeen> {
  const { achievement } = await member.ask<{ achievement: AchievementSeen | null }>(
    `query ($id: Id!) { achievement(id: $id) { ${ACHIEVEMENT} } }`,
    { id },
  );
  return needed(achievement ?? undefined, '成果 the achievement');
}

/** What a checker finds of an achievement, with what the door wants to know of it. */
const FINDINGS = {
  admitAchievement: '',
  returnAchievement: '$missing: [String!]!',
  ruleOutAchievement: '$reason: String!',
} as const;

/** An admin checks an achievement. */
export function check(
  stage: Stage,
  admin: Client,
  found: keyof typeof FINDINGS,
  given: { achievementId: string; missing?: string[]; reason?: string },
): Promise<Answer<{ state: string }>> {
  const { [found]: more } = FINDINGS;
  const name = /\w+/.exec(more)?.[0];
  return admin.act(
    `mutation ($key: String!, $achievementId: Id! ${more}) {
      ${found}(key: $key, achievementId: $achievementId ${name === undefined ? '' : `${name}: $${name}`}) {
        ${REFUSAL} ... on Achievement { state }
      }
    }`,
    { key: keyOf(stage, `${found}-${given.achievementId}`), ...given },
  );
}

/** Something that may be the same as an achievement, and what they have in common, in percent. */
export interface DuplicateSeen {
  achievementId: string;
  number: number | null;
  title: string;
  firmName: string;
  textAlike: number;
  titleAlike: number;
}

export async function possibleDuplicates(admin: Client, achievementId: string): Promise<DuplicateSeen[]> {
  const { possibleDuplicates: found } = await admin.ask<{ possibleDuplicates: DuplicateSeen[] }>(
    `query ($achievementId: Id!) {
      possibleDuplicates(achievementId: $achievementId) { achievementId number title firmName textAlike titleAlike }
    }`,
    { achievementId },
  );
  return found;
}
