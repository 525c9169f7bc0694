import { type EntityManager, In } from 'typeorm';
import { EvidenceFile } from './evidence-file.entity.ts';

/** The file of this id; null when there is none. */
export function findEvidence(db: EntityManager, id: string): Promise<EvidenceFile | null> {
  return db.findOne(EvidenceFile, { where: { id } });
}

/** The files of each target, "claim:<id>", in the order of their upload: at most nine. A target without any is absent. */
export async function evidenceOf(db: EntityManager, targets: readonly string[]): Promise<Map<string, EvidenceFile[]>> {
  const found = new Map<string, EvidenceFile[]>();
  if (targets.length === 0) return found;
  const files = await db.find(EvidenceFile, { where: { attachedTo: In([...targets]) }, order: { id: 'ASC' } });
  for (const file of files) {
    const ofTarget = found.get(file.attachedTo!);
    if (ofTarget) ofTarget.push(file);
    else found.set(file.attachedTo!, [file]);
  }
  return found;
}
