/** What befalls the nodes of a cluster. */
import type { Random } from '../simulation/random.ts';
import type { Watch } from './client.ts';
import { type Node, untilWhole } from './galera.ts';
import { until } from './machine.ts';
import type { Api } from './program.ts';

export interface ClusterTown {
  /** In the order in which the program goes to them. */
  nodes: Node[];
  /** One more API process, which goes to the second node and not to the first. */
  elsewhere: Api;
}

export interface ClusterFault {
  name: string;
  strike(town: ClusterTown, random: Random, watch: () => Watch): Promise<void>;
}

const ANSWERED = 60;

/** Waits until requests are answered although the fault lasts. */
async function untilServed(watch: () => Watch): Promise<void> {
  const before = watch().answered;
  await until('the service goes on', () => watch().answered - before >= ANSWERED);
}

const bringBack = async (lost: readonly Node[], { nodes }: ClusterTown) => {
  await Promise.all(lost.map((node) => node.rejoin()));
  await untilWhole(nodes);
};

export const CLUSTER_FAULTS: readonly ClusterFault[] = [
  {
    name: 'written node killed',
    strike: async (town, _random, watch) => {
      await town.nodes[0]!.kill();
      await untilServed(watch);
      await bringBack([town.nodes[0]!], town);
    },
  },
  {
    name: 'another node killed',
    strike: async (town, random, watch) => {
      const node = random.pick(town.nodes.slice(1));
      await node.kill();
      await untilServed(watch);
      await bringBack([node], town);
    },
  },
  {
    name: 'two nodes killed in turn',
    strike: async (town, _random, watch) => {
      const [first, second] = town.nodes as [Node, Node];
      await first.kill();
      await untilServed(watch);
      await first.rejoin();
      await second.kill();
      await untilServed(watch);
      await bringBack([second], town);
    },
  },
  {
    name: 'majority killed',
    strike: async (town, _random, watch) => {
      const lost = town.nodes.slice(0, 2);
      await Promise.all(lost.map((node) => node.kill()));
      await until('the one that is left refuses', () => watch().failed > 0);
      await bringBack(lost, town);
    },
  },
  {
    name: 'written node stands still',
    strike: async ({ nodes }, _random, watch) => {
      nodes[0]!.signal('SIGSTOP');
      await untilServed(watch);
      nodes[0]!.signal('SIGCONT');
      await untilWhole(nodes);
    },
  },
  {
    name: 'written node cut off',
    strike: async ({ nodes }, _random, watch) => {
      await nodes[0]!.run("SET GLOBAL wsrep_provider_options = 'gmcast.isolate=1'");
      await untilServed(watch);
      await nodes[0]!.run("SET GLOBAL wsrep_provider_options = 'gmcast.isolate=0'");
      await untilWhole(nodes);
    },
  },
  {
    name: 'two nodes written at once',
    strike: async ({ elsewhere }, random, watch) => {
      await elsewhere.start();
      const before = watch().answered;
      const count = random.between(300, 900);
      await until('requests are answered', () => watch().answered - before >= count);
      await elsewhere.kill();
    },
  },
];
