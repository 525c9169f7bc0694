import { type Answer, type Client, made, REFUSAL } from './client.ts';
import { keyOf, type Stage } from './stage.ts';
import { needed } from './story.ts';

/** The admin founds a studio that a member leads by her level of skill; `key` tells two of a run apart. */
export function foundStudio(
  stage: Stage,
  admin: Client,
  key: string,
  { leaderId, ...given }: { unionId: string; studio: object; leaderId: string },
): Promise<Answer<{ id: string }>> {
  return admin.act(
    `mutation ($key: String!, $unionId: Id!, $studio: StudioInput!, $leader: StudioLeaderInput!) {
      createStudio(key: $key, unionId: $unionId, studio: $studio, leader: $leader) { ${REFUSAL} ... on Studio { id } }
    }`,
    { key: keyOf(stage, `studio-${key}`), ...given, leader: { memberId: leaderId, kind: 'SKILLED_WORKER' } },
  );
}

/** The admin takes a member into a studio; resolves with the studio's id. */
export function addToStudio(
  stage: Stage,
  admin: Client,
  given: { studioId: string; memberId: string; duty: string },
): Promise<string> {
  return made(
    admin,
    `mutation ($key: String!, $studioId: Id!, $memberId: Id!, $duty: String!) {
      addStudioMember(key: $key, studioId: $studioId, memberId: $memberId, duty: $duty) {
        ${REFUSAL} ... on Studio { id }
      }
    }`,
    { key: keyOf(stage, `joined-${given.memberId}`), ...given },
  );
}

/** The admin gives the plan of a studio for a year; resolves with the studio's id. */
export function planYear(
  stage: Stage,
  admin: Client,
  given: { studioId: string; year: number; text: string },
): Promise<string> {
  return made(
    admin,
    `mutation ($key: String!, $studioId: Id!, $year: Int!, $text: String!) {
      planStudioYear(key: $key, studioId: $studioId, year: $year, text: $text) { ${REFUSAL} ... on Studio { id } }
    }`,
    { key: keyOf(stage, 'studio-year'), ...given },
  );
}

/** The admin applies for a studio's name at a level. */
export function applyForName(
  stage: Stage,
  admin: Client,
  given: { studioId: string; level: 'FIRM' | 'CITY'; namingUnionId: string; statement: string },
): Promise<Answer<{ id: string }>> {
  return admin.act(
    `mutation ($key: String!, $studioId: Id!, $level: NamingLevel!, $namingUnionId: Id!, $statement: String!) {
      applyForNaming(
        key: $key, studioId: $studioId, level: $level, namingUnionId: $namingUnionId, statement: $statement
      ) { ${REFUSAL} ... on StudioNaming { id } }
    }`,
    { key: keyOf(stage, `naming-${given.level}`), ...given },
  );
}

/** An admin lists applications of the firm's level for a notice of two working days. */
export function publishRound(
  stage: Stage,
  admin: Client,
  given: { unionId: string; name: string; namingIds: string[] },
): Promise<Answer<{ id: string; noticeId: string }>> {
  return admin.act(
    `mutation ($key: String!, $unionId: Id!, $name: String!, $namingIds: [Id!]!) {
      publishNamingRound(
        key: $key, unionId: $unionId, level: FIRM, name: $name, termMonths: 36, workingDays: 2, namingIds: $namingIds
      ) { ${REFUSAL} ... on NamingRound { id noticeId } }
    }`,
    { key: keyOf(stage, 'naming-round'), ...given },
  );
}

/** How far a round of naming is. */
export async function roundState(admin: Client, id: string): Promise<string | undefined> {
  const { namingRound } = await admin.ask<{ namingRound: { state: string } | null }>(
    'query ($id: Id!) { namingRound(id: $id) { state } }',
    { id },
  );
  return namingRound?.state;
}

/** The page of a studio, as any member reads it. */
export interface StudioPage {
  name: string;
  leaderName: string;
  peopleCount: number;
  names: { level: string; number: string; namedOn: string; endsOn: string }[];
  achievements: { nodes: { title: string; gradeName: string }[] };
}

export async function studioPage(member: Client, id: string): Promise<StudioPage> {
  const { studio } = await member.ask<{ studio: StudioPage | null }>(
    `query ($id: Id!) {
      studio(id: $id) {
        name leaderName peopleCount names { level number namedOn endsOn }
        achievements(first: 20) { nodes { title gradeName } }
      }
    }`,
    { id },
  );
  return needed(studio ?? undefined, '工作室 the studio');
}
