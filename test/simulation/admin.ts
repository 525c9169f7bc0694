import { addDays, beijingDay } from '../../src/platform/clock.ts';
import { points } from '../../src/platform/points.ts';
import { accept } from '../../src/platform/result.ts';
import { approveClaim } from '../../src/rules/claims/approve-claim.ts';
import { returnClaim } from '../../src/rules/claims/return-claim.ts';
import { revokeEvent } from '../../src/rules/corrections/revoke-event.ts';
import { raiseBudget } from '../../src/rules/raise-budget.ts';
import { recordEvents } from '../../src/rules/record-events.ts';
import { moveMember } from '../../src/unions/move-member.ts';
import { setMemberState } from '../../src/unions/set-member-state.ts';
import { adjust, second } from './admin-adjustments.ts';
import { lotteryTurn } from './admin-lotteries.ts';
import { offerTurn } from './admin-offers.ts';
import { statementCommand } from './admin-statements.ts';
import { type Command, firstOf, fixed, NOTHING, programmeOf, reads, type Sim, writes } from './command.ts';
import { anEvent } from './rules.ts';
import { PROGRAMMES } from './world.ts';

/** Events of some members of a programme are recorded at once; some were reported before. */
function record(sim: Sim, by: number): Command {
  const { model, world, random } = sim;
  const programme = random.below(PROGRAMMES);
  const events = Array.from({ length: random.chance(0.1) ? random.between(10, 40) : random.between(1, 5) }, () => {
    const known = model.known.events[programme]!;
    const number = known > 0 && random.chance(0.05) ? random.recent(known) : model.reported[programme]!++;
    const member = random.someone(world.memberIds.length);
    return { member, reference: referenceOf(programme, number), daysAgo: random.below(25), ...anEvent(random) };
  });
  const isCareful = random.chance(0.93);
  const isForeign = ({ member }: { member: number }) => programmeOf(sim, member) !== programme;
  const given = fixed(() => {
    const today = beijingDay(model.now);
    const here = events.filter((event) => !isForeign(event) && model.members[event.member]!.state !== 'left');
    // Mostly an admin knows who belongs to the programme.
    return (isCareful ? here : events).map(({ member, daysAgo, ...event }) => ({
      ...event,
      memberId: world.memberIds[member]!,
      occurredOn: addDays(today, -daysAgo),
    }));
  });
  return {
    kind: 'record',
    says: `admin ${by} records ${events.length} events in programme ${programme}`,
    touches: () => events.map(({ member }) => reads(`member ${member}`)),
    verdict: () => {
      if (given().length === 0) return 'EVENT_COUNT';
      const isWrong = events.some((event) => isForeign(event) || model.members[event.member]!.state === 'left');
      return isWrong && !isCareful ? 'EVENTS_REFUSED' : 'ok';
    },
    send: async (process, key) => {
      const input = { programmeId: world.programmeIds[programme]!, events: given() };
      const recorded = await recordEvents(process, world.admins[by]!, key, input);
      return recorded.ok ? accept(recorded.value.id) : recorded;
    },
    accepted: () => {},
  };
}

const referenceOf = (programme: number, number: number) => `E-${programme}-${number}`;

function revoke(sim: Sim, by: number, reference: string): Command {
  const { model, world } = sim;
  const event = fixed(() => model.standing.get(reference) ?? { id: NOTHING, member: -1 });
  return {
    kind: 'revoke',
    says: `admin ${by} revokes event ${reference}`,
    touches: () => (event().member < 0 ? [] : [writes(`event ${reference}`), writes(`member ${event().member}`)]),
    verdict: () => {
      if (event().id === NOTHING) return 'EVENT_UNKNOWN';
      return model.standing.has(reference) ? 'ok' : 'EVENT_REVOKED';
    },
    send: (process, key) => revokeEvent(process, world.admins[by]!, key, { eventId: event().id, reason: '材料有误' }),
    accepted: (id) => {
      model.standing.delete(reference);
      model.revoked.push(id);
      for (let programme = 0; programme < PROGRAMMES; programme++)
        model.spendable.delete(`${event().member} ${programme}`);
    },
  };
}

/** An admin approves a claim, or returns it. */
function decide(sim: Sim, by: number, number: number): Command {
  const { model, world, random } = sim;
  const one = model.claims[number]!;
  const isApproved = random.chance(0.8);
  const claimId = fixed(() => one.id ?? NOTHING);
  return {
    kind: isApproved ? 'approve' : 'return',
    says: `admin ${by} ${isApproved ? 'approves' : 'returns'} claim ${number}`,
    touches: () => [writes(`claim ${number}`), writes(`member ${one.member}`)],
    verdict: () => {
      if (one.id === undefined) return 'CLAIM_UNKNOWN';
      const trouble = one.state !== 'submitted' && one.state !== 'passed' && 'CLAIM_DECIDED';
      if (!isApproved) return firstOf(trouble);
      return firstOf(
        trouble,
        model.members[one.member]!.state === 'left' && 'MEMBER_LEFT',
        programmeOf(sim, one.member) !== one.programme && 'MEMBER_OUTSIDE_PROGRAMME',
        one.state === 'passed' && one.firstBy === by && 'SECOND_PERSON_NEEDED',
      );
    },
    send: (process, key) =>
      isApproved
        ? approveClaim(process, world.admins[by]!, key, { claimId: claimId() })
        : returnClaim(process, world.admins[by]!, key, { claimId: claimId(), reason: '请补充材料' }),
    accepted: () => {
      const passes = isApproved && one.levels === 2 && one.state === 'submitted';
      if (passes) one.firstBy = by;
      one.state = passes ? 'passed' : isApproved ? 'approved' : 'returned';
      model.touched.add(one);
    },
  };
}

/** The budget of a programme is raised a little, by its size; now and then somebody tries to set it below what is issued. */
function budget({ model, world, random }: Sim, by: number): Command {
  const programme = random.below(PROGRAMMES);
  const isLowered = random.chance(0.1);
  const more = random.between(300, 2_500) * Math.ceil(world.memberIds.length / 400);
  const wanted = fixed(() => (isLowered ? 1 : model.budgets[programme]! + more));
  return {
    kind: 'budget',
    says: `admin ${by} ${isLowered ? 'lowers' : 'raises'} the budget of programme ${programme}`,
    touches: () => [writes(`budget ${programme}`)],
    verdict: () => (isLowered ? 'BUDGET_BELOW_ISSUED' : 'ok'),
    send: (process, key) => {
      const input = { programmeId: world.programmeIds[programme]!, budget: points(wanted()) };
      return raiseBudget(process, world.admins[by]!, key, input);
    },
    accepted: () => {
      model.budgets[programme] = wanted();
    },
  };
}

/** A member moves to another union, mostly of the same programme, or is frozen, taken back or has left. */
function person({ model, world, random }: Sim, by: number): Command {
  const number = random.someone(world.memberIds.length);
  const member = model.members[number]!;
  const id = world.memberIds[number]!;
  const union = random.below(world.unions.length);
  const near = fixed(() =>
    world.unions.findIndex(({ programme }) => programme === world.unions[member.union]!.programme),
  );
  const goesFar = random.chance(0.2);
  const state = random.weighted([
    { state: 'active', weight: 6 },
    { state: 'frozen', weight: 3 },
    { state: 'left', weight: 1 },
  ] as const).state;
  const isMove = random.chance(0.4);
  const goal = fixed(() => (goesFar ? union : near() + (union % (world.unions.length / PROGRAMMES))));
  return {
    kind: isMove ? 'move' : 'state',
    says: `admin ${by} ${isMove ? 'moves' : `makes ${state}`} member ${number}`,
    touches: () => [writes(`member ${number}`)],
    verdict: () => 'ok',
    send: (process, key) =>
      isMove
        ? moveMember(process, world.admins[by]!, key, { id, unionId: world.unions[goal()]!.id })
        : setMemberState(process, world.admins[by]!, key, { id, state, reason: '人事变动' }),
    accepted: () => {
      if (isMove) member.union = goal();
      else member.state = state;
    },
  };
}

/** What an admin does in a turn. */
export function adminTurn(sim: Sim, now: Date): Command[] {
  const { random, model } = sim;
  const by = random.below(sim.world.admins.length);
  const { what } = random.weighted([
    { what: 'record', weight: 8 },
    { what: 'decide', weight: 5 },
    { what: 'revoke', weight: 2 },
    { what: 'adjust', weight: 2 },
    { what: 'second', weight: 1 },
    { what: 'budget', weight: 0.6 },
    { what: 'person', weight: 1.5 },
    { what: 'offer', weight: 2.5 },
    { what: 'statement', weight: 2 },
    { what: 'lottery', weight: 1 },
  ] as const);
  const { known } = model;
  if (what === 'decide' && known.claims > 0) return [decide(sim, by, random.recent(known.claims))];
  const programme = random.below(PROGRAMMES);
  const events = known.events[programme]!;
  if (what === 'revoke' && events > 0) return [revoke(sim, by, referenceOf(programme, random.recent(events)))];
  if (what === 'adjust') return [adjust(sim, by)];
  if (what === 'second' && known.adjustments > 0) return [second(sim, by, random.recent(known.adjustments))];
  if (what === 'budget') return [budget(sim, by)];
  if (what === 'person') return [person(sim, by)];
  if (what === 'offer') return offerTurn(sim, by, now);
  if (what === 'statement') return [statementCommand(sim, by, now)];
  if (what === 'lottery') return lotteryTurn(sim, by, now);
  return [record(sim, by)];
}
