import { setTimeout as pause } from 'node:timers/promises';
import { createPool, type Pool, type PoolConnection, type PoolOptions } from 'mysql2';
import { createConnection, type Connection as Probe } from 'mysql2/promise';

const LOOK_PAUSE_MS = 1_000;
/** A server that does not answer a look within this time is taken for gone. */
const LOOK_PATIENCE_MS = 2_000;
/** Longer than a cluster takes to find out that a node is gone, which is five seconds where nothing else is set. */
const CATCH_UP_MS = 10_000;
const UNUSED_PAUSE_MS = 10;
/** How a Galera node calls the state in which it has everything that the cluster has. */
const SYNCED = '4';

/** Where a server listens. */
export interface ServerAddress {
  host: string;
  port: number;
}

/**
 * What TypeORM takes in place of mysql2 where several servers hold the same data, as the nodes of a Galera cluster do.
 * All statements go to one of them: the first that is ready, that of DATABASE_URL before the `standbys` in their order.
 * Every process that has the same list comes to the same server, so that rows are locked in one place. A server that
 * does not answer loses its connections, so that whoever waits for it hears at once that it is gone.
 */
export function serversDriver(standbys: readonly ServerAddress[]): { createPool(options: PoolOptions): Servers } {
  return { createPool: (options) => new Servers(options, standbys) };
}

type Taken = (error: NodeJS.ErrnoException | null, connection: PoolConnection) => void;

/** The pools of the servers, as one pool: what TypeORM's driver calls of one. */
export class Servers {
  private readonly servers: Server[];
  private readonly timer: NodeJS.Timeout;
  private used: Server;
  private looking: Promise<void> | undefined;
  private moving: Promise<void> | undefined;

  constructor(options: PoolOptions, standbys: readonly ServerAddress[]) {
    this.servers = [new Server(options), ...standbys.map((address) => new Server({ ...options, ...address }))];
    this.used = this.servers[0]!;
    this.timer = setInterval(() => void this.look(), LOOK_PAUSE_MS).unref();
  }

  /** The pool of the server that statements go to. */
  get current(): Pool {
    return this.used.pool;
  }

  /** Takes a connection to the server that statements go to; when there is none to be had, looks for another server first. */
  getConnection(taken: Taken): void {
    if (this.moving) return void this.moving.then(() => this.getConnection(taken));
    const asked = this.current;
    asked.getConnection((error, connection) => {
      if (!error) return taken(null, connection);
      void this.look().then(() =>
        this.current === asked ? taken(error, connection) : this.current.getConnection(taken),
      );
    });
  }

  end(ended: (error?: Error | null) => void): void {
    clearInterval(this.timer);
    // A look that is under way would open connections that nobody closes.
    Promise.resolve(this.looking)
      .then(() => Promise.all(this.servers.map((server) => server.end())))
      .then(() => ended(), ended);
  }

  /** One look at a time, at one server after the other. While none is ready, statements go where they went. */
  private look(): Promise<void> {
    this.looking ??= this.findReady().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async findReady(): Promise<void> {
    let found: Server | undefined;
    for (const server of this.servers) {
      // Behind the first that is ready only those are looked at to which somebody has a connection: they may be gone.
      if (found && !server.isUsed()) continue;
      if (await server.isReady()) found ??= server;
    }
    if (found && found !== this.used) await this.moveTo(found);
  }

  /** Lets those finish who are still with the other server, so that what they write there is read here. */
  private async moveTo(server: Server): Promise<void> {
    this.moving = (async () => {
      await this.used.untilUnused();
      if (await server.isReady()) this.used = server;
    })().finally(() => {
      this.moving = undefined;
    });
    await this.moving;
  }
}

class Server {
  readonly pool: Pool;
  private probe: Probe | undefined;

  constructor(private readonly options: PoolOptions) {
    this.pool = createPool(options);
  }

  /** Whether it may be written and, as a node of a cluster, is a synced part of it. */
  async isReady(): Promise<boolean> {
    try {
      this.probe ??= await this.openProbe();
      const status = new Map(await ask<[string, string]>(this.probe, "SHOW GLOBAL STATUS LIKE 'wsrep\\_%'"));
      const [[isReadOnly] = [1]] = await ask<[number]>(this.probe, 'SELECT @@read_only');
      if (isReadOnly !== 0 || !isSynced(status)) return false;
      return !isNode(status) || (await this.hasEverything(this.probe));
    } catch {
      this.letGo();
      return false;
    }
  }

  /**
   * Waits until a node has all that its cluster had when it was asked. One that has been away believes for a moment that
   * nothing has happened, and hears now; one that is waiting for the others to agree who is gone is only slow.
   */
  private async hasEverything(probe: Probe): Promise<boolean> {
    try {
      await ask(probe, 'SET SESSION wsrep_sync_wait = 1');
      await ask(probe, 'SELECT 1', CATCH_UP_MS);
      await ask(probe, 'SET SESSION wsrep_sync_wait = 0');
      return true;
    } catch {
      this.closeProbe();
      return false;
    }
  }

  isUsed(): boolean {
    const { _allConnections: all, _freeConnections: free } = connectionsOf(this.pool);
    return all.length > free.length;
  }

  /** Resolves when nobody has a connection to it, or some keep theirs for too long. */
  async untilUnused(): Promise<void> {
    const late = performance.now() + LOOK_PATIENCE_MS;
    while (this.isUsed() && performance.now() < late) await pause(UNUSED_PAUSE_MS);
  }

  async end(): Promise<void> {
    this.closeProbe();
    await new Promise<void>((resolve, reject) => this.pool.end((error) => (error ? reject(error) : resolve())));
  }

  private async openProbe(): Promise<Probe> {
    const { host, port, user, password, ssl } = this.options;
    const probe = await createConnection({ host, port, user, password, ssl, connectTimeout: LOOK_PATIENCE_MS });
    // That it is gone is found out by the next look.
    probe.on('error', () => {});
    // How a server does is asked without waiting for its cluster. One that knows nothing of clusters refuses this.
    await ask(probe, 'SET SESSION wsrep_sync_wait = 0').catch(() => {});
    return probe;
  }

  private closeProbe(): void {
    this.probe?.destroy();
    this.probe = undefined;
  }

  private letGo(): void {
    this.closeProbe();
    for (const stream of streamsOf(this.pool)) stream.destroy();
  }
}

async function ask<R>(probe: Probe, sql: string, timeout = LOOK_PATIENCE_MS): Promise<R[]> {
  const [rows] = await probe.query({ sql, timeout, rowsAsArray: true });
  return rows as R[];
}

/** A server that knows nothing of clusters has no such status, or none that is on. */
function isNode(status: ReadonlyMap<string, string>): boolean {
  return (status.get('wsrep_cluster_size') ?? '0') !== '0';
}

function isSynced(status: ReadonlyMap<string, string>): boolean {
  return !isNode(status) || (status.get('wsrep_ready') === 'ON' && status.get('wsrep_local_state') === SYNCED);
}

interface Connections {
  length: number;
  get(i: number): { stream: { destroy(): void } };
}

// mysql2 tells them nowhere else, and its own destroy() leaves those who wait for an answer waiting for ever.
const connectionsOf = (pool: Pool) =>
  pool as unknown as { _allConnections: Connections; _freeConnections: Connections };

function streamsOf(pool: Pool): { destroy(): void }[] {
  const { _allConnections: all } = connectionsOf(pool);
  return Array.from({ length: all.length }, (_, i) => all.get(i).stream);
}
