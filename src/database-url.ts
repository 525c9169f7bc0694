/**
 * For commands that a person types without an environment: takes the addresses of the services that script/services
 * runs for this folder. What is set already stays. Returns DATABASE_URL; throws when there is none.
 */
export function databaseUrl(): string {
  if (!process.env.DATABASE_URL) {
    try {
      process.loadEnvFile(new URL('../.data/services.env', import.meta.url));
    } catch {
      throw new Error('DATABASE_URL is not set. Set it, or run script/services start.');
    }
  }
  return process.env.DATABASE_URL ?? '';
}
