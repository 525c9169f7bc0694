import type { FastifyInstance } from 'fastify';
import { type Limits, limitAttempts } from '../../identity/limits.ts';
import type { Deps } from '../../platform/deps.ts';
import { refusalBody } from '../../platform/http/refusal-body.ts';
import { certificateOf } from './certificate.ts';
import { certificatePath } from './certificate-path.ts';

/**
 * Adds `GET /certificates/:number` to the API, for everyone, signed in or not: what the certificate of that number says,
 * as JSON. 404 for a number of no certificate; 429 with a refusal for an address that asks too often.
 */
export function certificateRoute(app: FastifyInstance, { db }: Deps, limits: Limits): void {
  app.get(certificatePath(':number'), async (request, reply) => {
    const allowed = await limitAttempts(limits, 'certificate-address', request.ip);
    if (!allowed.ok) return reply.code(429).send(refusalBody(allowed.refusal, request));
    const found = await certificateOf(db.manager, (request.params as { number: string }).number);
    // It may be withdrawn tomorrow.
    void reply.headers({ 'cache-control': 'no-store', 'cross-origin-resource-policy': 'cross-origin' });
    return found ?? reply.callNotFound();
  });
}
