import { type Answer, type Client, REFUSAL } from './client.ts';
import { keyOf, type Stage } from './stage.ts';
import { needed } from './story.ts';

/** A notice as a member reads it. */
export interface NoticeSeen {
  id: string;
  version: number;
  state: string;
  lastDay: string;
  closesAt: string;
  lines: { nodes: { number: number; label: string; detail: string }[] };
  /** The newest first. */
  versions: { id: string; version: number; state: string }[];
  objections: { nodes: { state: string; reason: string | null; answeredBy: string | null }[] };
}

export async function noticeNow(member: Client, id: string | null): Promise<NoticeSeen> {
  const { notice } = await member.ask<{ notice: NoticeSeen | null }>(
    `query ($id: Id!) {
      notice(id: $id) {
        id version state lastDay closesAt lines(first: 20) { nodes { number label detail } }
        versions { id version state } objections(first: 20) { nodes { state reason answeredBy } }
      }
    }`,
    { id: needed(id ?? undefined, '公示 the notice') },
  );
  return needed(notice ?? undefined, '公示 the notice');
}

/** A member objects to a line of a notice. */
export function fileObjection(
  stage: Stage,
  member: Client,
  given: { noticeId: string; lineNumber: number; text: string; evidenceIds: string[] },
): Promise<Answer<{ id: string; dueOn: string }>> {
  return member.act(
    `mutation ($key: String!, $noticeId: Id!, $lineNumber: Int, $text: String!, $evidenceIds: [Id!]!) {
      fileObjection(
        key: $key, noticeId: $noticeId, lineNumber: $lineNumber, text: $text, evidenceIds: $evidenceIds
      ) { ${REFUSAL} ... on Objection { id dueOn } }
    }`,
    { key: keyOf(stage, 'objection'), ...given },
  );
}

/** An admin upholds an objection. */
export function upholdObjection(
  stage: Stage,
  admin: Client,
  given: { objectionId: string; reason: string },
): Promise<Answer<{ state: string }>> {
  return admin.act(
    `mutation ($key: String!, $objectionId: Id!, $reason: String!) {
      decideObjection(key: $key, objectionId: $objectionId, decision: UPHELD, reason: $reason) {
        ${REFUSAL} ... on Objection { state }
      }
    }`,
    { key: keyOf(stage, 'upheld'), ...given },
  );
}
