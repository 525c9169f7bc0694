import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Entropy, entropyBytes, sourceOf } from '../../../src/lotteries/proof/entropy.ts';
import {
  canDrawFrom,
  isCommitted,
  type RevealingParty,
  revealCommitment,
} from '../../../src/lotteries/proof/reveals.ts';
import { drandEntropy, fixed, ROUND, reveals } from './world.ts';

const parties = (reveals as Extract<Entropy, { kind: 'reveals' }>).parties;

function entropyOf(changed: RevealingParty[]): () => Buffer {
  return () => entropyBytes({ kind: 'reveals', parties: changed });
}

test('the entropy of drand is its randomness, when quicknet signed it', () => {
  expect(entropyBytes(drandEntropy).toString('hex')).toBe(ROUND.randomness);
  expect(() => entropyBytes({ ...drandEntropy, ...ROUND, round: 1 } as Entropy)).toThrow('not that of quicknet');
});

test('the entropy of reveals is their hash in the order of the parties, one that is withheld marked', () => {
  const [first, , third, fourth] = parties.map(({ reveal }) => Buffer.from(reveal ?? '', 'hex'));
  const expected = createHash('sha256')
    .update('xingfu-reveals\0')
    .update(Buffer.concat([Buffer.of(1), first!, Buffer.of(0), Buffer.of(1), third!, Buffer.of(1), fourth!]))
    .digest();
  expect(entropyBytes(reveals)).toEqual(expected);
});

test('each party alone changes the entropy: by its reveal, by withholding it, by its place', () => {
  const [a, b, c, d] = parties as [RevealingParty, RevealingParty, RevealingParty, RevealingParty];
  const other = {
    ...a,
    commitment: revealCommitment(fixed('other')).toString('hex'),
    reveal: fixed('other').toString('hex'),
  };
  const found = [
    [a, b, c, d],
    [other, b, c, d],
    [{ ...a, reveal: null }, b, c, d],
    [b, a, c, d],
    [a, c, d],
  ].map((some) => entropyOf(some)().toString('hex'));
  expect(new Set(found).size).toBe(5);
});

test('a reveal that was not committed is refused, and so are too few of them and two parties that are one', () => {
  const [a, b, c, d] = parties as [RevealingParty, RevealingParty, RevealingParty, RevealingParty];
  expect(isCommitted(a, a.reveal!)).toBe(true);
  expect(isCommitted(a, c.reveal!)).toBe(false);
  expect(isCommitted(a, a.reveal!.toUpperCase())).toBe(false);
  expect(isCommitted(a, a.reveal!.slice(2))).toBe(false);
  expect(entropyOf([{ ...a, reveal: c.reveal }, b, c, d])).toThrow('does not match its commitment');
  expect(entropyOf([a, c])).toThrow('too few');
  expect(entropyOf([a, b, { ...c, reveal: null }, { ...d, reveal: null }])).toThrow('too few');
  expect(entropyOf([a, c, { ...d, name: a.name }])).toThrow('share a name');
  expect(entropyOf([a, c, { ...a, name: '影子' }])).toThrow('share a commitment');
  expect(canDrawFrom([a, b, c])).toBe(true);
  expect(canDrawFrom([a, b, { ...c, reveal: null }])).toBe(false);
  expect(() => revealCommitment(Buffer.alloc(31))).toThrow('32 bytes');
});

test('the announced source of an entropy holds nothing that is not known before it', () => {
  expect(sourceOf(drandEntropy)).toEqual({ kind: 'drand', chain: ROUND.chain, round: ROUND.round });
  expect(sourceOf(reveals)).toEqual({
    kind: 'reveals',
    parties: parties.map(({ name, commitment }) => ({ name, commitment })),
  });
});
