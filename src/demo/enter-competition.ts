import { anhui2025, CITIES, PROVINCE } from './anhui-2025.ts';
import { type Client, made, REFUSAL } from './client.ts';
import { enterUnion } from './enter-union.ts';

/**
 * Plans the competition of 2025 below the federation, with the unions whose heats it has. It stays a draft: nobody can
 * enter it any more, but its plan can be copied into a later year. Resolves with its id.
 */
export async function enterCompetition(admin: Client, federationId: string): Promise<string> {
  const province = await enterUnion(admin, { ...PROVINCE, kind: 'PROVINCE' }, federationId);
  const unionIds = new Map([[PROVINCE.slug, province]]);
  for (const city of CITIES) unionIds.set(city.slug, await enterUnion(admin, { ...city, kind: 'CITY' }, province));
  return made(
    admin,
    `mutation ($key: String!, $unionId: Id!, $plan: CompetitionPlanInput!) {
      createCompetition(key: $key, unionId: $unionId, plan: $plan) { ${REFUSAL} ... on Competition { id } }
    }`,
    { key: 'demo:competition:anhui-2025', unionId: province, plan: anhui2025(unionIds) },
  );
}
