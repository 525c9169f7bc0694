import DataLoader from 'dataloader';
import type { Deps } from '../platform/deps.ts';
import type { EvidenceFile } from './evidence-file.entity.ts';
import { evidenceOf } from './queries.ts';

/** The evidence of a target, "claim:<id>", for `loader(context, evidenceLoader)`: at most nine files. */
export function evidenceLoader({ db }: Deps): DataLoader<string, EvidenceFile[]> {
  return new DataLoader(async (targets) => {
    const found = await evidenceOf(db.manager, targets);
    return targets.map((target) => found.get(target) ?? []);
  });
}
