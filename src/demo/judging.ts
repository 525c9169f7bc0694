import { accepted, type Client, made, REFUSAL } from './client.ts';
import { JUDGES } from './competition-terms.ts';
import type { People } from './people.ts';
import { keyOf, type Stage } from './stage.ts';
import { needed } from './story.ts';

/** A panel as the admin sees it; its judges in the order of JUDGES. */
export interface PanelSeen {
  judges: { id: string; assigned: number }[];
  candidates: {
    nodes: { number: number; blindNumber: number | null; label: string; sheets: { judgeId: string }[] }[];
  };
}

export async function panelNow(admin: Client, id: string): Promise<PanelSeen> {
  const { panel } = await admin.ask<{ panel: PanelSeen | null }>(
    `query ($id: Id!) {
      panel(id: $id) {
        judges { id assigned }
        candidates(first: 20) { nodes { number blindNumber label sheets { judgeId } } }
      }
    }`,
    { id },
  );
  return needed(panel ?? undefined, '评审组 the panel');
}

/** The admin invites the three judges to a panel, in their order, and each accepts. */
export async function inviteJudges(stage: Stage, people: People, admin: Client, panelId: string): Promise<void> {
  const { judgesAtHand } = await admin.ask<{ judgesAtHand: { nodes: { adminId: string; name: string }[] } }>(
    'query ($panelId: Id!) { judgesAtHand(panelId: $panelId, search: "演示评委", first: 20) { nodes { adminId name } } }',
    { panelId },
  );
  for (const { login, name } of JUDGES) {
    const { adminId } = needed(
      judgesAtHand.nodes.find((one) => one.name === name),
      `评委 ${name} the judge`,
    );
    await made(
      admin,
      `mutation ($key: String!, $panelId: Id!, $adminId: Id!) {
        inviteJudge(key: $key, panelId: $panelId, adminId: $adminId) { ${REFUSAL} ... on PanelJudge { id } }
      }`,
      { key: keyOf(stage, `${login}-${panelId}`), panelId, adminId },
    );
    await acceptInvitation(stage, people, { login, panelId });
  }
}

/** Somebody who was invited to a panel accepts. */
export async function acceptInvitation(
  stage: Stage,
  people: People,
  { login, panelId }: { login: string; panelId: string },
): Promise<void> {
  await made(
    await people.admin(login),
    `mutation ($key: String!, $panelId: Id!) {
      answerInvitation(key: $key, panelId: $panelId, accept: true) { ${REFUSAL} ... on MyPanel { id } }
    }`,
    { key: keyOf(stage, `${login}-${panelId}`), panelId },
  );
}

/** A judge declares that she must not judge a union's candidates; resolves with the names of the unions she named. */
export async function declareConflict(
  stage: Stage,
  judge: Client,
  { panelId, union, reason }: { panelId: string; union: string; reason: string },
): Promise<string[]> {
  const { panelFirms } = await judge.ask<{ panelFirms: { nodes: { id: string; name: string }[] } }>(
    'query ($panelId: Id!) { panelFirms(panelId: $panelId, first: 20) { nodes { id name } } }',
    { panelId },
  );
  const { id: unionId } = needed(
    panelFirms.nodes.find(({ name }) => name === union),
    `${union} the union`,
  );
  const { conflicts } = accepted(
    await judge.act<{ conflicts: { unionName: string }[] }>(
      `mutation ($key: String!, $panelId: Id!, $unionId: Id!, $reason: String!) {
        declareConflict(key: $key, panelId: $panelId, unionId: $unionId, reason: $reason) {
          ${REFUSAL} ... on MyPanel { conflicts { unionName } }
        }
      }`,
      { key: keyOf(stage, 'conflict'), panelId, unionId, reason },
    ),
  );
  return conflicts.map(({ unionName }) => unionName);
}

/** Shares the candidates out among the judges, as evenly as conflicts permit. */
export async function assignJudges(stage: Stage, admin: Client, panelId: string): Promise<PanelSeen> {
  await made(
    admin,
    `mutation ($key: String!, $panelId: Id!) {
      assignJudges(key: $key, panelId: $panelId) { ${REFUSAL} ... on Panel { id } }
    }`,
    { key: keyOf(stage, `assigned-${panelId}`), panelId },
  );
  return panelNow(admin, panelId);
}
