import DataLoader from 'dataloader';
import { In } from 'typeorm';
import type { Deps } from '../../platform/deps.ts';
import { groupBy } from '../../platform/group-by.ts';
import { DeclaredEventType } from '../event-types/declared-event-type.entity.ts';
import { READY_MADE } from '../event-types/ready-made.ts';
import type { ClaimStep } from './claim-step.entity.ts';
import { stepsOf } from './queries.ts';

/** The history of a claim by the claim's id, in order. */
export function stepsLoader({ db }: Deps): DataLoader<string, ClaimStep[]> {
  return new DataLoader(async (claimIds) => {
    const steps = groupBy(await stepsOf(db.manager, claimIds), (step) => step.claimId);
    return claimIds.map((id) => steps.get(id) ?? []);
  });
}

export interface TypeOfProgramme {
  programmeId: string;
  code: string;
}

/** The names of event types as their programmes have them; the code of one that a programme does not know. */
export function typeNameLoader({ db }: Deps): DataLoader<TypeOfProgramme, string, string> {
  const keyOf = ({ programmeId, code }: TypeOfProgramme) => `${programmeId} ${code}`;
  return new DataLoader(
    async (types) => {
      const declared = await db.manager.find(DeclaredEventType, {
        select: { id: true, programmeId: true, code: true, name: true },
        where: { programmeId: In(types.map((type) => type.programmeId)), code: In(types.map((type) => type.code)) },
      });
      const names = new Map(declared.map((type) => [keyOf(type), type.name]));
      const readyMade = new Map(READY_MADE.map((type) => [type.code, type.name]));
      return types.map((type) => names.get(keyOf(type)) ?? readyMade.get(type.code) ?? type.code);
    },
    { cacheKeyFn: keyOf },
  );
}
