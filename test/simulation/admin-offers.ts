import { addStock } from '../../src/marketplace/add-stock.ts';
import { importCodes } from '../../src/marketplace/code-pools/import-codes.ts';
import { pauseOffer } from '../../src/marketplace/pause-offer.ts';
import { putOnSale } from '../../src/marketplace/put-on-sale.ts';
import { cancelRelease } from '../../src/marketplace/releases/cancel-release.ts';
import { scheduleRelease } from '../../src/marketplace/releases/schedule-release.ts';
import { type Command, type Sim, writes } from './command.ts';
import { OFFERS_EACH, POOL, RELEASED, SCARCE } from './offers.ts';
import type { Offer } from './things.ts';
import { PROGRAMMES } from './world.ts';

/** One offer of a programme, by its number there. */
function offerOf({ model, random }: Sim, number: number): { offer: Offer; touches: () => string[]; name: string } {
  const place = random.below(PROGRAMMES) * OFFERS_EACH + number;
  return { offer: model.offers[place]!, touches: () => [writes(`offer ${place}`)], name: `offer ${place}` };
}

function stock(sim: Sim, by: number): Command {
  const { offer, touches, name } = offerOf(sim, sim.random.pick(SCARCE));
  const count = sim.random.between(-15, 40);
  return {
    kind: 'stock',
    says: `admin ${by} adds ${count} pieces to ${name}`,
    touches,
    verdict: () => (sim.model.stock(offer) + count < 0 ? 'STOCK_OUT_OF_RANGE' : 'ok'),
    send: (process, key) => addStock(process, sim.world.admins[by]!, key, { offerId: offer.id, count }),
    accepted: () => {
      offer.supplied += count;
    },
  };
}

function codes(sim: Sim, by: number): Command {
  const { offer, touches, name } = offerOf(sim, POOL);
  // The seed names them, so that some come twice.
  const first = sim.random.below(1_000_000);
  const count = sim.random.between(5, 60);
  return {
    kind: 'codes',
    says: `admin ${by} brings ${count} codes for ${name}`,
    touches,
    verdict: () => ['ok', 'CODE_DUPLICATE'],
    send: (process, key) => {
      const list = Array.from({ length: count }, (_, i) => `C-${first + i}`);
      return importCodes(process, sim.world.admins[by]!, key, { offerId: offer.id, codes: list });
    },
    accepted: () => {
      offer.supplied += count;
    },
  };
}

/** Pieces are to come at an instant ahead, whole minutes so that some meet. */
function release(sim: Sim, by: number, now: Date): Command {
  const { offer, touches, name } = offerOf(sim, RELEASED);
  const count = sim.random.between(5, 60);
  const minutes = sim.random.chance(0.5) ? sim.random.between(-1, 30) : sim.random.between(1, 20_000);
  const releaseAt = new Date((Math.floor(now.getTime() / 60_000) + minutes) * 60_000);
  return {
    kind: 'release',
    says: `admin ${by} lets ${count} pieces of ${name} come on sale at ${releaseAt.toISOString()}`,
    touches,
    // Which instants were counted before the model forgets; and there may be a hundred.
    verdict: () => {
      if (releaseAt <= sim.model.now) return 'RELEASE_WINDOW';
      return offer.releases.has(releaseAt.getTime()) ? ['RELEASE_TAKEN'] : ['ok', 'RELEASES_OUT_OF_RANGE'];
    },
    send: (process, key) =>
      scheduleRelease(process, sim.world.admins[by]!, key, { offerId: offer.id, releaseAt, count }),
    accepted: () => {
      offer.releases.set(releaseAt.getTime(), count);
    },
  };
}

/** Takes back a release that the model has planned, by its number among them. */
function unrelease(sim: Sim, by: number, now: Date): Command {
  const { offer, touches, name } = offerOf(sim, RELEASED);
  const choice = sim.random.below(100);
  let releaseAt: Date | undefined;
  const chosen = () => {
    const planned = [...offer.releases.keys()].sort((a, b) => a - b);
    releaseAt ??= new Date(planned[choice % Math.max(planned.length, 1)] ?? now.getTime() + 12_345);
    return releaseAt;
  };
  return {
    kind: 'unrelease',
    says: `admin ${by} takes back a release of ${name}`,
    touches,
    verdict: () => (offer.releases.has(chosen().getTime()) ? 'ok' : 'RELEASE_UNKNOWN'),
    send: (process, key) =>
      cancelRelease(process, sim.world.admins[by]!, key, { offerId: offer.id, releaseAt: chosen() }),
    accepted: () => {
      offer.releases.delete(chosen().getTime());
    },
  };
}

function shelf(sim: Sim, by: number): Command {
  const { offer, touches, name } = offerOf(sim, sim.random.below(OFFERS_EACH));
  const pauses = sim.random.chance(0.35);
  return {
    kind: pauses ? 'pause' : 'put on sale',
    says: `admin ${by} ${pauses ? 'pauses' : 'puts on sale'} ${name}`,
    touches,
    verdict: () => 'ok',
    send: (process, key) =>
      (pauses ? pauseOffer : putOnSale)(process, sim.world.admins[by]!, key, { offerId: offer.id }),
    accepted: () => {
      offer.isOnSale = !pauses;
    },
  };
}

/** What an admin does with offers in a turn. */
export function offerTurn(sim: Sim, by: number, now: Date): Command[] {
  const { what } = sim.random.weighted([
    { what: 'stock', weight: 4 },
    { what: 'codes', weight: 2 },
    { what: 'release', weight: 3 },
    { what: 'unrelease', weight: 0.7 },
    { what: 'shelf', weight: 1.5 },
  ] as const);
  if (what === 'stock') return [stock(sim, by)];
  if (what === 'codes') return [codes(sim, by)];
  if (what === 'release') return [release(sim, by, now)];
  return [what === 'unrelease' ? unrelease(sim, by, now) : shelf(sim, by)];
}
