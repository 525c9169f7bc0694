import { type Answer, accepted, type Client, REFUSAL } from './client.ts';
import type { RosterPerson } from './roster.ts';
import { keyOf, type Stage } from './stage.ts';
import { publicFile } from './verifying.ts';

/** A competition as the admin sees it. */
export interface CompetitionSeen {
  id: string;
  name: string;
  state: string;
  troubles: { code: string; at: string; message: string }[];
  stages: { nodes: { id: string; name: string }[] };
}

const COMPETITION = 'id name state troubles { code at message } stages { nodes { id name } }';

/** The admin drafts a competition of a union. */
export async function draftCompetition(
  stage: Stage,
  admin: Client,
  key: string,
  given: { unionId: string; plan: object },
): Promise<CompetitionSeen> {
  const made = await admin.act<CompetitionSeen>(
    `mutation ($key: String!, $unionId: Id!, $plan: CompetitionPlanInput!) {
      createCompetition(key: $key, unionId: $unionId, plan: $plan) { ${REFUSAL} ... on Competition { ${COMPETITION} } }
    }`,
    { key: keyOf(stage, `competition-${key}`), ...given },
  );
  return accepted(made);
}

/** The admin plans a draft anew. */
export async function replan(
  stage: Stage,
  admin: Client,
  given: { competitionId: string; plan: object },
): Promise<CompetitionSeen> {
  const changed = await admin.act<CompetitionSeen>(
    `mutation ($key: String!, $competitionId: Id!, $plan: CompetitionPlanInput!) {
      changeCompetition(key: $key, competitionId: $competitionId, plan: $plan) {
        ${REFUSAL} ... on Competition { ${COMPETITION} }
      }
    }`,
    { key: keyOf(stage, 'competition-changed'), ...given },
  );
  return accepted(changed);
}

/** The admin publishes a draft. */
export function publish(
  stage: Stage,
  admin: Client,
  key: string,
  competitionId: string,
): Promise<Answer<{ state: string }>> {
  return admin.act(
    `mutation ($key: String!, $competitionId: Id!) {
      publishCompetition(key: $key, competitionId: $competitionId) { ${REFUSAL} ... on Competition { state } }
    }`,
    { key: keyOf(stage, `published-${key}`), competitionId },
  );
}

/** How far a competition is. */
export async function competitionState(admin: Client, id: string): Promise<string | undefined> {
  const { competition } = await admin.ask<{ competition: { state: string } | null }>(
    'query ($id: Id!) { competition(id: $id) { state } }',
    { id },
  );
  return competition?.state;
}

/** An entry as who is part of it sees it. */
export interface EntrySeen {
  id: string;
  /** Of its certificate. */
  number: string;
  certificatePath: string;
  members: { nodes: { id: string; name: string; role: string }[] };
}

const ENTRY = `{ ${REFUSAL} ... on Entry { id number certificatePath members { nodes { id name role } } } }`;

/** A member enters a team as its captain, with colleagues of whom the last may be a substitute. */
export function enterTeam(
  stage: Stage,
  captain: Client,
  key: string,
  given: { competitionId: string; name: string; colleagues: (RosterPerson & { isSubstitute: boolean })[] },
): Promise<Answer<EntrySeen>> {
  const colleagues = given.colleagues.map(({ name, staffNumber, isSubstitute }) => ({
    name,
    staffNumber,
    isSubstitute,
  }));
  return captain.act(
    `mutation ($key: String!, $competitionId: Id!, $name: String!, $colleagues: [ColleagueInput!]!) {
      enterTeam(key: $key, competitionId: $competitionId, name: $name, colleagues: $colleagues) ${ENTRY}
    }`,
    { key: keyOf(stage, `team-${key}`), ...given, colleagues },
  );
}

/** The captain puts a colleague in the place of somebody of the team, named by the id of her part. */
export function substitute(
  stage: Stage,
  captain: Client,
  given: { entryId: string; outId: string },
  { name, staffNumber }: RosterPerson,
): Promise<Answer<EntrySeen>> {
  return captain.act(
    `mutation ($key: String!, $entryId: Id!, $outId: Id!, $name: String!, $staffNumber: String!) {
      substituteColleague(key: $key, entryId: $entryId, outId: $outId, name: $name, staffNumber: $staffNumber) ${ENTRY}
    }`,
    { key: keyOf(stage, 'substituted'), ...given, name, staffNumber },
  );
}

/** A member enters for herself. */
export function enterAlone(
  stage: Stage,
  member: Client,
  key: string,
  competitionId: string,
): Promise<Answer<EntrySeen>> {
  return member.act(
    `mutation ($key: String!, $competitionId: Id!) {
      enterCompetition(key: $key, competitionId: $competitionId) ${ENTRY}
    }`,
    { key: keyOf(stage, `entry-${key}`), competitionId },
  );
}

/** The admin enters a firm by its union. */
export function enterFirm(
  stage: Stage,
  admin: Client,
  given: { competitionId: string; unionId: string },
): Promise<Answer<Pick<EntrySeen, 'id' | 'certificatePath'>>> {
  return admin.act(
    `mutation ($key: String!, $competitionId: Id!, $unionId: Id!) {
      enterFirm(key: $key, competitionId: $competitionId, unionId: $unionId) {
        ${REFUSAL} ... on Entry { id certificatePath }
      }
    }`,
    { key: keyOf(stage, 'entry-firm'), ...given },
  );
}

/** What the certificate of an entry says to anybody who asks at its address. */
export interface CertificateSeen {
  number: string;
  competition: string;
  kind: string;
  name: string;
  firm: string;
  state: string;
}

export async function certificateAt(url: string, path: string): Promise<CertificateSeen> {
  return JSON.parse((await publicFile(`${url}${path}`)).toString());
}

/** The admin calls a competition off, for a reason that everybody reads. */
export function callOff(
  stage: Stage,
  admin: Client,
  key: string,
  given: { competitionId: string; reason: string },
): Promise<Answer<{ state: string; cancelReason: string }>> {
  return admin.act(
    `mutation ($key: String!, $competitionId: Id!, $reason: String!) {
      cancelCompetition(key: $key, competitionId: $competitionId, reason: $reason) {
        ${REFUSAL} ... on Competition { state cancelReason }
      }
    }`,
    { key: keyOf(stage, `called-off-${key}`), ...given },
  );
}
