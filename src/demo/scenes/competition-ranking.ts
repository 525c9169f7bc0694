import { rankingVerificationLine, verifyRanking } from '../../judging/ranking/verify-ranking.ts';
import { accepted } from '../client.ts';
import { ADMIN } from '../happiness-account.ts';
import type { People } from '../people.ts';
import { actOnStage, placeInWords, placesOf, stageReaches, teamOf } from '../running-stages.ts';
import type { Stage } from '../stage.ts';
import { needed, same } from '../story.ts';

/** A stage is closed and ranked, each place says what it comes from, and the version is made again from its scores. */
export async function isRanked(
  stage: Stage,
  people: People,
  { stageId, key }: { stageId: () => string; key: string },
  order: readonly string[],
): Promise<void> {
  const { story } = stage;
  const rankingId = await story.step(
    '结束评分：排出名次，每个名次说明由来',
    'closed and ranked, each place explained',
    async () => {
      const admin = await people.admin(ADMIN.login);
      accepted(await actOnStage(stage, admin, 'closeStage', { stageId: stageId(), key }));
      const { rankingId: id } = await stageReaches(admin, stageId(), 'RANKED');
      const places = await placesOf(admin, needed(id ?? undefined, '名次 the ranking'));
      for (const place of places) story.note(placeInWords(place));
      same(
        'order',
        places.map(({ candidate }) => teamOf(candidate)),
        order,
      );
      return id;
    },
  );
  await story.step('ranking:verify：由评分重算，与名次一致', 'made again from the scores, it is the same', () =>
    isVerified(stage, people, rankingId ?? undefined),
  );
}

/** As `npm run ranking:verify` does. */
export async function isVerified({ story }: Stage, { clock }: People, rankingId: string | undefined): Promise<void> {
  const verification = await verifyRanking(clock.db, needed(rankingId, '名次 the ranking'));
  story.note(rankingVerificationLine(needed(verification, '名次 the ranking')));
  same('differences', verification?.differences, []);
}
