import { beijingDay } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { crowdOf, judgeParty, type Party } from './parties.ts';
import { countTakings, lockQuotas } from './quotas.ts';
import { quotaFull } from './refusals.ts';
import type { EntryTerms } from './terms.ts';
import { type NewEntry, writeEntries } from './write-entries.ts';

/** Who makes entries, and when they count as made. */
export interface Entering {
  /** As an actor. */
  by: string;
  at: Date;
}

/**
 * Enters parties into a competition whose terms are held, set by set, and resolves for each, in order, with the id of its
 * entry or with why it was not entered: the refusals of `judgeParty` and QUOTA_FULL. One party is a list of one.
 */
export async function enterParties(
  tx: Tx,
  deps: Deps,
  terms: EntryTerms,
  parties: readonly Party[],
  entering: Entering,
): Promise<Result<string>[]> {
  const memberIds = parties.flatMap(({ members }) => members.map(({ memberId }) => memberId));
  if (memberIds.length > 0) await lockMembers(tx, memberIds);
  const crowd = await crowdOf(tx, terms.competition.id, memberIds);
  const day = beijingDay(entering.at);
  const judged = parties.map((party) => judgeParty(terms, party, crowd, day));
  return placeEntries(tx, deps, terms, judged, entering);
}

/** Writes those entries for which the quotas have room, in order; passes refusals on. Refusal: QUOTA_FULL. */
export async function placeEntries(
  tx: Tx,
  { config }: Deps,
  { competition }: EntryTerms,
  judged: readonly Result<NewEntry>[],
  { by, at }: Entering,
): Promise<Result<string>[]> {
  const paths = judged.flatMap((one) => (one.ok ? one.value.unionPath : []));
  const room = await lockQuotas(tx, competition.id, paths);
  const placed = judged.map((one): Result<NewEntry> => {
    const full = one.ok ? room.take(one.value.unionPath) : undefined;
    return full ? refuse(quotaFull(full.unionName, full.atMost)) : one;
  });
  await countTakings(tx, competition.id, room);
  const entries = placed.flatMap((one) => (one.ok ? one.value : []));
  const ids = await writeEntries(tx, config, competition, entries, by, at);
  return placed.map((one) => (one.ok ? accept(ids.shift()!) : one));
}

/** Nobody moves or freezes these members before the commit. */
export async function lockMembers(tx: Tx, memberIds: readonly string[]): Promise<void> {
  await tx.query('SELECT id FROM member WHERE id IN (?) ORDER BY id LOCK IN SHARE MODE', [memberIds]);
}
