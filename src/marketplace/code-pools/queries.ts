import type { EntityManager } from 'typeorm';

/** The merchant's own codes of redemptions, enciphered, by the redemption's id; one without has no entry. */
export async function poolCodesOf(db: EntityManager, redemptionIds: readonly string[]): Promise<Map<string, Buffer>> {
  const rows: { redemption_id: string; code_cipher: Buffer }[] = await db.query(
    `SELECT r.redemption_id, c.code_cipher FROM redemption_code r
     JOIN offer_code c ON c.offer_id = r.offer_id AND c.number = r.number WHERE r.redemption_id IN (?)`,
    [redemptionIds],
  );
  return new Map(rows.map((row) => [row.redemption_id, row.code_cipher]));
}
