import { accepted, made, REFUSAL } from '../client.ts';
import { callOff, certificateAt, draftCompetition, enterAlone, enterFirm, publish } from '../competing.ts';
import { type Days, FIRM, singlePlan } from '../competition-terms.ts';
import { enterUnion } from '../enter-union.ts';
import { ADMIN, FEDERATION } from '../happiness-account.ts';
import type { People } from '../people.ts';
import type { Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';
import { tell } from './competition-entries.ts';
import type { PlayedCompetition } from './competition-plan.ts';

const REASON = '报名不足三家，本届停办。';

/** A member enters a competition of her own, a firm another; both are called off, as too few came. */
export async function othersEnter(stage: Stage, people: People, played: PlayedCompetition | undefined): Promise<void> {
  const { story, cast, setting } = stage;
  const days = () => needed(played, '竞赛 the competition').days;
  const single = await story.step(
    `个人赛：${cast.thrifty.name}自己报名，一人一次`,
    'a member enters, once',
    async () => {
      const { unionId } = needed(setting, '工会 the union');
      const competitionId = await open(stage, people, 'INDIVIDUAL', { unionId, days: days() });
      const member = await people.member(cast.thrifty.staffNumber);
      const { certificatePath } = accepted(await enterAlone(stage, member, 'own', competitionId));
      tell(stage, await certificateAt(people.clock.url, certificatePath));
      story.note(refused(await enterAlone(stage, member, 'again', competitionId), 'ALREADY_ENTERED').message);
      return competitionId;
    },
  );
  const firms = await story.step('企业赛：工会为企业报名', 'a union enters its firm', async () => {
    const federationId = await federationOf(stage);
    const unionId = await describedFirm(stage, federationId);
    const competitionId = await open(stage, people, 'FIRM', { unionId: federationId, days: days() });
    const entry = accepted(await enterFirm(stage, await people.admin(ADMIN.login), { competitionId, unionId }));
    const certificate = await certificateAt(people.clock.url, entry.certificatePath);
    tell(stage, certificate);
    same('kind, name', [certificate.kind, certificate.name], ['firm', FIRM.name]);
    return competitionId;
  });
  await story.step('这两项报名太少，停办并公布原因', 'both are called off, with a reason', async () => {
    const admin = await people.admin(ADMIN.login);
    for (const [key, id] of Object.entries({ single, firms })) {
      const given = { competitionId: needed(id, '竞赛 the competition'), reason: REASON };
      const { state, cancelReason } = accepted(await callOff(stage, admin, key, given));
      same('state, reason', [state, cancelReason], ['CANCELLED', REASON]);
    }
  });
}

/** Drafts and publishes a competition of members or of firms. Resolves with its id. */
async function open(
  stage: Stage,
  people: People,
  entrant: 'INDIVIDUAL' | 'FIRM',
  { unionId, days }: { unionId: string; days: Days },
): Promise<string> {
  const admin = await people.admin(ADMIN.login);
  const plan = singlePlan({ unionId, run: stage.cast.run, days }, entrant);
  const { id } = await draftCompetition(stage, admin, entrant, { unionId, plan });
  accepted(await publish(stage, admin, entrant, id));
  return id;
}

async function federationOf({ admin }: Stage): Promise<string> {
  const { unions } = await admin.ask<{ unions: { nodes: { id: string; name: string }[] } }>(
    '{ unions(first: 100) { nodes { id name } } }',
  );
  return needed(unions.nodes.find(({ name }) => name === FEDERATION)?.id, `${FEDERATION} the federation`);
}

/** The union of a firm of which is known what it is, unless an earlier run has made it. Resolves with its id. */
async function describedFirm({ admin }: Stage, federationId: string): Promise<string> {
  const unionId = await enterUnion(admin, FIRM, federationId);
  return made(
    admin,
    `mutation ($key: String!, $unionId: Id!) {
      describeFirm(
        key: $key, unionId: $unionId, firmType: SPECIALISED, ownership: PRIVATE, trade: "装备制造", employees: 320
      ) { ${REFUSAL} ... on Union { id } }
    }`,
    { key: 'demo:firm', unionId },
  );
}
