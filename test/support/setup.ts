import { beforeEach } from 'vitest';
import { emptyDatabase } from './database.ts';
import { testDeps } from './deps.ts';

beforeEach(async () => {
  await emptyDatabase((await testDeps()).db);
});
