import { z } from 'zod';

/** An advisory that is known and does not concern us, for now: why, and until which day it may stand. */
export const allowance = z.strictObject({
  package: z.string().min(1),
  advisory: z.string().regex(/^GHSA(-[23456789cfghjmpqrvwx]{4}){3}$/),
  reason: z.string().min(20),
  until: z.iso.date(),
});
export type Allowance = z.infer<typeof allowance>;

const advisory = z.looseObject({ name: z.string(), title: z.string(), url: z.string(), severity: z.string() });
const report = z.looseObject({
  auditReportVersion: z.literal(2),
  // What is told of a package is an advisory of its own, or the name of the package below it that has one.
  vulnerabilities: z.record(z.string(), z.looseObject({ via: z.array(z.union([z.string(), advisory])) })),
});
// What npm says when the registry answers otherwise, or nothing does. Its own troubles have a code instead.
const unreachable = z.looseObject({ message: z.string(), error: z.looseObject({ code: z.undefined().optional() }) });

export type Verdict = { kind: 'unreachable'; why: string } | { kind: 'judged'; known: string[]; unneeded: string[] };

/**
 * Judges what `npm audit --json` said on a day: the advisories that nothing allows, and allowances that nothing needs any
 * more. Throws on anything that is neither a report nor a registry that gives none.
 */
export function judge(said: unknown, allowed: readonly Allowance[], today: string): Verdict {
  const away = unreachable.safeParse(said);
  if (away.success) return { kind: 'unreachable', why: away.data.message };
  const { vulnerabilities } = report.parse(said);
  const found = Object.values(vulnerabilities).flatMap(({ via }) => via.filter((one) => typeof one !== 'string'));
  const covers = (one: Allowance, { name, url }: z.infer<typeof advisory>) =>
    one.package === name && url.endsWith(`/${one.advisory}`);
  const known = found.filter((one) => !allowed.some((by) => covers(by, one) && today <= by.until));
  const unneeded = allowed.filter((by) => !found.some((one) => covers(by, one)));
  return {
    kind: 'judged',
    known: [...new Set(known.map(({ name, severity, title, url }) => `${name} (${severity}): ${title}, ${url}`))],
    unneeded: unneeded.map((by) => `${by.package} ${by.advisory}`),
  };
}
