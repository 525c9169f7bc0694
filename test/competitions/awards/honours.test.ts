import { fastify } from 'fastify';
import { expect, test } from 'vitest';
import { certificateOf, competitionHonour, type Honour } from '../../../src/competitions/awards/honours/honour.ts';
import { Win } from '../../../src/competitions/awards/win.entity.ts';
import { honourRoutes } from '../../../src/honour-routes.ts';
import { createLimits } from '../../../src/identity/limits.ts';
import { drawCertificate } from '../../../src/platform/certificate/draw-certificate.ts';
import { anAward } from '../plan/world.ts';
import { aStageWorld, FINAL } from '../stages/world.ts';

const AN_HONOUR: Honour = {
  ...{ number: 'AH2025-ABCDE-01234', honour: '安徽省五一劳动奖状', award: '一等奖', place: 1, wonOn: '2025-12-05' },
  ...{ competition: '“五比四赛”劳动和技能竞赛（2025）', year: 2025, organiser: '安徽省总工会', division: '特色组' },
  ...{ kind: 'firm', name: '合肥智能装备股份有限公司', firm: '合肥智能装备股份有限公司工会' },
};

test('everyone who holds the number of a certificate checks the honour and gets the certificate; nobody else does', async () => {
  const { deps, competition, made } = await aStageWorld();
  const { id, stageIds, people } = await competition({ awards: [anAward({ honourName: '技术能手' })] });
  deps.clock.set(FINAL);
  await made(stageIds[0]!, [70, 90, 80]);
  const { honourNumber } = await deps.db.manager.findOneByOrFail(Win, { competitionId: id });
  const app = fastify();
  honourRoutes(app, deps, createLimits(undefined), [competitionHonour]);
  const answer = await app.inject(`/honours/${honourNumber!.toLowerCase()}`);
  expect(answer.json()).toMatchObject({
    ...{ number: honourNumber, honour: '技术能手', award: '一等奖', place: 1, organiser: '省总工会', firm: '东厂工会' },
    ...{ competition: '焊工技能竞赛（2026）', division: null, kind: 'individual', wonOn: '2026-06-24' },
  });
  expect(answer.json().name).toMatch(/^职\**\d$/);
  expect(answer.body).not.toContain(people[1]!.name);
  const file = await app.inject(`/honours/${honourNumber}.pdf`);
  expect(file.headers['content-type']).toBe('application/pdf');
  expect(file.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  for (const wrong of ['/honours/HG2026-00000-00000', '/honours/HG2026-00000-00000.pdf', '/honours/x'])
    expect((await app.inject(wrong)).statusCode).toBe(404);
  await app.close();
});

test('a certificate is one page and carries of the Chinese font what it needs, for the longest words too', async () => {
  const usual = await drawCertificate(certificateOf(AN_HONOUR), 'https://example.org/honours/AH2025-ABCDE-01234');
  const long = await drawCertificate(
    certificateOf({
      ...AN_HONOUR,
      ...{ competition: '竞'.repeat(100), honour: '荣'.repeat(100), award: '奖'.repeat(60), division: '组'.repeat(60) },
      ...{ name: '企'.repeat(120), firm: '会'.repeat(120), organiser: '省'.repeat(120) },
    }),
    'https://example.org/honours/AH2025-ABCDE-01234',
  );
  for (const file of [usual, long]) {
    expect(file.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
    expect(file.length).toBeLessThan(100_000);
  }
  expect(usual.toString('latin1')).toContain('NotoSansSC');
});
