export const ROOT: string;
export function home(): string;
export function refuseIncomplete(env?: Record<string, string | undefined>): void;
export function ensureDatabase(
  server: { url: (database: string) => string },
  name: string,
  password: string,
): Promise<{ ownerUrl: string; appUrl: string }>;
export function prepareEnvironment(options?: {
  database?: string;
  log?: (line: string) => void;
}): Promise<{ ownerUrl: string; stop: () => Promise<void> }>;
