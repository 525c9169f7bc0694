import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { USUAL_PAGE } from './connection.ts';

type Variables = Readonly<Record<string, unknown>>;

/** How many fields an answer could hold at most: a number, or a function of the page sizes among the variables. */
export type Cost = number | ((variables: Variables) => number);

/** What an operation asks for, with its fragments written out. */
export interface Measure {
  /** How many fields lie inside one another. */
  depth: number;
  aliases: number;
  rootFields: number;
  cost: Cost;
}

/** How many items a list without pages is taken to have. */
const USUAL_LIST = 10;

const NOTHING: Measure = { depth: 0, aliases: 0, rootFields: 0, cost: 0 };

/** The cost with these variables. */
export function costWith(cost: Cost, variables: Variables): number {
  return typeof cost === 'number' ? cost : cost(variables);
}

function plus(a: Cost, b: Cost): Cost {
  return typeof a === 'number' && typeof b === 'number' ? a + b : (given) => costWith(a, given) + costWith(b, given);
}

function times(a: Cost, b: Cost): Cost {
  return typeof a === 'number' && typeof b === 'number' ? a * b : (given) => costWith(a, given) * costWith(b, given);
}

/**
 * Measures an operation: fields count 1, what is inside a list counts as often as the list may have items. Takes time in
 * proportion to the document, however its fragments use each other, because each fragment is measured once.
 */
export function measure(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragmentOf: (name: string) => FragmentDefinitionNode | null | undefined,
): Measure {
  const fragments = new Map<string, Measure>();
  const defaults = new Map(
    operation.variableDefinitions?.map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
  );

  function ofSelections({ selections }: SelectionSetNode, type: GraphQLNamedType | null | undefined): Measure {
    return selections.map((selection) => ofSelection(selection, type)).reduce(together, NOTHING);
  }

  function ofSelection(selection: SelectionNode, type: GraphQLNamedType | null | undefined): Measure {
    if (selection.kind === Kind.FIELD) return ofField(selection, type);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
    const on = selection.typeCondition;
    return ofSelections(selection.selectionSet, on ? schema.getType(on.name.value) : type);
  }

  function ofFragment(name: string): Measure {
    const known = fragments.get(name);
    if (known) return known;
    fragments.set(name, NOTHING); // A fragment inside itself ends here; GraphQL's own rule refuses it.
    const fragment = fragmentOf(name);
    const measured = fragment
      ? ofSelections(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value))
      : NOTHING;
    fragments.set(name, measured);
    return measured;
  }

  function ofField(node: FieldNode, parent: GraphQLNamedType | null | undefined): Measure {
    const aliases = node.alias ? 1 : 0;
    // Introspection is measured by no one: where it is off, another rule refuses it.
    if (node.name.value.startsWith('__')) return { depth: 1, aliases, rootFields: 1, cost: 0 };
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    const inside = node.selectionSet ? ofSelections(node.selectionSet, field && getNamedType(field.type)) : NOTHING;
    return {
      depth: 1 + inside.depth,
      aliases: aliases + inside.aliases,
      rootFields: 1,
      cost: plus(1, times(inside.cost, field ? itemsOf(node, parent!.name, field) : 1)),
    };
  }

  function itemsOf(node: FieldNode, parent: string, field: { type: unknown; args: readonly { name: string }[] }): Cost {
    if (field.args.some((arg) => arg.name === 'first')) return pageSize(node);
    // The items of a page were counted at the field that has `first`.
    if (node.name.value === 'nodes' && parent.endsWith('Connection')) return 1;
    return isListType(getNullableType(field.type as never)) ? USUAL_LIST : 1;
  }

  function pageSize(node: FieldNode): Cost {
    const value = node.arguments?.find((argument) => argument.name.value === 'first')?.value;
    if (value?.kind === Kind.INT) return Math.max(0, Number(value.value));
    if (value?.kind !== Kind.VARIABLE) return USUAL_PAGE;
    const name = value.name.value;
    const declared = defaults.get(name);
    const usual = declared?.kind === Kind.INT ? Math.max(0, Number(declared.value)) : USUAL_PAGE;
    return (given) => (typeof given[name] === 'number' ? Math.max(0, given[name]) : usual);
  }

  return ofSelections(operation.selectionSet, schema.getRootType(operation.operation));
}

function together(a: Measure, b: Measure): Measure {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    rootFields: a.rootFields + b.rootFields,
    cost: plus(a.cost, b.cost),
  };
}
