import fc from 'fast-check';
import { fastify } from 'fastify';
import { expect, test } from 'vitest';
import { certificateRoute } from '../../../src/competitions/entries/certificate-route.ts';
import { Entry } from '../../../src/competitions/entries/entry.entity.ts';
import { withdrawOwnEntry } from '../../../src/competitions/entries/withdraw-entry.ts';
import { createLimits } from '../../../src/identity/limits.ts';
import { certificateNumber, readCertificateNumber } from '../../../src/platform/certificate/number.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted, aKey } from '../../unions/tree.ts';
import { aCompetition, aPerson, aScene, enter } from './world.ts';

test('everyone who holds the number of a certificate reads what it is worth, however it is typed', async () => {
  const scene = await aScene();
  const { deps, eastWorks } = scene;
  const competitionId = await aCompetition(scene);
  const person = await aPerson(scene, eastWorks, { name: '王小明' });
  const entryId = accepted(await enter(deps, person, competitionId));
  const { number } = await deps.db.manager.findOneByOrFail(Entry, { id: entryId });
  expect(number).toMatch(/^HG2026-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  const app = fastify();
  certificateRoute(app, deps, createLimits(undefined));
  const ask = (given: string) => app.inject(`/certificates/${encodeURIComponent(given)}`);
  const answer = await ask(number);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.json()).toEqual({
    number,
    competition: '焊工技能竞赛（2026）',
    year: 2026,
    organiser: '省总工会',
    division: null,
    kind: 'individual',
    name: '王*明',
    firm: '东厂工会',
    state: 'entered',
    enteredAt: deps.clock.now().toISOString(),
  });
  const [prefix, ...digits] = number.toLowerCase().split('-');
  const typed = `${prefix} ${digits.join('').replaceAll('0', 'o').replaceAll('1', 'l')}`;
  expect((await ask(typed)).json()).toMatchObject({ number });
  accepted(await withdrawOwnEntry(deps, person.caller, aKey(), { entryId }));
  expect((await ask(number)).json()).toMatchObject({ state: 'withdrawn' });
  const other = certificateNumber({ evidenceKey: Buffer.alloc(32) }, 'HG2026', entryId);
  for (const wrong of [other, 'HG2026', '..', `${number}0`]) expect((await ask(wrong)).statusCode).toBe(404);
  await app.close();
});

test('an address that tries many numbers is stopped', async () => {
  const { deps } = await aScene();
  const app = fastify();
  certificateRoute(app, deps, createLimits(undefined));
  const asked = await Promise.all(Array.from({ length: 121 }, (_, i) => app.inject(`/certificates/AB${i}`)));
  expect(asked.filter(({ statusCode }) => statusCode === 404)).toHaveLength(120);
  expect(asked.find(({ statusCode }) => statusCode === 429)?.json()).toMatchObject({
    refusal: { code: 'TOO_MANY_ATTEMPTS' },
  });
  await app.close();
});

test('every number is read back as it is, and those of other keys and ids are others', () => {
  const prefix = fc.stringMatching(/^[A-Z][A-Z0-9]{1,9}$/);
  fc.assert(
    fc.property(prefix, fc.uint8Array({ minLength: 32, maxLength: 32 }), (begin, key) => {
      const config = { evidenceKey: Buffer.from(key) };
      const id = newId();
      const number = certificateNumber(config, begin, id);
      expect(readCertificateNumber(number)).toBe(number);
      expect(certificateNumber(config, begin, id)).toBe(number);
      expect(certificateNumber(config, begin, newId())).not.toBe(number);
      expect(certificateNumber({ evidenceKey: Buffer.from(key.map((byte) => byte ^ 1)) }, begin, id)).not.toBe(number);
    }),
    { numRuns: 50 },
  );
});
