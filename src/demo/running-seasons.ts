import { type Answer, type Client, made, REFUSAL } from './client.ts';
import { keyOf, type Stage } from './stage.ts';
import { needed } from './story.ts';

/** A season as the admin sees it. */
export interface SeasonSeen {
  id: string;
  state: string;
  troubles: { code: string; message: string }[];
  categories: { id: string; state: string; panelId: string | null; rankingId: string | null }[];
}

const SEASON = 'id state troubles { code message } categories { id state panelId rankingId }';

/** The admin drafts a season of a union. */
export function draftSeason(
  stage: Stage,
  admin: Client,
  given: { unionId: string; plan: object },
): Promise<Answer<SeasonSeen>> {
  return admin.act(
    `mutation ($key: String!, $unionId: Id!, $plan: SeasonPlanInput!) {
      createSeason(key: $key, unionId: $unionId, plan: $plan) { ${REFUSAL} ... on Season { ${SEASON} } }
    }`,
    { key: keyOf(stage, 'season'), ...given },
  );
}

/** The admin takes a season a step on. */
export function actOnSeason(
  stage: Stage,
  admin: Client,
  name: 'openSeason' | 'listHonours' | 'publishHonours',
  seasonId: string,
): Promise<Answer<object>> {
  return admin.act(
    `mutation ($key: String!, $seasonId: Id!) { ${name}(key: $key, seasonId: $seasonId) { ${REFUSAL} } }`,
    { key: keyOf(stage, name), seasonId },
  );
}

/** The admin opens the review of a season, whose judges score until an instant. */
export function openReview(
  stage: Stage,
  admin: Client,
  given: { seasonId: string; scoreUntil: string },
): Promise<Answer<SeasonSeen>> {
  return admin.act(
    `mutation ($key: String!, $seasonId: Id!, $scoreUntil: Instant!) {
      openReview(key: $key, seasonId: $seasonId, scoreUntil: $scoreUntil) { ${REFUSAL} ... on Season { ${SEASON} } }
    }`,
    { key: keyOf(stage, 'review'), ...given },
  );
}

/** The admin takes the review of a category a step on. */
export function actOnCategory(
  stage: Stage,
  admin: Client,
  name: 'inviteExperts' | 'startCategory' | 'closeCategory',
  categoryId: string,
): Promise<Answer<object>> {
  return admin.act(
    `mutation ($key: String!, $categoryId: Id!) { ${name}(key: $key, categoryId: $categoryId) { ${REFUSAL} } }`,
    { key: keyOf(stage, name), categoryId },
  );
}

export async function seasonNow(admin: Client, id: string): Promise<SeasonSeen> {
  const { season } = await admin.ask<{ season: SeasonSeen | null }>(
    `query ($id: Id!) { season(id: $id) { ${SEASON} } }`,
    { id },
  );
  return needed(season ?? undefined, '评选 the season');
}

/** The notice of the newest version of the list of honours; null when it is in none. */
export async function noticeOfHonours(admin: Client, seasonId: string): Promise<string | null> {
  const { seasonLists } = await admin.ask<{ seasonLists: { nodes: { noticeId: string | null }[] } }>(
    'query ($seasonId: Id!) { seasonLists(seasonId: $seasonId, first: 1) { nodes { noticeId } } }',
    { seasonId },
  );
  return seasonLists.nodes[0]?.noticeId ?? null;
}

/** The ids of the admins of a union's branch, by login. */
export async function adminIds(admin: Client, unionId: string): Promise<Map<string, string>> {
  const { admins } = await admin.ask<{ admins: { nodes: { id: string; login: string }[] } }>(
    'query ($unionId: Id!) { admins(unionId: $unionId, first: 100) { nodes { id login } } }',
    { unionId },
  );
  return new Map(admins.nodes.map(({ id, login }) => [login, id]));
}

/** Registers an admin as an expert of a field, unless an earlier run did. Resolves with the id of the entry. */
export function registerExpert(
  admin: Client,
  login: string,
  given: { unionId: string; adminId: string; field: string },
): Promise<string> {
  return made(
    admin,
    `mutation ($key: String!, $unionId: Id!, $adminId: Id!, $field: String!) {
      registerExpert(key: $key, unionId: $unionId, adminId: $adminId, field: $field) {
        ${REFUSAL} ... on InnovationExpert { id }
      }
    }`,
    { key: `demo:expert:${login}`, ...given },
  );
}
