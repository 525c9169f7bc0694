import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

let nextPort = randomInt(10_000, 30_000);

/**
 * A port that nobody uses now, with so many free ones behind it. All lie below those that a system gives to whoever
 * connects, so that nobody comes to have one while its server is away.
 */
export async function freePort(behind = 0): Promise<number> {
  for (;;) {
    const ports = Array.from({ length: behind + 1 }, () => nextPort++);
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return ports[0]!;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
