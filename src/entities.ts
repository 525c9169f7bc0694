/** Every TypeORM entity of the program, in the order of the house's floors. */
export const entities: (new () => object)[] = [];
