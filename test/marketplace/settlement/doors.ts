import { type GraphQLSchema, graphql } from 'graphql';
import { buildSchema } from 'type-graphql';
import { expect } from 'vitest';
import type { Caller } from '../../../src/identity/caller.ts';
import { AdminSettlementResolver } from '../../../src/marketplace/settlement/graphql/admin.ts';
import { AdminClosingResolver } from '../../../src/marketplace/settlement/graphql/admin-closing.ts';
import { AdminPrepaidResolver } from '../../../src/marketplace/settlement/graphql/admin-prepaid.ts';
import { MerchantSettlementResolver } from '../../../src/marketplace/settlement/graphql/merchant.ts';
import type { TestDeps } from '../../support/deps.ts';
import { contextOf } from '../support.ts';

const authChecker = ({ context }: { context: { caller: Caller } }, [permission]: string[]) =>
  context.caller.permissions.has(permission!);
const made = { validate: false, authChecker } as const;

const schemas: Partial<Record<Caller['door'], GraphQLSchema>> = {
  merchant: await buildSchema({ ...made, resolvers: [MerchantSettlementResolver] }),
  admin: await buildSchema({
    ...made,
    resolvers: [AdminSettlementResolver, AdminClosingResolver, AdminPrepaidResolver],
  }),
};

/** What the settlement part of a door answers to a caller; fails the test on a fault. */
export async function data(
  { deps }: { deps: TestDeps },
  caller: Caller,
  source: string,
  variableValues = {},
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
): Promise<any> {
  const contextValue = contextOf(deps, caller);
  const answer = await graphql({ schema: schemas[caller.door]!, source, contextValue, variableValues });
  expect(answer.errors).toBeUndefined();
  return answer.data;
}

/** The lines of a statement, as the merchant's door and the admin's show them. */
export const LINES = `query ($id: Id!) { settlementLines(statementId: $id) { nodes {
  id kind day points rateFen fen correctsId what outletName requestNumber dispute { state reason } } } }`;
