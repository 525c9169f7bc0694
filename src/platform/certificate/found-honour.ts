import type { EntityManager } from 'typeorm';
import type { Certificate } from './draw-certificate.ts';

/** An honour that somebody who has the number of its certificate asks about. */
export interface FoundHonour {
  number: string;
  /** What everybody may read, to be compared with the paper: people's names with all but the ends hidden. */
  shown: object;
  certificate: Certificate;
}

/** How a domain finds an honour of its own by the number of the certificate, as it is kept; undefined for none. */
export type FindHonour = (db: EntityManager, number: string) => Promise<FoundHonour | undefined>;
