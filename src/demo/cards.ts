import { accepted, askUntil, type Client, jobLate, made, REFUSAL } from './client.ts';

/** Who issues the city's membership card (普惠会员卡); its numbers begin with the prefix. */
export const ISSUER = { name: '演示市总工会普惠会员卡', prefix: '990001' };

const JOB_SECONDS = 60;

/** Makes the federation an issuer of cards and gives every member of the branch one. Throws when the job takes more than a minute. */
export async function enterCards(
  admin: Client,
  { federationId, branchId }: { federationId: string; branchId: string },
): Promise<void> {
  const issuerId = await made(
    admin,
    `mutation ($key: String!, $unionId: Id!, $name: String!, $prefix: String!) {
      createCardIssuer(key: $key, unionId: $unionId, name: $name, prefix: $prefix) {
        ${REFUSAL} ... on CardIssuer { id }
      }
    }`,
    { key: 'demo:card-issuer', unionId: federationId, ...ISSUER },
  );
  const batchId = await made(
    admin,
    `mutation ($key: String!, $issuerId: Id!, $unionId: Id!) {
      issueCards(key: $key, issuerId: $issuerId, unionId: $unionId) { ${REFUSAL} ... on CardBatch { id } }
    }`,
    { key: 'demo:cards', issuerId, unionId: branchId },
  );
  const ask = async () => {
    const { cardBatch } = await admin.ask<{ cardBatch: { state: string } | null }>(
      'query ($id: Id!) { cardBatch(id: $id) { state } }',
      { id: batchId },
    );
    return cardBatch?.state;
  };
  const state = await askUntil(ask, (seen) => seen === 'DONE', JOB_SECONDS);
  if (state !== 'DONE') throw new Error(jobLate(`会员卡 cards ${state}`, JOB_SECONDS));
}

/** A card, as the admin sees it. */
export interface IssuedCard {
  id: string;
  /** With its middle hidden. */
  number: string;
  state: string;
}

/** Gives one member a card of the demo's issuer. Throws when it is refused or the issuer is not there. */
export async function issueCard(
  admin: Client,
  { key, unionId, memberId }: { key: string; unionId: string; memberId: string },
): Promise<IssuedCard> {
  const { cardIssuers } = await admin.ask<{ cardIssuers: { nodes: { id: string; prefix: string }[] } }>(
    'query ($unionId: Id!) { cardIssuers(unionId: $unionId, first: 100) { nodes { id prefix } } }',
    { unionId },
  );
  const issuer = cardIssuers.nodes.find((one) => one.prefix === ISSUER.prefix);
  if (!issuer) throw new Error(`没有卡号以 ${ISSUER.prefix} 开头的发卡方。 The demo's card issuer is not there.`);
  return accepted(
    await admin.act<IssuedCard>(
      `mutation ($key: String!, $issuerId: Id!, $memberId: Id!) {
        issueCard(key: $key, issuerId: $issuerId, memberId: $memberId) { ${REFUSAL} ... on Card { id number state } }
      }`,
      { key, issuerId: issuer.id, memberId },
    ),
  );
}
