import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestListener } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { buildDoorSchema, LIMITS } from './doors.ts';
import type { Door } from './identity/caller.ts';
import type { RequestContext } from './identity/context.ts';
import type { Deps } from './platform/deps.ts';
import { ErrorEdge } from './platform/graphql/errors.ts';
import { LimitCheck } from './platform/graphql/limits.ts';
import { operationName } from './platform/graphql/operation-name.ts';
import { watchRootFields } from './platform/graphql/watch-root-fields.ts';
import { errors as errorCount } from './platform/metrics/counted.ts';

/** The Apollo server of one door, started, and the edge at which its errors leave. */
export interface DoorServer {
  apollo: ApolloServer<RequestContext>;
  errors: ErrorEdge;
}

/**
 * Starts the Apollo server of a door. Of Apollo's own plugins none is on: reporting sends nothing anywhere, and cache
 * hints would put a hook on every field.
 */
export async function startDoorServer(door: Door, { config, log, tracer }: Deps): Promise<DoorServer> {
  const errors = new ErrorEdge(log, config.introspection);
  const limits = new LimitCheck(LIMITS[door]);
  const schema = await buildDoorSchema(door, config);
  watchRootFields(schema, door, tracer);
  const apollo = new ApolloServer<RequestContext>({
    schema,
    introspection: config.introspection,
    includeStacktraceInErrorResponses: false,
    formatError: (formatted, error) => {
      const said = errors.format(formatted, error);
      errorCount.inc({ door, code: String(said.extensions?.code) });
      return said;
    },
    validationRules: [limits.rule],
    parseOptions: { maxTokens: LIMITS[door].tokens },
    persistedQueries: false,
    stopOnTerminationSignals: false,
    logger: log,
    plugins: [
      edgePlugin(limits, errors),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await apollo.start();
  return { apollo, errors };
}

function edgePlugin(limits: LimitCheck, errors: ErrorEdge): ApolloServerPlugin<RequestContext> {
  const listener: GraphQLRequestListener<RequestContext> = {
    didResolveOperation: async (request) => {
      const { operation, document, contextValue } = request;
      if (contextValue.asked && operation) contextValue.asked.operation = operationName(operation, document);
      limits.check(request);
    },
    didEncounterErrors: async (request) => errors.heardBy(request.contextValue, request.errors),
  };
  return { requestDidStart: async () => listener };
}
