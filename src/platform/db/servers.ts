import { createPool, type Pool, type PoolConnection, type PoolOptions } from 'mysql2';
import { createConnection, type Connection as Probe } from 'mysql2/promise';

const LOOK_PAUSE_MS = 1_000;
/** A server that does not answer a look within this time is taken for gone. */
const LOOK_PATIENCE_MS = 2_000;
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
  /** The pool of the server that statements go to. */
  current: Pool;
  private readonly servers: Server[];
  private readonly timer: NodeJS.Timeout;
  private looking: Promise<void> | undefined;

  constructor(options: PoolOptions, standbys: readonly ServerAddress[]) {
    this.servers = [new Server(options), ...standbys.map((address) => new Server({ ...options, ...address }))];
    this.current = this.servers[0]!.pool;
    this.timer = setInterval(() => void this.look(), LOOK_PAUSE_MS).unref();
  }

  /** Takes a connection to the server that statements go to; when there is none to be had, looks for another server first. */
  getConnection(taken: Taken): void {
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
    Promise.all(this.servers.map((server) => server.end())).then(() => ended(), ended);
  }

  /** One look at a time, at one server after the other. While none is ready, statements go where they went. */
  private look(): Promise<void> {
    this.looking ??= this.findReady().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async findReady(): Promise<void> {
    for (const server of this.servers) {
      if (!(await server.isReady())) continue;
      this.current = server.pool;
      return;
    }
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
      const asked = { sql: `SHOW GLOBAL STATUS LIKE 'wsrep\\_%'`, timeout: LOOK_PATIENCE_MS };
      const [rows] = (await this.probe.query(asked)) as unknown as [{ Variable_name: string; Value: string }[]];
      const status = new Map(rows.map((row) => [row.Variable_name, row.Value]));
      const [[found]] = (await this.probe.query({ ...asked, sql: 'SELECT @@read_only AS isReadOnly' })) as unknown as [
        [{ isReadOnly: number }],
      ];
      return found.isReadOnly === 0 && isSynced(status);
    } catch {
      this.letGo();
      return false;
    }
  }

  async end(): Promise<void> {
    this.probe?.destroy();
    await new Promise<void>((resolve, reject) => this.pool.end((error) => (error ? reject(error) : resolve())));
  }

  private async openProbe(): Promise<Probe> {
    const { host, port, user, password, ssl } = this.options;
    const probe = await createConnection({ host, port, user, password, ssl, connectTimeout: LOOK_PATIENCE_MS });
    // That it is gone is found out by the next look.
    probe.on('error', () => {});
    return probe;
  }

  private letGo(): void {
    this.probe?.destroy();
    this.probe = undefined;
    for (const stream of streamsOf(this.pool)) stream.destroy();
  }
}

/** A server that knows nothing of clusters has no such status, or none that is on. */
function isSynced(status: ReadonlyMap<string, string>): boolean {
  const isNode = (status.get('wsrep_cluster_size') ?? '0') !== '0';
  return !isNode || (status.get('wsrep_ready') === 'ON' && status.get('wsrep_local_state') === SYNCED);
}

// mysql2 tells them nowhere else, and its own destroy() leaves those who wait for an answer waiting for ever.
function streamsOf(pool: Pool): { destroy(): void }[] {
  const { _allConnections: all } = pool as unknown as {
    _allConnections: { length: number; get(i: number): { stream: { destroy(): void } } };
  };
  return Array.from({ length: all.length }, (_, i) => all.get(i).stream);
}
