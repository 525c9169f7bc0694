import type { DocumentNode, OperationDefinitionNode, SelectionSetNode } from 'graphql';

const names = new WeakMap<OperationDefinitionNode, string>();

/**
 * What metrics call an operation of a validated document: its root field, `several` when it asks for different ones,
 * `introspection` when it asks about the schema alone. The name that the client gave it is not heeded: there would be
 * no end of them.
 */
export function operationName(operation: OperationDefinitionNode, document: DocumentNode): string {
  let name = names.get(operation);
  if (name === undefined) {
    const fields = new Set(rootFields(operation.selectionSet, document).filter((field) => !field.startsWith('__')));
    const [first = 'introspection'] = fields;
    name = fields.size > 1 ? 'several' : first;
    names.set(operation, name);
  }
  return name;
}

function rootFields({ selections }: SelectionSetNode, document: DocumentNode): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === 'Field') return selection.name.value;
    if (selection.kind === 'InlineFragment') return rootFields(selection.selectionSet, document);
    const fragment = document.definitions.find(
      (one) => one.kind === 'FragmentDefinition' && one.name.value === selection.name.value,
    );
    return fragment?.kind === 'FragmentDefinition' ? rootFields(fragment.selectionSet, document) : [];
  });
}
