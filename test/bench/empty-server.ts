/** The reference `empty`: Apollo Server 5 as it comes, on the same Fastify integration, with a mutation that does nothing. */
import { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { fastify } from 'fastify';

const apollo = new ApolloServer({
  typeDefs: 'type Query { empty: Boolean! } type Mutation { empty(key: String!): Boolean! }',
  resolvers: { Mutation: { empty: () => true } },
});
await apollo.start();
const app = fastify();
app.post('/graphql', fastifyApolloHandler(apollo));
console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
process.on('SIGTERM', () => process.exit());
