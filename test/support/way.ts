import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePort } from './port.ts';

/** A way to a server, by which it can be away, or slow, for whoever goes through it alone. */
export interface Way {
  /** The server's URL, by this way. */
  url: string;
  /** Breaks the connections that there are. New ones may be made. */
  drop(): void;
  /** Breaks all connections and takes no new ones until it is mended. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** From now on each answer comes so many milliseconds late. */
  slow(milliseconds: number): void;
  close(): Promise<void>;
}

export async function wayTo(serverUrl: string): Promise<Way> {
  const url = new URL(serverUrl);
  const target = { host: url.hostname, port: Number(url.port) };
  const port = await freePort();
  url.port = String(port);
  const sockets = new Set<Socket>();
  let lateMs = 0;
  let server: Server | undefined;

  const join = (client: Socket) => {
    const upstream = connect(target);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
    client.pipe(upstream);
    // In order, although what came while it was slow may still be on its way when it is fast again.
    let last = Promise.resolve();
    upstream.on('data', (chunk) => {
      const late = lateMs;
      const wait =
        late === 0 ? Promise.resolve() : new Promise<void>((resume) => void setTimeout(resume, late).unref());
      last = Promise.all([last, wait]).then(() => void (client.writable && client.write(chunk)));
    });
    upstream.on('end', () => void last.then(() => client.end()));
  };
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  const way: Way = {
    url: url.toString(),
    drop,
    cut: async () => {
      if (!server) return;
      const closed = once(server, 'close');
      server.close();
      server = undefined;
      drop();
      await closed;
    },
    mend: async () => {
      server = createServer(join).listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    slow: (milliseconds) => {
      lateMs = milliseconds;
    },
    close: () => way.cut(),
  };
  await way.mend();
  return way;
}
