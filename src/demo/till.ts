import { type Answer, REFUSAL } from './client.ts';
import { keyOf, type Stage } from './stage.ts';

/** A card that was shown at the till. */
export interface CardScan {
  id: string;
  memberName: string;
  discount: string | null;
  discountGivenFen: number | null;
  rateFen: number;
}

/** Points taken at the till. */
export interface Charge {
  id: string;
  state: string;
  points: number;
  refunded: number;
  holdUntil: string | null;
}

const CHARGE = 'id state points refunded holdUntil';

/** The cashier reads a card code, under a request number of this run. */
export function scanCard(
  stage: Stage,
  request: string,
  shown: { outletId: string; code: string; billFen: number },
): Promise<Answer<CardScan>> {
  return stage.cashier.act(
    `mutation ($requestNumber: String!, $outletId: Id!, $code: String!, $billFen: Fen) {
      scanCard(requestNumber: $requestNumber, outletId: $outletId, code: $code, billFen: $billFen) {
        ${REFUSAL} ... on CardScan { id memberName discount discountGivenFen rateFen }
      }
    }`,
    { requestNumber: keyOf(stage, request), ...shown },
  );
}

/** The cashier takes the points of a bill from the member whose card was read. */
export function chargeBill(
  stage: Stage,
  request: string,
  bill: { scanId: string; billFen: number },
): Promise<Answer<Charge>> {
  return stage.cashier.act(
    `mutation ($requestNumber: String!, $scanId: Id!, $billFen: Fen) {
      chargeCard(requestNumber: $requestNumber, scanId: $scanId, billFen: $billFen) {
        ${REFUSAL} ... on Charge { ${CHARGE} }
      }
    }`,
    { requestNumber: keyOf(stage, request), ...bill },
  );
}

/** The cashier gives points of a charge back. */
export function refundCharge(
  stage: Stage,
  request: string,
  refund: { chargeId: string; points: number },
): Promise<Answer<{ id: string; points: number; charge: { refunded: number } }>> {
  return stage.cashier.act(
    `mutation ($requestNumber: String!, $chargeId: Id!, $points: Points) {
      refundCharge(requestNumber: $requestNumber, chargeId: $chargeId, points: $points) {
        ${REFUSAL} ... on ChargeRefund { id points charge { refunded } }
      }
    }`,
    { requestNumber: keyOf(stage, request), ...refund },
  );
}

/** A charge, as the cashier finds it. */
export async function chargeAtTill(stage: Stage, id: string): Promise<Charge | null> {
  const { charge } = await stage.cashier.ask<{ charge: Charge | null }>(
    `query ($id: Id!) { charge(id: $id) { ${CHARGE} } }`,
    { id },
  );
  return charge;
}

/** The charges that wait for a member's word. */
export async function pendingCharges(
  stage: Stage,
): Promise<{ id: string; merchantName: string; points: number; billFen: number | null }[]> {
  const asked = await stage.busy.ask<{
    pendingCharges: { id: string; merchantName: string; points: number; billFen: number | null }[];
  }>('{ pendingCharges { id merchantName points billFen } }');
  return asked.pendingCharges;
}

/** The member confirms a charge that waits. */
export function confirmCharge(stage: Stage, chargeId: string): Promise<Answer<Charge>> {
  return stage.busy.act(
    `mutation ($key: String!, $chargeId: Id!) {
      confirmCharge(key: $key, chargeId: $chargeId) { ${REFUSAL} ... on Charge { ${CHARGE} } }
    }`,
    { key: keyOf(stage, 'confirm-charge'), chargeId },
  );
}

/** What was done at an outlet on a day. */
export interface Shift {
  totals: { operatorName: string; scans: number; charges: number; chargePoints: number; refundPoints: number }[];
  /** The newest first. */
  lines: { id: string; kind: string; points: number; chargeState: string | null; memberName: string }[];
}

/** The cashiers' totals of a day at an outlet, with its latest lines. */
export async function shiftOf(stage: Stage, outletId: string, day: string): Promise<Shift> {
  const { shiftTotals, shiftLines } = await stage.cashier.ask<{
    shiftTotals: { nodes: Shift['totals'] };
    shiftLines: { nodes: Shift['lines'] };
  }>(
    `query ($day: Day!, $outletId: Id) {
      shiftTotals(day: $day, outletId: $outletId, first: 100) {
        nodes { operatorName scans charges chargePoints refundPoints }
      }
      shiftLines(day: $day, outletId: $outletId, first: 20) { nodes { id kind points chargeState memberName } }
    }`,
    { day, outletId },
  );
  return { totals: shiftTotals.nodes, lines: shiftLines.nodes };
}
