/** Three MariaDB servers that are one Galera cluster. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { freePort } from '../support/port.ts';
import { type Machine, until } from './machine.ts';
import { connectTo, type DatabaseServer, makeServer } from './mariadb.ts';

const PROVIDERS = [
  '/usr/lib/galera/libgalera_smm.so',
  '/usr/lib64/galera/libgalera_smm.so',
  '/usr/lib64/galera-4/libgalera_smm.so',
];
/** The ports that a node needs beside that for SQL: for the group, and for data to and from other nodes. */
const MORE_PORTS = 3;

export interface Node extends DatabaseServer {
  /** Starts it again after its end, with what it has. */
  rejoin(): Promise<void>;
  status(): Promise<Map<string, string>>;
  run(sql: string): Promise<void>;
  /** Lets it stand still, and go on, as a machine does that swaps. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
}

/** Starts the cluster: the first node makes it, the others join it and copy everything. */
export async function makeCluster(machine: Machine): Promise<Node[]> {
  const provider = PROVIDERS.find((path) => existsSync(path));
  if (!provider)
    throw new Error('Galera was not found; Debian and Ubuntu have it: apt-get install mariadb-server galera-4 rsync');
  const names = ['node-1', 'node-2', 'node-3'];
  const ports: number[] = [];
  for (const _ of names) ports.push(await freePort(MORE_PORTS));
  const group = `gcomm://${ports.map((port) => `127.0.0.1:${port + 1}`).join(',')}`;
  const nodes: Node[] = [];
  for (const [i, name] of names.entries()) {
    const port = ports[i]!;
    // Who gives data is busy with it; the first two are those that the program goes to.
    const donor = name === 'node-3' ? 'node-2,' : 'node-3,';
    const options = [
      '--binlog-format=ROW',
      '--innodb-autoinc-lock-mode=2',
      '--wsrep-on=ON',
      // While processes change over one after the other, each sees what the others have written elsewhere.
      '--wsrep-sync-wait=1',
      `--wsrep-provider=${provider}`,
      '--wsrep-cluster-name=xingfu-chaos',
      `--wsrep-cluster-address=${group}`,
      `--wsrep-node-name=${name}`,
      `--wsrep-node-address=127.0.0.1:${port + 1}`,
      '--wsrep-sst-method=rsync',
      `--wsrep-sst-receive-address=127.0.0.1:${port + 2}`,
      `--wsrep-sst-donor=${donor}`,
      `--wsrep-provider-options=gcache.size=64M;base_port=${port + 1};ist.recv_addr=127.0.0.1:${port + 3}`,
    ];
    const server = await makeServer(machine, name, options, port);
    nodes.push(nodeOf(server));
    if (i === 0) await server.start(`--init-file=${server.init}`, '--wsrep-new-cluster');
    else await server.start();
  }
  await untilWhole(nodes);
  return nodes;
}

function nodeOf(server: DatabaseServer): Node {
  const withConnection = async <T>(work: (connection: Awaited<ReturnType<typeof connectTo>>) => Promise<T>) => {
    const connection = await connectTo(server.port);
    await connection.query('SET SESSION wsrep_sync_wait = 0');
    return work(connection).finally(() => connection.destroy());
  };
  return {
    ...server,
    // As the packaged service does it: what a node has, it need not copy.
    rejoin: async () => {
      const said = server.recover();
      const [, position] = /Recovered position: (\S+)/.exec(said) ?? [];
      await server.start(...(position ? [`--wsrep-start-position=${position}`] : []));
    },
    status: () =>
      withConnection(async (connection) => {
        const [rows] = (await connection.query("SHOW GLOBAL STATUS LIKE 'wsrep%'")) as unknown as [
          { Variable_name: string; Value: string }[],
        ];
        return new Map(rows.map((row) => [row.Variable_name, row.Value]));
      }),
    run: (sql) => withConnection(async (connection) => void (await connection.query(sql))),
    signal: (signal) => void execFileSync('kill', [`-${signal}`, String(server.pid())]),
  };
}

/** Waits until all nodes are one cluster again, each with everything. */
export async function untilWhole(nodes: readonly Node[]): Promise<void> {
  await until('the cluster is whole', async () => {
    const found = await Promise.all(nodes.map((node) => node.status().catch(() => new Map<string, string>())));
    return found.every((status) => {
      return (
        status.get('wsrep_cluster_size') === String(nodes.length) &&
        status.get('wsrep_cluster_status') === 'Primary' &&
        status.get('wsrep_local_state_comment') === 'Synced'
      );
    });
  });
}

/** Waits until every node has applied what any of them had committed when it was asked. */
export async function untilApplied(nodes: readonly Node[]): Promise<void> {
  const applied = async (node: Node) => Number((await node.status()).get('wsrep_last_committed'));
  const most = Math.max(...(await Promise.all(nodes.map(applied))));
  await until('all nodes have applied everything', async () => {
    return (await Promise.all(nodes.map(applied))).every((number) => number >= most);
  });
}
