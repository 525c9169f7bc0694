import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkContent, WHOLE, wrongShares } from '../../../src/innovation/achievements/check-content.ts';
import type { AchievementContent } from '../../../src/innovation/achievements/content.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted } from '../../unions/tree.ts';

const NOW = new Date('2026-03-01T02:00:00.000Z');
const [declarer, other] = [newId(), newId()];
const author = (memberId: string, share: number) => ({ memberId, share, post: 'worker' as const });

const content = (fields: Partial<AchievementContent> = {}): AchievementContent => ({
  ...{ kind: 'technical', title: '薄板焊接变形控制', field: '焊接', summary: '', text: '', patentNumber: null },
  ...{ adoption: null, effectMeasured: null, authors: [author(declarer, WHOLE)], allianceId: null, studios: [] },
  evidenceIds: [],
  ...fields,
});
const check = (fields: Partial<AchievementContent>) => checkContent(content(fields), declarer, NOW);
const refusedAt = (code: string, at: string) => ({ ok: false, refusal: { code, at } });

test('what is declared is kept tidy: composed, narrow in its field, without space around its texts', () => {
  const kept = accepted(
    check({ kind: 'patent', field: ' ＡＩ ', summary: ' 摘要 ', text: '\n一\n', patentNumber: '2017106018623' }),
  );
  expect(kept).toMatchObject({ field: 'AI', summary: '摘要', text: '一', patentNumber: '201710601862.3' });
});

test('bad input is refused with its place', () => {
  expect(check({ title: ' 空格' })).toMatchObject(refusedAt('TITLE_MALFORMED', 'title'));
  expect(check({ title: '长'.repeat(101) })).toMatchObject(refusedAt('TITLE_MALFORMED', 'title'));
  expect(check({ field: '' })).toMatchObject(refusedAt('FIELD_MALFORMED', 'field'));
  expect(check({ summary: '长'.repeat(501) })).toMatchObject(refusedAt('TEXT_TOO_LONG', 'summary'));
  expect(check({ text: '长'.repeat(20_001) })).toMatchObject(refusedAt('TEXT_TOO_LONG', 'text'));
  const patent = { kind: 'patent', patentNumber: 'ZL201710601862.4' } as const;
  expect(check(patent)).toMatchObject(refusedAt('PATENT_NUMBER_MALFORMED', 'patentNumber'));
  expect(check({ patentNumber: 'ZL201710601862.3' })).toMatchObject(
    refusedAt('PATENT_NUMBER_OF_NO_PATENT', 'patentNumber'),
  );
  expect(check({ adoption: 'trial' })).toMatchObject(refusedAt('ADOPTION_OF_NO_PROPOSAL', 'adoption'));
  const proposal = { kind: 'proposal', effectMeasured: '省电' } as const;
  expect(check(proposal)).toMatchObject(refusedAt('EFFECT_UNADOPTED', 'effectMeasured'));
  expect(check({ ...proposal, adoption: 'in_use', effectMeasured: '长'.repeat(2001) })).toMatchObject(
    refusedAt('TEXT_TOO_LONG', 'effectMeasured'),
  );
});

test('authors are named once, the declarer among them, twenty at the most, and their shares are whole', () => {
  const half = WHOLE / 2;
  expect(check({ authors: [author(declarer, half), author(declarer, half)] })).toMatchObject(
    refusedAt('AUTHOR_REPEATED', 'authors.1'),
  );
  expect(check({ authors: [author(other, WHOLE)] })).toMatchObject(refusedAt('DECLARER_NO_AUTHOR', 'authors'));
  expect(check({ authors: [] })).toMatchObject(refusedAt('DECLARER_NO_AUTHOR', 'authors'));
  const crowd = Array.from({ length: 20 }, () => author(newId(), 1));
  expect(check({ authors: [author(declarer, WHOLE - 20), ...crowd] })).toMatchObject(
    refusedAt('AUTHORS_TOO_MANY', 'authors'),
  );
  accepted(check({ authors: [author(declarer, WHOLE - 19), ...crowd.slice(1)] }));
  expect(check({ authors: [author(declarer, half), author(other, half - 1)] })).toMatchObject(
    refusedAt('SHARES_NOT_WHOLE', 'authors'),
  );
  expect(check({ authors: [author(declarer, WHOLE), author(other, 0)] })).toMatchObject(
    refusedAt('SHARE_OUT_OF_RANGE', 'authors.1.share'),
  );
  expect(check({ authors: [author(declarer, 9999.5), author(other, 0.5)] })).toMatchObject(
    refusedAt('SHARE_OUT_OF_RANGE', 'authors.0.share'),
  );
});

test('studios are named once, several with their alliance, and their shares are whole', () => {
  const studio = (share: number, studioId = newId()) => ({ studioId, share });
  const one = newId();
  expect(check({ studios: [studio(5000, one), studio(5000, one)] })).toMatchObject(
    refusedAt('STUDIO_REPEATED', 'studios.1'),
  );
  const two = [studio(6000), studio(4000)];
  expect(check({ studios: two })).toMatchObject(refusedAt('ALLIANCE_NEEDED', 'allianceId'));
  accepted(check({ studios: two, allianceId: newId() }));
  expect(check({ studios: [studio(9999)] })).toMatchObject(refusedAt('SHARES_NOT_WHOLE', 'studios'));
});

test('shares are taken when, and only when, they are whole numbers that add to ten thousand', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 19 }),
      fc.integer({ min: -2, max: 2 }),
      (some, off) => {
        const sum = some.reduce((total, share) => total + share, 0);
        fc.pre(sum < WHOLE - 2);
        const shares = [...some, WHOLE - sum + off].map((share) => ({ share }));
        expect(wrongShares('authors', shares)?.code).toBe(off === 0 ? undefined : 'SHARES_NOT_WHOLE');
      },
    ),
    { numRuns: 100 },
  );
});
