import type { Tx } from '../../platform/db/transaction.ts';
import { Panel } from './panel.entity.ts';

/**
 * A panel, locked until the transaction ends: whoever changes its state, judges, candidates or assignments takes this
 * lock first. Null when there is none.
 */
export async function lockPanel(tx: Tx, id: string): Promise<Panel | null> {
  await tx.query('SELECT id FROM panel WHERE id = ? FOR UPDATE', [id]);
  return tx.findOneBy(Panel, { id });
}

/** A panel that stays as it is until the transaction ends, for judges who score beside one another. */
export async function holdPanel(tx: Tx, id: string): Promise<Panel | null> {
  await tx.query('SELECT id FROM panel WHERE id = ? LOCK IN SHARE MODE', [id]);
  return tx.findOneBy(Panel, { id });
}

/** `lockPanel` for domains, whose panel it is: there must be one. */
export async function lockOwnPanel(tx: Tx, id: string): Promise<Panel> {
  const panel = await lockPanel(tx, id);
  if (!panel) throw new Error(`there is no panel ${id}`);
  return panel;
}
