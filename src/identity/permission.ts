import { Authorized, Extensions } from 'type-graphql';

/**
 * Names the permission that a root field asks for; "public" is open to everyone. Every root field has one: a test walks
 * the three schemas. Which branch of the tree or whose thing it is, the use case checks.
 */
export function Permission(name: string): MethodDecorator {
  return (target, key, descriptor) => {
    Extensions({ permission: name })(target, key, descriptor);
    if (name !== 'public') Authorized(name)(target, key as string, descriptor as TypedPropertyDescriptor<unknown>);
  };
}
