import { expect, test } from 'vitest';
import { type Allowance, judge } from './advisories/judge.ts';

const URL = 'https://github.com/advisories/GHSA-2222-3333-4444';
const FLAW = { source: 1, name: 'parser', title: 'Reads too far', url: URL, severity: 'high', range: '<2.0.0' };
/** What npm says of a package with a flaw, and of one that stands on it. */
const SAID = {
  auditReportVersion: 2,
  vulnerabilities: {
    parser: { name: 'parser', severity: 'high', via: [FLAW], effects: ['server'] },
    server: { name: 'server', severity: 'high', via: ['parser'], effects: [] },
  },
};
const ALLOWED: Allowance = {
  package: 'parser',
  advisory: 'GHSA-2222-3333-4444',
  reason: 'We parse nothing but our own files with it.',
  until: '2026-12-31',
};
const KNOWN = `parser (high): Reads too far, ${URL}`;

test('a known advisory is told once, and fails', () => {
  expect(judge(SAID, [], '2026-09-01')).toEqual({ kind: 'judged', known: [KNOWN], unneeded: [] });
});

test('one that is named with a reason passes until its day, and not after it', () => {
  expect(judge(SAID, [ALLOWED], '2026-12-31')).toEqual({ kind: 'judged', known: [], unneeded: [] });
  expect(judge(SAID, [ALLOWED], '2027-01-01')).toMatchObject({ known: [KNOWN] });
});

test('an allowance is good for one advisory of one package', () => {
  for (const other of [{ package: 'server' }, { advisory: 'GHSA-2222-3333-5555' }])
    expect(judge(SAID, [{ ...ALLOWED, ...other }], '2026-09-01')).toMatchObject({ known: [KNOWN] });
});

test('an allowance that nothing needs any more is told', () => {
  const clean = { auditReportVersion: 2, vulnerabilities: {} };
  const verdict = { kind: 'judged', known: [], unneeded: ['parser GHSA-2222-3333-4444'] };
  expect(judge(clean, [ALLOWED], '2026-09-01')).toEqual(verdict);
});

test('a registry that gives no advisories is told as that, and an answer that is neither is a fault', () => {
  const refused = { message: '405 Method Not Allowed', statusCode: 405, error: { summary: '', detail: '' } };
  expect(judge(refused, [], '2026-09-01')).toEqual({ kind: 'unreachable', why: '405 Method Not Allowed' });
  const away = { message: 'connect ECONNREFUSED', error: { summary: '', detail: '' } };
  expect(judge(away, [], '2026-09-01')).toEqual({ kind: 'unreachable', why: 'connect ECONNREFUSED' });
  const broken = { error: { code: 'EAUDITNOLOCK', summary: 'no lock file', detail: '' } };
  expect(() => judge(broken, [], '2026-09-01')).toThrow();
});
