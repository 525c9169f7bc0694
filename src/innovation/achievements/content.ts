import type { AchievementKind } from '../kinds.ts';
import type { Adoption } from './achievement.entity.ts';
import type { Post } from './author.entity.ts';

/** An author as she is named; the share in hundredths of a percent. */
export interface AuthorGiven {
  memberId: string;
  share: number;
  post: Post;
}

/** A studio that made it, and its share in hundredths of a percent. */
export interface StudioGiven {
  studioId: string;
  share: number;
}

/** What is declared. A draft may lack what a submission needs; what it has must have its form. */
export interface AchievementContent {
  kind: AchievementKind;
  title: string;
  /** 焊接. */
  field: string;
  summary: string;
  text: string;
  /** Of a patent, however it was typed; null for others. */
  patentNumber: string | null;
  /** Of a proposal; null while it is not taken up. */
  adoption: Adoption | null;
  effectMeasured: string | null;
  /** In order; who declares it among them. */
  authors: readonly AuthorGiven[];
  /** Of several studios. */
  allianceId: string | null;
  /** In order; the first is the one under whose name it goes. */
  studios: readonly StudioGiven[];
  /** Files that whoever declares it has uploaded, and those that it has already and keeps. */
  evidenceIds: readonly string[];
}
