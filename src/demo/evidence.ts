import type { Answer, Client } from './client.ts';

/** A real PNG image of one pixel, which stands for the photograph of a document. */
export const PHOTOGRAPH = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** Uploads the photograph as evidence under a name; resolves with the id to attach. */
export async function uploadEvidence(client: Client, fileName: string): Promise<Answer<string>> {
  const answer = await client.upload<{ evidenceId: string }>('/uploads/evidence', { fileName }, PHOTOGRAPH);
  return answer.ok ? { ok: true, value: answer.value.evidenceId } : answer;
}
