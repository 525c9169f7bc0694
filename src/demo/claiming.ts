import { type Answer, type Client, REFUSAL } from './client.ts';
import { yesterday } from './recording.ts';
import { keyOf, programmeOf, type Stage } from './stage.ts';

/** A claim, as its member sees it. */
export interface Claim {
  id: string;
  state: string;
  dueOn: string | null;
  steps: { action: string; reason: string | null }[];
  event: { id: string } | null;
}

const CLAIM = `${REFUSAL} ... on Claim { id state dueOn steps { action reason } event { id } }`;

interface Content {
  eventType: string;
  attributes?: { name: string; text: string }[];
  evidenceIds: string[];
}

/** A member claims something of yesterday for herself, under a key of this run. */
export function submitClaim(stage: Stage, member: Client, key: string, content: Content): Promise<Answer<Claim>> {
  return member.act(
    `mutation (
      $key: String!, $programmeId: Id!, $eventType: String!, $attributes: [AttributeInput!]!, $occurredOn: Day!
      $evidenceIds: [Id!]!
    ) {
      submitClaim(
        key: $key, programmeId: $programmeId, eventType: $eventType, attributes: $attributes, occurredOn: $occurredOn
        evidenceIds: $evidenceIds
      ) { ${CLAIM} }
    }`,
    { key: keyOf(stage, key), programmeId: programmeOf(stage), attributes: [], occurredOn: yesterday(), ...content },
  );
}

/** A member submits a returned claim again, with this evidence. */
export function resubmitClaim(
  stage: Stage,
  member: Client,
  claimId: string,
  evidenceIds: string[],
): Promise<Answer<Claim>> {
  return member.act(
    `mutation ($key: String!, $claimId: Id!, $occurredOn: Day!, $evidenceIds: [Id!]!) {
      resubmitClaim(key: $key, claimId: $claimId, occurredOn: $occurredOn, evidenceIds: $evidenceIds) { ${CLAIM} }
    }`,
    { key: keyOf(stage, 'claim-again'), claimId, occurredOn: yesterday(), evidenceIds },
  );
}

/** A claim of the member's own, as she finds it. */
export async function claimOf(member: Client, id: string): Promise<Claim | null> {
  const { claim } = await member.ask<{ claim: Claim | null }>(
    'query ($id: Id!) { claim(id: $id) { id state dueOn steps { action reason } event { id } } }',
    { id },
  );
  return claim;
}

/** An admin approves a claim, under a key of this run. */
export function approveClaim(
  stage: Stage,
  by: Client,
  key: string,
  claimId: string,
): Promise<Answer<{ state: string }>> {
  return by.act(
    `mutation ($key: String!, $claimId: Id!) {
      approveClaim(key: $key, claimId: $claimId) { ${REFUSAL} ... on Claim { state } }
    }`,
    { key: keyOf(stage, key), claimId },
  );
}

/** The second admin returns a claim with the reason. */
export function returnClaim(stage: Stage, claimId: string, reason: string): Promise<Answer<{ state: string }>> {
  return stage.approver.act(
    `mutation ($key: String!, $claimId: Id!, $reason: String!) {
      returnClaim(key: $key, claimId: $claimId, reason: $reason) { ${REFUSAL} ... on Claim { state } }
    }`,
    { key: keyOf(stage, 'return'), claimId, reason },
  );
}
