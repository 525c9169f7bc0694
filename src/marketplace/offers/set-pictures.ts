import { attachEvidence } from '../../evidence/attach-evidence.ts';
import { keepEvidence } from '../../evidence/keep-evidence.ts';
import { evidenceOf } from '../../evidence/queries.ts';
import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { offerEnded } from '../refusals.ts';
import { offerToChange } from '../scope.ts';
import { offerInReview, pictureTypeRefused } from './refusals.ts';

/** What every phone can show; HEIC, which evidence takes, is not among it. */
const SHOWN_BY_PHONES = ['image/jpeg', 'image/png', 'image/webp'];

/**
 * Makes these files the pictures of an offer (offers:write in its programme's union), nine at most; those left out are
 * let go. New ones are the caller's own uploads, others stay whoever uploaded them. Resolves with the offer's id;
 * audited. Refusals: OFFER_UNKNOWN, OFFER_ENDED, OFFER_IN_REVIEW, PICTURE_TYPE_REFUSED, EVIDENCE_UNKNOWN,
 * EVIDENCE_COUNT.
 */
export async function setPictures(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { offerId: string; evidenceIds: readonly string[] },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'setOfferPictures', key, input }, async (tx, now) => {
    const { offerId, evidenceIds } = input;
    const found = await offerToChange(tx, caller, offerId);
    if (!found.ok) return found;
    const { offer, unionId } = found.value;
    if (offer.state === 'ended') return refuse(offerEnded);
    if (offer.state === 'in_review') return refuse(offerInReview);
    const to = `offer:${offerId}`;
    const before = ((await evidenceOf(tx, [to])).get(to) ?? []).map(({ id }) => id);
    await keepEvidence(tx, { to, evidenceIds }, now);
    const added = evidenceIds.filter((id) => !before.includes(id));
    const attached = await attachEvidence(tx, { owner: caller.actor, evidenceIds: added, to }, now);
    if (!attached.ok) return refuse(placed(attached.refusal, evidenceIds, added));
    const wrong = await notAPicture(tx, evidenceIds);
    if (wrong) return refuse(wrong);
    const target = { targetKind: 'offer', targetId: offerId, unionId };
    const change = { before: { pictures: before }, after: { pictures: evidenceIds } };
    await recordAudit(tx, { actor: caller.actor, action: 'setOfferPictures', ...target, ...change }, now);
    return accept(offerId);
  });
}

/** A refusal about one of the added files, at its place in the whole list. */
function placed(refusal: Refusal, all: readonly string[], added: readonly string[]): Refusal {
  const index = refusal.at?.match(/^evidenceIds\.(\d+)$/)?.[1];
  return index === undefined ? refusal : { ...refusal, at: `evidenceIds.${all.indexOf(added[Number(index)]!)}` };
}

async function notAPicture(tx: Tx, ids: readonly string[]): Promise<Refusal | undefined> {
  if (ids.length === 0) return undefined;
  const pictures: { id: string }[] = await tx.query(
    'SELECT id FROM evidence_file WHERE id IN (?) AND media_type IN (?)',
    [ids, SHOWN_BY_PHONES],
  );
  const known = new Set(pictures.map(({ id }) => id));
  const wrong = ids.findIndex((id) => !known.has(id));
  return wrong === -1 ? undefined : pictureTypeRefused(wrong);
}
