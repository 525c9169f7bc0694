import { createHash } from 'node:crypto';
import { addDays, beijingDay } from '../../src/platform/clock.ts';
import { newId } from '../../src/platform/ids.ts';
import { resubmitClaim } from '../../src/rules/claims/resubmit-claim.ts';
import { submitClaim } from '../../src/rules/claims/submit-claim.ts';
import { withdrawClaim } from '../../src/rules/claims/withdraw-claim.ts';
import { type Command, firstOf, fixed, made, NOTHING, programmeOf, type Sim, type Verdict, writes } from './command.ts';
import type { Claim } from './things.ts';
import { asMember } from './world.ts';

/** What a claim is to be told before anybody looks at whether it is new. */
function troubleWithClaimant(sim: Sim, { member, programme }: Claim): Verdict {
  return firstOf(
    sim.model.members[member]!.state !== 'active' && 'MEMBER_NOT_ACTIVE',
    programmeOf(sim, member) !== programme && 'PROGRAMME_UNKNOWN',
  );
}

/** A member claims a certificate, which is always a new one, or a degree, which she may have claimed before. */
export function claim(sim: Sim, member: number): Command {
  const { model, world, random } = sim;
  const isDegree = random.chance(0.3);
  const attributes: Record<string, string> = isDegree
    ? { 学历层次: random.pick(['大专', '本科', '硕士', '博士']) }
    : { 等级: '高级', 证书: `Z-${model.claims.length}` };
  const one: Claim = {
    id: undefined,
    member,
    programme: -1,
    content: { eventType: isDegree ? 'degree' : 'certificate', attributes, occurredOn: '' },
    state: 'submitted',
    levels: isDegree ? 2 : 1,
    firstBy: -1,
  };
  const daysAgo = random.below(20);
  const withEvidence = !random.chance(0.05);
  const file = made(() => upload(sim, `member:${world.memberIds[member]}`));
  model.claims.push(one);
  return {
    kind: 'claim',
    says: `member ${member} claims a ${one.content.eventType}`,
    touches: () => [writes(`member ${member}`)],
    verdict: () => {
      one.programme = programmeOf(sim, member);
      const claimant = troubleWithClaimant(sim, one);
      if (claimant !== 'ok') return claimant;
      if (!withEvidence) return 'EVIDENCE_NEEDED';
      return isDegree
        ? ['ok', 'CLAIM_REPEATED', 'CLAIM_ALREADY_RECORDED', 'CLAIMS_TOO_MANY']
        : ['ok', 'CLAIMS_TOO_MANY'];
    },
    send: async (process, key) => {
      if (one.content.occurredOn === '') {
        one.programme = programmeOf(sim, member);
        one.content.occurredOn = addDays(beijingDay(model.now), -daysAgo);
      }
      const evidenceIds = withEvidence ? [await file()] : [];
      const programmeId = world.programmeIds[one.programme]!;
      return submitClaim(process, asMember(world, member), key, {
        ...one.content,
        programmeId,
        note: null,
        evidenceIds,
      });
    },
    accepted: (id) => {
      one.id = id;
      model.touched.add(one);
    },
  };
}

/** The member mends a claim that was returned, or takes it back. */
export function mend(sim: Sim, number: number): Command {
  const { model, world, random } = sim;
  const one = model.claims[number]!;
  const isMended = random.chance(0.7);
  const file = made(() => upload(sim, `member:${world.memberIds[one.member]}`));
  const claimId = fixed(() => one.id ?? NOTHING);
  const day = fixed(() => one.content.occurredOn || beijingDay(model.now));
  return {
    kind: isMended ? 'resubmit' : 'withdraw',
    says: `member ${one.member} ${isMended ? 'mends' : 'withdraws'} claim ${number}`,
    touches: () => [writes(`member ${one.member}`), writes(`claim ${number}`)],
    verdict: () => {
      if (one.id === undefined) return 'CLAIM_UNKNOWN';
      if (!isMended) return ['approved', 'withdrawn'].includes(one.state) ? 'CLAIM_DECIDED' : 'ok';
      if (one.state !== 'returned') return 'CLAIM_NOT_RETURNED';
      const claimant = troubleWithClaimant(sim, one);
      // The same degree may have been claimed, or recorded, otherwise meanwhile.
      return claimant === 'ok' ? ['ok', 'CLAIM_REPEATED', 'CLAIMS_TOO_MANY', 'CLAIM_ALREADY_RECORDED'] : claimant;
    },
    send: async (process, key) => {
      const caller = asMember(world, one.member);
      if (!isMended) return withdrawClaim(process, caller, key, { claimId: claimId() });
      const { attributes } = one.content;
      const content = { attributes, occurredOn: day(), note: '已补', evidenceIds: [await file()] };
      return resubmitClaim(process, caller, key, { claimId: claimId(), ...content });
    },
    accepted: () => {
      one.state = isMended ? 'submitted' : 'withdrawn';
      model.touched.add(one);
    },
  };
}

/** A file that somebody has uploaded and attached to nothing. */
export async function upload({ world: { deps } }: Sim, owner: string): Promise<string> {
  const id = newId();
  const now = deps.clock.now();
  const sha256 = createHash('sha256').update(id).digest();
  const row = [id, owner, '材料.jpg', 'image/jpeg', 1000, sha256, id, now, now];
  await deps.db.query(
    `INSERT INTO evidence_file (id, owner, file_name, media_type, size, sha256, storage_key, free_since, uploaded_at)
     VALUES (?)`,
    [row],
  );
  return id;
}
